"""What came back is stored for the mailbox, and forgotten when a mail has arrived again."""

from datetime import UTC, datetime, timedelta

import pytest

from registrations.mail.bounces import envelope, recording, reports
from registrations.models import Mailbox, Message, Participant
from registrations.privacy import erasure, my_data, retention
from tests.factories import MessageFactory, ParticipantFactory, RegistrationFactory
from tests.registrations.mail.bounces import shapes
from tests.support.registrations.mail_run import deliver

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 9, 8, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.BOUNCE_ADDRESS = "bounces@events.example.org"


@pytest.fixture
def person():
    return ParticipantFactory(email="Ana@ministry.example")


@pytest.fixture
def mail(person):
    return MessageFactory(participant=person, recipient=person.email, status="sent", sent_at=NOW - DAY)


def came_back(mail, shape=shapes.POSTFIX, now=NOW):
    octets = shape.replace(shapes.TO.encode(), envelope.sender(mail.pk).encode())
    return recording.came_back(reports.read(octets), now=now)


def test_address_that_does_not_exist_is_bad_at_once(mail):
    assert came_back(mail)

    mailbox = Mailbox.objects.get()
    assert (mailbox.address, mailbox.state, mailbox.last_status) == ("ana@ministry.example", "bad", "5.1.1")
    assert mailbox.last_words.endswith("User unknown")
    mail.refresh_from_db()
    assert (mail.status, mail.came_back_at, mail.last_error) == ("sent", NOW, mailbox.last_words)


def test_fifth_soft_failure_within_fourteen_days_makes_it_bad(mail):
    for day in range(4):
        came_back(mail, shapes.GMAIL_FULL, NOW + day * DAY)
    assert Mailbox.objects.get().state == "soft"

    came_back(mail, shapes.GMAIL_FULL, NOW + 13 * DAY)

    assert Mailbox.objects.get().state == "bad"


def test_five_soft_failures_over_more_days_do_not(mail):
    for day in range(0, 20, 4):
        came_back(mail, shapes.GMAIL_FULL, NOW + day * DAY)

    mailbox = Mailbox.objects.get()
    assert (mailbox.state, len(mailbox.soft_failures)) == ("soft", 4)


def test_many_soft_failures_on_one_day_are_one(mail):
    for minute in range(14):
        came_back(mail, shapes.GMAIL_FULL, NOW + timedelta(minutes=minute))

    mailbox = Mailbox.objects.get()
    assert (mailbox.state, len(mailbox.soft_failures)) == ("soft", 1)
    assert mailbox.last_at == NOW + timedelta(minutes=13)


@pytest.mark.parametrize("worse", ["OUTLOOK_REFUSES", "UNKNOWN_TEXT"])
def test_delay_does_not_take_a_mailbox_out_of_the_sight_of_staff(mail, worse):
    came_back(mail, getattr(shapes, worse))
    told = Mailbox.objects.get()

    came_back(mail, shapes.LATE, NOW + DAY)

    mailbox = Mailbox.objects.in_trouble().get()
    assert (mailbox.state, mailbox.last_words, mailbox.last_at) == (told.state, told.last_words, NOW + DAY)


def test_refusal_is_not_hidden_by_what_nobody_can_read(mail):
    came_back(mail, shapes.OUTLOOK_REFUSES)
    came_back(mail, shapes.UNKNOWN_TEXT)
    assert Mailbox.objects.get().state == "refused"

    came_back(mail)

    assert (Mailbox.objects.get().state, Mailbox.objects.get().last_status) == ("bad", "5.1.1")


def test_refusal_of_our_mail_is_never_the_mailboxs_fault(mail):
    for day in range(9):
        came_back(mail, shapes.OUTLOOK_REFUSES, NOW + day * DAY)

    assert Mailbox.objects.get().state == "refused"


def test_bad_mailbox_stays_bad_whatever_comes_after_it(mail):
    came_back(mail)
    came_back(mail, shapes.GMAIL_FULL)

    assert Mailbox.objects.get().state == "bad"


def test_mail_that_is_late_has_not_come_back(mail):
    came_back(mail, shapes.LATE)

    mail.refresh_from_db()
    assert (mail.came_back_at, mail.last_error) == (None, "")
    assert Mailbox.objects.get().state == "soft"


def test_people_who_share_a_mailbox_share_its_state(mail):
    other = ParticipantFactory(email="ana@ministry.example", season=mail.participant.season)
    came_back(MessageFactory(participant=other, recipient=other.email, status="sent", sent_at=NOW))
    came_back(mail)

    assert Mailbox.objects.count() == 1


def test_report_that_a_mail_arrived_heals(mail):
    came_back(mail)
    came_back(mail, shapes.ARRIVED)

    assert not Mailbox.objects.exists()


def test_mail_that_did_not_come_back_for_five_days_heals(mail):
    came_back(mail)
    later = MessageFactory(recipient="ANA@ministry.example", status="sent", sent_at=NOW + DAY)

    assert recording.forget_healed(now=NOW + 6 * DAY) == 0
    assert recording.forget_healed(now=NOW + 6 * DAY + timedelta(seconds=1)) == 1
    assert not Mailbox.objects.exists()
    assert later.came_back_at is None


