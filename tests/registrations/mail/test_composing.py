"""What becomes of a mail that is composed when it is sent, when the world has changed meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registrations.mail import composing, delivery, slot_change_mails
from registrations.mailings import reminders
from registrations.models import Message, Participant, Registration
from sessions.models import Material, Occurrence
from tests.factories import MaterialFactory, MessageFactory, OccurrenceFactory, RegistrationFactory
from tests.support.calendars import read_mail

pytestmark = pytest.mark.django_db
STARTS_AT = datetime(2030, 10, 10, 13, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
DUE_AT = STARTS_AT - 24 * HOUR

RECORDING = "https://media.example.org/recording"


@pytest.fixture
def registration():
    return RegistrationFactory(occurrence=OccurrenceFactory(starts_at=STARTS_AT), participant__wants_announcements=True)


@pytest.fixture
def reminder(registration):
    reminders.post_due(now=DUE_AT)
    return claimed(Message.objects.get(kind="reminder"))


@pytest.fixture
def published(registration):
    MaterialFactory(session=registration.session, url=RECORDING)
    return claimed(MessageFactory(kind="published", registration=registration, octets=b"", subject=""))


def claimed(message):
    lease = {"status": Message.Status.SENDING, "attempts": 1, "leased_until": DUE_AT + HOUR}
    Message.objects.filter(pk=message.pk).update(**lease)
    return Message.objects.get(pk=message.pk)


def prepare(message, after=MINUTE):
    composing.prepare(message, now=DUE_AT + after)
    return Message.objects.get(pk=message.pk)


def test_reminder_is_composed_under_the_message_id_of_its_row(reminder):
    composed = prepare(reminder)

    assert composed.subject.startswith("Tomorrow, Thu 10 Oct, 16:00 (UTC+3): ")
    assert read_mail(composed)["Message-ID"] == reminder.message_id


def test_reminder_says_what_is_true_at_each_attempt(reminder):
    first = prepare(reminder, after=7 * HOUR)
    second = prepare(Message.objects.get(), after=8 * HOUR)

    assert [mail.subject.partition(",")[0] for mail in (first, second)] == ["Tomorrow", "Today"]
    assert read_mail(second)["Message-ID"] == read_mail(first)["Message-ID"]


CHANGES = {
    "cancelled": lambda: Registration.objects.update(status=Registration.Status.CANCELLED),
    "called off": lambda: Occurrence.objects.update(called_off_at=DUE_AT),
    "moved": lambda: Occurrence.objects.update(starts_at=STARTS_AT + 10 * MINUTE),
    "begun": lambda: Occurrence.objects.update(starts_at=DUE_AT),
    "unwanted": lambda: Participant.objects.update(wants_reminders=False),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("is_composed", [False, True])
def test_reminder_that_nobody_needs_any_more_is_dropped_also_at_the_next_attempt(reminder, change, is_composed):
    if is_composed:
        reminder = prepare(reminder)
    CHANGES[change]()

    with pytest.raises(delivery.Outdated):
        prepare(reminder)


def test_reminder_of_a_session_that_has_begun_is_dropped(reminder):
    Message.objects.update(expires_at=None)

    with pytest.raises(delivery.Outdated):
        prepare(Message.objects.get(), after=24 * HOUR)


def test_reminder_of_another_slot_than_the_persons_is_dropped(reminder, registration):
    registration.occurrence = OccurrenceFactory(session=registration.session, starts_at=STARTS_AT + HOUR)
    registration.save()

    with pytest.raises(delivery.Outdated):
        prepare(reminder)


@pytest.mark.parametrize(("after", "leaves"), [(22 * HOUR, True), (22 * HOUR + timedelta(seconds=1), False)])
def test_reminder_leaves_until_the_next_one_is_near(reminder, after, leaves):
    if leaves:
        assert prepare(reminder, after).is_composed
    else:
        with pytest.raises(delivery.Outdated):
            prepare(reminder, after)


def test_news_of_recordings_is_composed_once_under_the_message_id_of_its_row(published):
    composed = prepare(published)
    again = prepare(composed, after=24 * HOUR)

    assert read_mail(composed)["Message-ID"] == published.message_id
    assert bytes(again.octets) == bytes(composed.octets)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Participant.objects.update(wants_announcements=False),
        lambda: Registration.objects.update(status=Registration.Status.CANCELLED),
    ],
)
def test_news_of_recordings_that_nobody_wants_any_more_is_dropped(published, change):
    change()

    with pytest.raises(delivery.Outdated):
        prepare(published)


def test_news_of_recordings_that_are_gone_is_dropped(published):
    Material.objects.all().delete()

    with pytest.raises(delivery.Outdated):
        prepare(published)


def of_many(kind, registration) -> Message:
    more = {"sequence": registration.sequence} if kind in slot_change_mails.OF_CHANGE else {}
    known = {"known_starts_at": STARTS_AT, "known_ends_at": STARTS_AT + HOUR}
    more |= {"kind": kind, "registration": registration, "octets": b"", "subject": ""}
    return claimed(MessageFactory(**known, **more))


@pytest.mark.parametrize("kind", ["rescheduled", "called_off", "revived", "reminder", "published"])
def test_what_mails_to_many_have_in_common_is_read_once(registration, kind):
    OccurrenceFactory(session=registration.session, starts_at=STARTS_AT + 24 * HOUR)
    MaterialFactory(session=registration.session, url=RECORDING)
    seats = [
        RegistrationFactory(occurrence=registration.occurrence, participant__wants_announcements=True) for _ in range(5)
    ]

    queries = [queries_for([of_many(kind, seat) for seat in some]) for some in (seats[:2], seats[2:])]

    assert queries[1] == queries[0]


def queries_for(mails) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert composing.prepare_all(mails, now=DUE_AT) == {}
    assert all(Message.objects.exclude(octets=b"").filter(pk=mail.pk).exists() for mail in mails)
    return len(asked)


def test_mail_that_cannot_be_composed_and_one_that_is_outdated_hold_up_nobody(registration):
    good, broken = (of_many("rescheduled", registration) for _ in range(2))
    outdated = of_many("rescheduled", RegistrationFactory(status=Registration.Status.CANCELLED))
    broken.known_starts_at = None

    problems = composing.prepare_all([broken, outdated, good], now=DUE_AT)

    assert {pk: type(problem) for pk, problem in problems.items()} == {
        broken.pk: AttributeError,
        outdated.pk: delivery.Outdated,
    }
    assert Message.objects.exclude(octets=b"").get().pk == good.pk
