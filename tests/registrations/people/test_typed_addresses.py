"""Addresses through every form and list that takes one: stored and sent in one form, or refused beside the field."""

import pytest
from django.core.cache import cache
from django.test import Client

from registrations.invitations import guest_list
from registrations.models import AdmissionRequest, Invitation, Message, Participant
from tests.factories import InvitationFactory, OccurrenceFactory
from tests.support.registrations import mail_run
from tests.support.registrations.inviting import hidden_slot
from tests.support.registrations.sign_up_form import delegation_of, typed
from tests.support.registrations.signing_up import details
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db

SENT_AS = {
    "mia@faß.de": "mia@xn--fa-hia.de",
    "nikos@βόλος.com": "nikos@xn--nxasmm1c.com",
    "fa@نامه\u200cای.com": "fa@xn--mgba3gch31f060k.com",
    " Eva Holm <mailto:eva@berg.example>, ": "eva@berg.example",
    "eva@berg.example.": "eva@berg.example",
    "o'brien+un@berg.example": "o'brien+un@berg.example",
    "a" * 64 + "@berg.example": "a" * 64 + "@berg.example",
}
IMPOSSIBLE = [
    *("a@1א.com", "a@aא.com", "a@١٢٣.com", "a@" + "ü" * 62 + ".de", "a@xn--zzzzzzzz.com", "user@localhost"),
    *("victim@example.org\u037ex1.com", "victim@example.org；x1.com", "victim@example.org＞x1.com", "ａ＠example.org"),
    *("a@example.org\0", "josé@example.org", "a@b.example <c@d.example>", "a" * 65 + "@berg.example"),
]
FORMS = ["sign-up", "focal point", "one of a delegation", "asking", "send my links", "sign-in by code"]


@pytest.fixture
def slot():
    return OccurrenceFactory(session__slug="mercury")


@pytest.fixture
def invited():
    hidden = hidden_slot()
    return InvitationFactory(session=hidden.session, email="guest@berg.example", opened_at=hidden.changed_at)


@pytest.fixture
def forms(slot, invited):
    """Where a form is sent, and what is sent with an address, by what the form is for."""
    sign_up = f"/sign-up/{slot.session.season.slug}/"
    named = "Juma Kiptoo"
    return {
        "sign-up": (sign_up, lambda email: typed(slot, email=email)),
        "focal point": (f"{sign_up}delegation/", lambda email: delegation_of(slot, email=email, takes_part="yes")),
        "one of a delegation": (
            f"{sign_up}delegation/",
            lambda email: delegation_of(slot, people=[(named, email)]),
        ),
        "asking": (f"/invitation/{invited.key}/ask/", lambda email: {"name": "Zoe", "email": email}),
        "send my links": ("/my/send-link/", lambda email: {"email": email}),
        "sign-in by code": ("/account/sign-in/", lambda email: {"email": email}),
    }


def send(forms, form, email):
    cache.clear()
    path, sent = forms[form]
    return Client(raise_request_exception=False).post(path, sent(email))


def test_address_is_stored_and_compared_in_the_form_in_which_it_is_sent(forms, smtp_server):
    for written in SENT_AS:
        answers = [send(forms, form, written).status_code for form in FORMS]
        assert (written, answers) == (written, [302] * len(FORMS))
    mail_run.send_waiting_mails()

    sent = set(SENT_AS.values())
    stored = set(Participant.objects.values_list("email", "mailbox"))
    assert {(address, address) for address in sent} <= stored
    assert set(AdmissionRequest.objects.values_list("email", "mailbox")) == {(address, address) for address in sent}
    reached = {address for mail in smtp_server.mails for address in mail.rcpt_tos}
    assert reached == sent | {"point@example.org"}


@pytest.mark.parametrize("form", first_always(FORMS))
def test_impossible_address_is_refused_beside_its_field_and_stays_typed(forms, form):
    answers = {address: send(forms, form, address) for address in IMPOSSIBLE}

    assert {address: answer.status_code for address, answer in answers.items() if answer.status_code != 422} == {}
    assert 'value="a@1א.com"' in answers["a@1א.com"].text
    assert Message.objects.count() == 0


def test_address_of_an_invitation_may_be_typed_in_other_ways(slot, invited):
    Invitation.objects.update(email="mia@xn--fa-hia.de", mailbox="mia@xn--fa-hia.de")
    accepting = {"slot": invited.session.occurrences.get().pk, "consent": "on", "email": "Mia <MIA@faß.de>"}

    answer = Client().post(f"/invitation/{invited.key}/", vars(details("Mia")) | accepting)

    assert answer.status_code == 302
    assert Participant.objects.get().email == "mia@xn--fa-hia.de"


@pytest.mark.parametrize("address", IMPOSSIBLE)
def test_line_of_a_guest_list_with_an_impossible_address_says_so(address):
    [line] = guest_list.read(f"Amina Otieno; {address}")

    assert line.guest is None
    assert line.problem


@pytest.mark.parametrize("written", SENT_AS)
def test_address_of_a_guest_is_stored_in_the_form_in_which_it_is_sent(written):
    [line] = guest_list.read(f"Amina Otieno; {written}")

    assert line.guest.email == SENT_AS[written]


@pytest.mark.parametrize(
    ("line", "guest"),
    [
        ("'li.chen@agency.example' <li.chen@agency.example>", ("Li Chen", "li.chen@agency.example")),
        ("novak@agency.example <novak@agency.example>", ("Novak", "novak@agency.example")),
        ("novak@agency.example; novak@agency.example", ("Novak", "novak@agency.example")),
        ("Eva Holm <mailto:eva@berg.example>", ("Eva Holm", "eva@berg.example")),
        ("Md.Rahman; mdr@ministry.example", ("Md. Rahman", "mdr@ministry.example")),
        ("A.P.J.Abdul; apj@ministry.example", ("A.P.J. Abdul", "apj@ministry.example")),
    ],
)
def test_line_of_a_guest_list_is_read_as_the_form_would(line, guest):
    [read] = guest_list.read(line)

    assert (read.guest.name, read.guest.email) == guest


def test_limit_of_a_mailbox_counts_all_spellings_of_its_domain(forms):
    path, sent = forms["send my links"]
    client = Client()
    for spelling in ["mia@faß.de", "MIA@faß.de", "mia+1@xn--fa-hia.de", "Mia <mia@FAß.de>"] * 10:
        client.post(path, sent(spelling))

    recipients = set(Message.objects.values_list("recipient", flat=True))
    assert recipients <= {"mia@xn--fa-hia.de", "mia+1@xn--fa-hia.de"}
    assert Message.objects.count() < 12
