"""A periodic task posts reminders: once for a time, as late as they help, never to those who need none."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from registrations import tasks
from registrations.enrolment import enrolment
from registrations.mail import composing
from registrations.mailings import reminders
from registrations.models import Message, Registration, ReminderRound
from registrations.rescheduling import changes
from tests.factories import MessageFactory, OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.registrations.reminding import HOUR, MINUTE, STARTS_AT, post, reminded, use_leads
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def slot():
    return OccurrenceFactory(starts_at=STARTS_AT)


# When


@pytest.mark.parametrize(
    ("before", "number"),
    [
        ({"hours": 72, "seconds": 1}, 0),
        ({"hours": 72}, 1),
        ({"hours": 48, "seconds": 1}, 1),
        ({"hours": 48}, 0),
        ({"hours": 24}, 1),
        ({"hours": 14}, 1),
        ({"hours": 2, "seconds": 1}, 1),
        ({"hours": 2}, 0),
        ({"hours": 1}, 1),
        ({"minutes": 20}, 1),
        ({"minutes": 1}, 1),
        ({"minutes": 0}, 0),
        ({"minutes": -5}, 0),
    ],
)
def test_late_reminder_leaves_until_the_next_is_near_or_the_session_begins(slot, before, number):
    RegistrationFactory(occurrence=slot)

    assert post(**before) == number


def test_each_lead_is_used_once(slot):
    registration = RegistrationFactory(occurrence=slot)

    for minutes in range(73 * 60, 0, -30):
        post(minutes=minutes)

    assert reminded() == [(registration, 72), (registration, 24), (registration, 1)]
    assert list(ReminderRound.objects.order_by("pk").values_list("hours_before", "people")) == [
        (72, 1),
        (24, 1),
        (1, 1),
    ]


def test_season_has_leads_of_its_own_or_none(slot):
    quiet = OccurrenceFactory(starts_at=STARTS_AT, session__season__reminder_hours="none")
    own = OccurrenceFactory(starts_at=STARTS_AT, session__season__reminder_hours="48, 2")
    registration = [RegistrationFactory(occurrence=each) for each in (quiet, own)][1]

    for hours in (72, 48, 24, 2, 1):
        post(hours=hours)

    assert reminded() == [(registration, 48), (registration, 2)]


def test_of_leads_whose_time_came_during_an_outage_the_latest_counts(slot):
    use_leads(slot, "24, 22, 20")
    registration = RegistrationFactory(occurrence=slot)

    for minutes in range(19 * 60, 0, -5):
        post(minutes=minutes)

    assert reminded() == [(registration, 19)]
    assert ReminderRound.objects.get().hours_before == 20


@pytest.mark.parametrize("leads", first_always(["72, 24, 1", "24, 22, 20", "3, 2, 1"]))
def test_each_leaves_in_time_when_nothing_breaks_however_near_the_next_is(slot, leads):
    use_leads(slot, leads)
    registration = RegistrationFactory(occurrence=slot, registered_at=STARTS_AT - 10 * DAY)

    for minutes in range(73 * 60, 0, -20):
        post(minutes=minutes)

    assert reminded() == [(registration, int(hours)) for hours in leads.split(", ")]


@pytest.mark.parametrize("back_at", first_always([25, 3, 1, 71, 49, 48, 23, 2]))
def test_after_an_outage_the_next_reminder_is_no_nearer_than_half_an_hour(slot, back_at):
    RegistrationFactory(occurrence=slot)

    for minutes in range(back_at * 60 + 10, 0, -10):
        post(minutes=minutes)

    hours = [before for _registration, before in reminded()]
    assert hours
    assert min([earlier - later for earlier, later in pairwise(hours)], default=1) >= 0.5


@pytest.mark.parametrize(("hours", "words"), [(14, "Tomorrow, Tue 8 Oct, 10:00"), (3, "Today, Tue 8 Oct, 10:00")])
def test_late_reminder_tells_the_time_that_is_left(slot, hours, words):
    RegistrationFactory(occurrence=slot)
    post(hours=hours)
    [mail] = Message.objects.filter(kind="reminder")

    assert composing.prepare_all([mail], now=STARTS_AT - hours * HOUR) == {}

    assert mail.subject.startswith(words)


def test_reminder_that_could_not_leave_is_dropped_when_the_next_is_near_or_the_session_begins(slot):
    RegistrationFactory(occurrence=slot)
    post(hours=24)
    post(hours=1)

    day, hour = Message.objects.filter(kind="reminder").order_by("pk")

    assert (day.expires_at, hour.expires_at) == (STARTS_AT - 2 * HOUR, STARTS_AT)


@pytest.mark.parametrize("hidden", [{"is_published": False}, {"season__is_published": False}])
def test_session_whose_page_was_taken_down_still_reminds_its_people(hidden):
    RegistrationFactory(
        occurrence=OccurrenceFactory(starts_at=STARTS_AT, **{f"session__{k}": v for k, v in hidden.items()})
    )

    assert post(hours=24) == 1


# Who


def test_confirmed_people_who_want_reminders_get_them(slot):
    wants = RegistrationFactory(occurrence=slot)
    RegistrationFactory(occurrence=slot, participant__wants_reminders=False)
    RegistrationFactory(occurrence=slot, status=Registration.Status.CANCELLED)
    RegistrationFactory(occurrence=slot, status=Registration.Status.WAITLISTED)
    RegistrationFactory(occurrence=OccurrenceFactory(starts_at=STARTS_AT + DAY))

    assert post(hours=24) == 1
    assert reminded() == [(wants, 24)]


def test_who_registered_within_the_lead_has_just_been_told(slot):
    RegistrationFactory(occurrence=slot, registered_at=STARTS_AT - 24 * HOUR)
    before = RegistrationFactory(occurrence=slot, registered_at=STARTS_AT - 24 * HOUR - MINUTE)

    post(hours=23)

    assert reminded() == [(before, 23)]


@pytest.mark.parametrize("kind", first_always(reminders.TELLING_THE_TIME))
@pytest.mark.parametrize(
    ("mail", "number"),
    [
        ({"status": "sent", "sent_at": STARTS_AT - 23 * HOUR}, 0),
        ({"status": "queued"}, 0),
        ({"status": "dropped"}, 1),
        ({"status": "sent", "sent_at": STARTS_AT, "due_at": STARTS_AT - 25 * HOUR}, 1),
    ],
)
def test_who_is_told_of_the_time_within_the_lead_by_another_mail_needs_no_reminder(slot, kind, mail, number):
    registration = RegistrationFactory(occurrence=slot)
    MessageFactory(registration=registration, kind=kind, **{"due_at": STARTS_AT - 24 * HOUR} | mail)

    assert post(hours=23) == number


def test_slot_moved_and_taken_back_unheard_within_the_lead_still_reminds(slot):
    registration = RegistrationFactory(occurrence=slot)
    now = STARTS_AT - 24 * HOUR - 5 * MINUTE
    change = changes.reschedule(
        occurrence_id=slot.pk, starts_at=STARTS_AT + HOUR, ends_at=STARTS_AT + 2 * HOUR, now=now
    )
    changes.take_back(change_id=change.pk, now=now + 6 * MINUTE)

    post(hours=23)

    assert reminded() == [(registration, 23)]


# Changes


def test_moved_slot_reminds_anew_of_the_new_time_only(slot):
    registration = RegistrationFactory(occurrence=slot)
    post(hours=72)
    moved_to = STARTS_AT + 7 * DAY
    changes.reschedule(occurrence_id=slot.pk, starts_at=moved_to, ends_at=moved_to + HOUR, now=STARTS_AT - 70 * HOUR)

    post(hours=24)
    reminders.post_due(now=moved_to - 24 * HOUR)

    assert [mail.known_starts_at for mail in Message.objects.filter(kind="reminder").order_by("pk")] == [
        STARTS_AT,
        moved_to,
    ]
    assert reminded()[-1] == (registration, 24)


def test_slot_called_off_reminds_nobody_and_revived_again(slot):
    registration = RegistrationFactory(occurrence=slot)
    changes.call_off(occurrence_id=slot.pk, now=STARTS_AT - 80 * HOUR)
    assert post(hours=72) == 0

    changes.revive(occurrence_id=slot.pk, now=STARTS_AT - 40 * HOUR)
    post(hours=24)

    assert reminded() == [(registration, 24)]


def test_who_changes_to_another_slot_is_reminded_of_that_one(slot):
    registration = RegistrationFactory(occurrence=slot)
    other = OccurrenceFactory(session=slot.session, starts_at=STARTS_AT + 3 * DAY)
    enrolment.change_occurrence(registration_id=registration.pk, occurrence_id=other.pk, now=STARTS_AT - 90 * HOUR)

    assert post(hours=24) == 0
    assert reminders.post_due(now=other.starts_at - 24 * HOUR) == 1


# Cost


def test_run_with_nothing_to_do_asks_the_database_twice_whatever_the_number(slot, django_assert_num_queries):
    RegistrationFactory.create_batch(3, occurrence=slot)
    for _more in range(2):
        post(hours=24)
        with django_assert_num_queries(2):
            assert post(hours=23, minutes=59) == 0
        RegistrationFactory(occurrence=OccurrenceFactory(starts_at=STARTS_AT, session__season=slot.session.season))


def test_round_costs_the_same_for_one_and_for_thirty(django_assert_max_num_queries):
    counts = []
    for number in (1, 30):
        slot = OccurrenceFactory(starts_at=STARTS_AT)
        RegistrationFactory.create_batch(number, occurrence=slot)
        with django_assert_max_num_queries(14) as captured:
            assert post(hours=24) == number
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_person_in_two_sessions_of_a_day_is_reminded_of_both_with_the_first():
    person = ParticipantFactory()
    for hours in (0, 2):
        slot = OccurrenceFactory(session__season=person.season, starts_at=STARTS_AT + hours * HOUR)
        RegistrationFactory(participant=person, occurrence=slot)

    assert (post(hours=24), post(hours=22)) == (1, 0)


def test_beat_has_the_task_that_posts_what_is_due(settings):
    slot = OccurrenceFactory(starts_at=timezone.now() + 59 * MINUTE)
    RegistrationFactory(occurrence=slot, registered_at=timezone.now() - DAY)
    entry = settings.CELERY_BEAT_SCHEDULE["post-reminders"]

    assert entry["task"] == tasks.post_reminders.name
    tasks.post_reminders()

    assert ReminderRound.objects.get().people == 1
