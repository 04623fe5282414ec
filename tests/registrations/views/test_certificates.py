"""A person's certificates: the list, the name on them, one of them and its file."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from registrations.certificates import changing, numbers
from registrations.models import Certificate, CertificateIssue, Message, Participant
from tests.factories import ParticipantFactory
from tests.support.registrations.certificates import AFTER, certificate_of, certify, held, was_there

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate():
    slot = held(session__title="Mercury in air")
    return certificate_of(was_there(slot, participant__name="Ana", participant__language="fr"))


def own(person):
    return reverse("registrations:own_certificates", args=[person.key])


def page(certificate, name="certificate"):
    return reverse(f"registrations:{name}", args=[certificate.key])


def test_own_page_lists_them_and_my_season_leads_there(client, certificate):
    person = certificate.participant

    text = client.get(own(person)).text

    assert numbers.shown(certificate.number) in text
    assert page(certificate, "certificate_file") in text
    assert own(person) in client.get(reverse("registrations:my_season", args=[person.key])).text


def test_without_one_it_says_how_one_gets_one(client):
    person = ParticipantFactory(season__certificate_percent=70)

    assert "at least 70% of it" in " ".join(client.get(own(person)).text.split())


def test_file_is_the_paper(client, certificate):
    response = client.get(page(certificate, "certificate_file"))

    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    text = PdfReader(BytesIO(response.content)).pages[0].extract_text()
    assert "Ana" in text
    assert "Attestation de participation" in text


@pytest.mark.parametrize("became", ["withdrawn", "replaced"])
def test_what_became_of_it_is_said_and_there_is_no_file_any_more(client, certificate, became):
    other = certify(was_there(held()))
    change = {
        "withdrawn": {"withdrawn_at": AFTER, "reason": "Somebody else was there"},
        "replaced": {"replaced_by": other},
    }[became]
    Certificate.objects.filter(pk=certificate.pk).update(**change)

    text = client.get(page(certificate), {"in": "en"}).text

    assert ("Somebody else was there" if became == "withdrawn" else page(other)) in text
    assert page(certificate, "certificate_file") not in text
    assert client.get(page(certificate, "certificate_file")).status_code == 404


def test_nobody_sees_it_while_it_can_be_taken_back(client, certificate):
    terms = {"season": certificate.season, "percent": 50, "made_at": AFTER, "people": 1}
    later = CertificateIssue.objects.create(mails_leave_at=AFTER + timedelta(days=9000), **terms)
    Certificate.objects.update(issue=later)

    assert client.get(page(certificate)).status_code == 404
    assert client.get(page(certificate, "certificate_file")).status_code == 404
    assert numbers.shown(certificate.number) not in client.get(own(certificate.participant)).text


def test_name_is_kept_for_certificates_to_come(client, certificate):
    person = certificate.participant

    client.post(own(person), {"certificate_name": "Ana  María"})

    person.refresh_from_db()
    assert (person.name, person.certificate_name, person.name_on_certificates) == ("Ana", "Ana María", "Ana María")
    assert "shows another name" in client.get(own(person), {"in": "en"}).text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("भारती", "We cannot print these characters: भ ा र त ी."),
        ("Win at www.evil.example", ""),
    ],
)
def test_name_that_cannot_be_printed_is_refused_in_words(client, typed, words):
    person = ParticipantFactory()

    response = client.post(own(person), {"certificate_name": typed})

    assert response.status_code == 422
    assert words in response.text
    assert f'value="{typed}"' in response.text
    assert Participant.objects.get().certificate_name == ""


def test_erased_ones_key_opens_nothing(client, certificate):
    address = page(certificate)
    Certificate.objects.update(number="", key="other")

    assert client.get(address).status_code == 404


def test_queries_do_not_grow(client, certificate, django_assert_max_num_queries):
    person, counts = certificate.participant, []
    for _each in range(2):
        with django_assert_max_num_queries(12) as asked:
            client.get(own(person))
        counts.append(len(asked))
        for _more in range(2):
            certify(was_there(held(), participant=person))

    assert counts[0] == counts[1]


def test_speaker_who_is_not_registered_erases_what_is_stored(client):
    speaker = {"name": "Zoë Ortiz", "email": "zoe@example.org", "language": "es", "now": AFTER, "by": None}
    issued = changing.issue_to_speaker(session=held().session, **speaker)
    address = page(issued, "erase_certificate")
    assert address in client.get(page(issued)).text
    assert client.post(address, {}).status_code == 422

    client.post(address, {"understood": "on"})

    issued.refresh_from_db()
    assert (issued.name, issued.email, issued.number) == ("", "", "")
    mail = Message.objects.get()
    assert (mail.recipient, mail.status) == ("", Message.Status.DROPPED)
    assert client.get(page(issued)).status_code == 404


def test_somebody_registered_erases_on_the_page_of_all_their_data(client, certificate):
    response = client.post(page(certificate, "erase_certificate"), {"understood": "on"})

    assert response.url == reverse("registrations:erase", args=[certificate.participant.key])
    assert Certificate.objects.get().name == "Ana"