def test_mail_that_came_back_as_well_does_not_heal(mail):
    came_back(mail)
    later = MessageFactory(recipient=mail.recipient, status="sent", sent_at=NOW + DAY)
    came_back(later, now=NOW + DAY)

    assert recording.forget_healed(now=NOW + 30 * DAY) == 0


@pytest.mark.parametrize("number", ["7-0123456789abcdef", "", "999999-0123456789abcdef"])
def test_address_that_nobody_was_given_changes_nothing(mail, number):
    octets = shapes.POSTFIX.replace(b"7-0123456789abcdef", number.encode())

    assert not recording.came_back(reports.read(octets), now=NOW)
    assert not Mailbox.objects.exists()


def test_known_message_id_alone_is_not_enough(mail):
    Message.objects.filter(pk=mail.pk).update(message_id=shapes.MESSAGE_ID)

    assert not recording.came_back(reports.read(shapes.POSTFIX), now=NOW)


def test_without_an_address_for_it_the_message_id_names_the_mail(mail, settings):
    settings.BOUNCE_ADDRESS = ""
    Message.objects.filter(pk=mail.pk).update(message_id=shapes.MESSAGE_ID)

    assert recording.came_back(reports.read(shapes.POSTFIX), now=NOW)
    assert Mailbox.objects.get().state == "bad"


def test_mail_whose_address_was_removed_says_nothing_any_more(mail):
    Message.objects.filter(pk=mail.pk).update(recipient="")

    assert not came_back(mail)


def test_mail_leaves_with_an_envelope_of_its_own(smtp_server):
    mail = MessageFactory()

    deliver(mail)

    assert smtp_server.mails[0].mail_from == envelope.sender(mail.pk)
    assert envelope.message_behind(f"<{envelope.sender(mail.pk)}>") == mail.pk
    assert len(envelope.sender(10**18 - 1).partition("@")[0]) <= 64


def test_without_an_address_for_it_mails_leave_as_from_the_organiser(smtp_server, settings):
    settings.BOUNCE_ADDRESS = ""

    deliver(MessageFactory())

    assert smtp_server.mails[0].mail_from == settings.ORGANIZER_EMAIL
    assert envelope.message_behind("bounces+1-0123456789abcdef@events.example.org") is None


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("550 5.1.1 User unknown", "bad"),
        ("552 5.2.2 Mailbox full", "soft"),
        ("550 No such user here", "bad"),
        ("554 No", "unread"),
    ],
)
def test_refusal_of_our_own_mail_server_counts_in_the_same_way(smtp_server, answer, state):
    smtp_server.answer_recipient = lambda _: answer

    [mail] = deliver(MessageFactory())

    assert mail.status == "failed"
    assert Mailbox.objects.get(address=mail.recipient.lower()).state == state


def test_person_who_erases_their_details_takes_it_along(mail, person):
    came_back(mail)

    erasure.erase(participant_id=person.pk, now=NOW)

    assert not Mailbox.objects.exists()


@pytest.fixture
def erased(person, mail):
    """Their last mail waits with their address on it."""
    Participant.objects.filter(pk=person.pk).update(anonymised_at=NOW, email="", mailbox="nobody-1")
    return mail


def test_nothing_is_stored_of_a_last_mail_that_came_back(erased):
    assert not came_back(erased)
    assert not Mailbox.objects.exists()


@pytest.mark.parametrize("is_of_registration", [False, True])
def test_nothing_is_stored_of_a_last_mail_that_is_refused(smtp_server, erased, is_of_registration):
    smtp_server.answer_recipient = lambda _: "550 5.1.1 User unknown"
    behind = {"participant": None, "registration": RegistrationFactory(participant=erased.participant)}
    Message.objects.filter(pk=erased.pk).update(
        kind="erased", status="queued", sent_at=None, **(behind if is_of_registration else {})
    )

    [refused] = deliver(erased)

    assert refused.status == "failed"
    assert not Mailbox.objects.exists()


def test_mailbox_of_nobody_who_takes_part_goes_after_the_term_of_mails(mail, settings):
    settings.MAIL_TERM_DAYS = 30
    stranger = MessageFactory(participant=None, recipient="gone@example.net", status="sent", sent_at=NOW)
    came_back(stranger)
    came_back(mail)

    assert retention.apply(now=NOW + 31 * DAY).mailboxes == 1
    assert Mailbox.objects.get().address == "ana@ministry.example"


def test_person_reads_what_is_stored(client, mail, person):
    came_back(mail)

    stored = my_data.of(person, now=NOW)
    page = client.get(f"/my/{person.key}/data/").text

    assert (stored["mailbox"]["state"], stored["mailbox"]["last_failed_at"]) == ("bad", NOW)
    assert stored["mails"][0]["came_back_at"] == NOW
    assert "User unknown" in page


def test_mail_that_failed_has_not_arrived_whatever_its_status_says(mail):
    came_back(mail)
    came_back(mail, shapes.report(status="2.0.0", action="failed", diagnosis="hello"))

    assert Mailbox.objects.get().state == "bad"


def test_old_mailbox_of_a_person_says_nothing_of_them(mail, person):
    Participant.objects.filter(pk=person.pk).update(email="ana@right.example", mailbox="ana@right.example")

    assert not came_back(mail)
    assert not Mailbox.objects.exists()
    mail.refresh_from_db()
    assert mail.came_back_at is None
