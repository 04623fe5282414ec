"""What the start page says needs somebody."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from registrations import audit
from registrations.mail.bounces import recording
from registrations.mail.bounces.statuses import Verdict
from registrations.models import AdmissionRequest
from tests.factories import InvitationFactory, MessageFactory, OccurrenceFactory, RegistrationFactory
from tests.support.staff import registration_officer, sign_in

pytestmark = pytest.mark.django_db
UNKNOWN, FULL = "SMTPRecipientsRefused: 550 5.1.1 User unknown", "SMTPRecipientsRefused: 452 4.2.2 Full"


def needs(client) -> list[str]:
    return [sentence for sentence, _address in client.get(reverse("admin:index")).context["notices"]]


def ask_to_be_let_in(slot):
    invitation = InvitationFactory(session=slot.session)
    return AdmissionRequest.objects.create(invitation=invitation, name="Zoe", asked_at=timezone.now())


def bounce(number=0):
    recording.record(f"ana{number}@example.net", Verdict.BAD, "5.1.1", "User unknown", now=timezone.now())


def test_failed_mails_are_counted_by_reason(admin_client):
    MessageFactory.create_batch(2, status="failed", last_error=UNKNOWN)
    MessageFactory(status="failed", last_error=FULL)
    MessageFactory(status="failed", last_error=FULL, settled_at=timezone.now())

    assert needs(admin_client) == [
        "2 mails did not arrive: unknown address.",
        "1 mail did not arrive: mailbox full or closed.",
    ]


def test_people_who_lack_a_mail_mailboxes_and_requests_are_counted(admin_client):
    slot = RegistrationFactory(registered_at=timezone.now() - timedelta(hours=1)).occurrence
    bounce()
    ask_to_be_let_in(slot)

    assert needs(admin_client) == [
        "1 person still lacks a mail about a registration.",
        "1 mailbox sends our mails back.",
        "1 person asks to be let in.",
    ]


def test_person_whose_mail_came_back_is_counted_also_at_a_mailbox_that_may_be_well_again(admin_client):
    registration = RegistrationFactory(registered_at=timezone.now() - timedelta(hours=1))
    about = {"registration": registration, "participant": registration.participant}
    sent = {"kind": "confirmation", "status": "sent", "sent_at": timezone.now()}
    MessageFactory(came_back_at=timezone.now(), last_error="552 5.2.2 Mailbox full", **sent, **about)
    recording.record(registration.participant.mailbox, Verdict.SOFT, "5.2.2", "Mailbox full", now=timezone.now())

    assert needs(admin_client) == [
        "1 mail did not arrive: mailbox full or closed.",
        "1 person still lacks a mail about a registration.",
    ]


def test_person_who_lacks_two_mails_is_counted_once(admin_client):
    person = RegistrationFactory(registered_at=timezone.now() - timedelta(hours=1)).participant
    RegistrationFactory(registered_at=timezone.now() - timedelta(hours=1), participant=person)

    assert needs(admin_client) == ["1 person still lacks a mail about a registration."]


def test_request_for_a_session_that_is_over_or_that_was_answered_needs_nobody(admin_client):
    past = timezone.now() - timedelta(days=9)
    ask_to_be_let_in(OccurrenceFactory(starts_at=past, ends_at=past + timedelta(hours=1), attendance=1))
    AdmissionRequest.objects.filter(pk=ask_to_be_let_in(OccurrenceFactory()).pk).update(answered_at=timezone.now())

    assert "asks to be let in" not in str(needs(admin_client))


def test_all_is_well_on_an_empty_site(admin_client):
    page = admin_client.get(reverse("admin:index")).text

    assert "All is well: nothing needs you now." in page
    assert "Nobody else has done anything yet." in page


def test_last_acts_are_those_of_colleagues(client, admin_client, admin_user):
    luis = User.objects.create_user("luis")
    slot = OccurrenceFactory()
    audit.record("moved", slot, by=luis)
    audit.record("called-off", slot, by=admin_user)
    audit.record("exported", about="registrations", by=None)

    acts = admin_client.get(reverse("admin:index")).context["acts"]

    assert [(act["who"], act["what"]) for act in acts] == [("a command on the server", "exported"), ("luis", "moved")]


def test_who_may_see_nothing_of_it_reads_nothing_of_it(client):
    MessageFactory(status="failed", last_error=UNKNOWN)
    bounce()
    slot = RegistrationFactory(registered_at=timezone.now() - timedelta(hours=1)).occurrence
    ask_to_be_let_in(slot)
    audit.record("moved", slot, by=None)
    assert len(needs(registration_officer(client))) == 4

    nobody = sign_in(client, User.objects.create_user("new", is_staff=True))
    page = nobody.get(reverse("admin:index"))

    assert page.context["notices"] == []
    assert "What colleagues did last" not in page.text
    assert "The next 7 days" not in page.text


def test_questions_are_as_many_for_three_rows_as_for_one(admin_client, django_assert_num_queries):
    index = reverse("admin:index")

    def fill():
        starts_at = timezone.now() + timedelta(days=1)
        slot = OccurrenceFactory(
            starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), session__season__is_published=True
        )
        RegistrationFactory(occurrence=slot, registered_at=timezone.now() - timedelta(hours=1))
        past = timezone.now() - timedelta(days=2)
        OccurrenceFactory(session__season=slot.session.season, starts_at=past - timedelta(hours=1), ends_at=past)
        MessageFactory(status="failed", last_error=UNKNOWN)
        bounce(slot.pk)
        ask_to_be_let_in(slot)
        audit.record("moved", slot, by=None)

    fill()
    admin_client.get(index)
    with django_assert_num_queries(36):
        admin_client.get(index)
    fill()
    fill()
    with django_assert_num_queries(36):
        admin_client.get(index)
