"""What a reminder says: the truth at the moment of sending, on the reader's clock and calendar."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from registrations import links
from registrations.mail import notices
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.calendars import calendar_part, read_mail
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db
STARTS_AT = datetime(2030, 10, 10, 13, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def reminder(registration, before):
    now = registration.occurrence.starts_at - before
    return notices.reminder(registration, message_id="<reminder@minamata.test>", now=now)


def registered(starts_at=STARTS_AT, **fields):
    return RegistrationFactory(occurrence=OccurrenceFactory(starts_at=starts_at, session__title="Emissions"), **fields)


def text_of(message):
    return read_mail(message).get_body(("plain",)).get_content().replace("\r\n", "\n")


def html_of(message):
    return read_mail(message).get_body(("html",)).get_content()


def first_line(message):
    return text_of(message).splitlines()[2]


@pytest.mark.parametrize(
    ("before", "subject", "sentence"),
    [
        (72 * HOUR, "In 3 days, Thu 10 Oct, 16:00 (UTC+3): Emissions", "The session starts in 3 days."),
        (24 * HOUR, "Tomorrow, Thu 10 Oct, 16:00 (UTC+3): Emissions", "The session starts tomorrow, in 24 hours."),
        (16 * HOUR, "Today, Thu 10 Oct, 16:00 (UTC+3): Emissions", "The session starts today, in 16 hours."),
        (59 * MINUTE, "In 59 minutes, Thu 10 Oct, 16:00 (UTC+3): Emissions", "The session starts in 59 minutes."),
        (
            10 * MINUTE,
            "In 10 minutes, Thu 10 Oct, 16:00 (UTC+3): Emissions",
            "The session starts in 10 minutes. The meeting is open: you can join now.",
        ),
    ],
)
def test_subject_and_first_sentence_say_how_soon(before, subject, sentence):
    mail = reminder(registered(), before)

    assert mail.subject == subject
    assert first_line(mail) == sentence
    assert sentence in re.sub("<.*?>", "", html_of(mail))


@pytest.mark.parametrize(
    ("zone", "local", "offset", "before", "words"),
    [
        # The clocks of Zurich go back on 27 October 2030 and forward on 31 March 2030.
        ("Europe/Zurich", datetime(2030, 10, 28, 0, 30), 1, 24 * HOUR, "tomorrow, in 24 hours"),
        ("Europe/Zurich", datetime(2030, 10, 28, 9, 0), 1, 72 * HOUR, "in 3 days"),
        ("Europe/Zurich", datetime(2030, 10, 27, 12, 0), 1, 13 * HOUR, "today, in 13 hours"),
        ("Europe/Zurich", datetime(2030, 10, 27, 12, 0), 1, 14 * HOUR, "tomorrow, in 14 hours"),
        ("Europe/Zurich", datetime(2030, 4, 1, 0, 30), 2, 24 * HOUR, "in 2 days"),
        ("Europe/Zurich", datetime(2030, 4, 1, 0, 30), 2, 23 * HOUR, "tomorrow, in 23 hours"),
        # Those of New York go back on 3 November 2030 and forward on 10 March 2030.
        ("America/New_York", datetime(2030, 11, 3, 9, 0), -5, 10 * HOUR, "today, in 10 hours"),
        ("America/New_York", datetime(2030, 11, 3, 9, 0), -5, 24 * HOUR, "tomorrow, in 24 hours"),
        ("America/New_York", datetime(2030, 11, 4, 9, 0), -5, 72 * HOUR, "in 3 days"),
        ("America/New_York", datetime(2030, 3, 11, 0, 30), -4, 24 * HOUR, "in 2 days"),
        ("America/New_York", datetime(2030, 3, 10, 9, 0), -4, 24 * HOUR, "tomorrow, in 24 hours"),
    ],
)
def test_days_are_those_of_the_readers_calendar_also_when_clocks_change(zone, local, offset, before, words):
    starts_at = (local - offset * HOUR).replace(tzinfo=UTC)

    mail = reminder(registered(starts_at, participant__timezone=zone), before)

    assert first_line(mail) == f"The session starts {words}."
    assert f"{local:%H:%M}" in mail.subject
    assert f" {local.day} " in mail.subject


def test_reminder_has_three_clocks_join_link_and_the_ways_out_and_no_calendar_part():
    registration = registered()

    mail = reminder(registration, 24 * HOUR)

    assert [line for line in text_of(mail).splitlines() if line.startswith("  ")] == [
        "  Thursday 10 October 2030, 16:00–17:00, Nairobi, UTC+3 (your time)",
        "  Thursday 10 October 2030, 15:00–16:00, Geneva, UTC+2",
        "  Thursday 10 October 2030, 13:00–14:00, UTC",
    ]
    person = registration.participant
    addresses = {
        links.join(registration),
        links.cancel(registration),
        links.my_season(person),
        links.stop(person, "reminders"),
    }
    assert (
        set(re.findall(r"https?://\S+", text_of(mail))) == set(re.findall('href="(.*?)"', html_of(mail))) == addresses
    )
    assert calendar_part(read_mail(mail)) is None


def test_other_slot_is_offered_while_there_is_time_and_night_is_named():
    registration = registered(STARTS_AT + 7 * HOUR)
    OccurrenceFactory(session=registration.session, starts_at=STARTS_AT + 48 * HOUR)

    day_before, hour_before = reminder(registration, 24 * HOUR), reminder(registration, HOUR)

    assert (links.change_slot(registration) in text_of(day_before), "at night" in text_of(day_before)) == (True, True)
    assert links.change_slot(registration) not in text_of(hour_before)
    assert len(text_of(hour_before)) < len(text_of(day_before))


def test_reminder_of_a_rehearsal_says_so():
    registration = registered()
    registration.session.season.is_rehearsal = True

    mail = reminder(registration, 24 * HOUR)

    assert mail.subject.startswith("Rehearsal: Tomorrow, ")
    assert text_of(mail).startswith("This is a rehearsal")


def test_reminder_speaks_the_language_of_its_reader():
    mail = reminder(registered(participant__language="fr"), 24 * HOUR)

    assert "jeudi 10 octobre 2030" in text_of(mail)


# What the mails of somebody late say


def confirmation(registration, now):
    return notices.confirmation(registration.participant, [registration], now=now)[0]


LATE = {
    "confirmation": confirmation,
    "invitation": lambda registration, now: notices.invitation(registration, now=now),
    "slot_changed": lambda registration, now: notices.slot_changed(
        registration, previous=registration.occurrence, now=now
    ),
    "rescheduled": lambda registration, now: notices.rescheduled(
        registration, previous=registration.occurrence, now=now
    ),
    "revived": lambda registration, now: notices.revived(registration, previous=registration.occurrence, now=now),
}


@pytest.mark.parametrize("kind", first_always(LATE))
@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (71 * HOUR, "The session starts in 3 days."),
        (23 * HOUR, "The session starts tomorrow, in 23 hours."),
        (50 * MINUTE, "The session starts in 50 minutes."),
        (10 * MINUTE, "The session starts in 10 minutes. The meeting is open: you can join now."),
        (-5 * MINUTE, "The session is going on now. You can join at once."),
    ],
)
def test_who_is_late_reads_at_once_what_the_reminders_have_said(kind, before, sentence):
    mail = LATE[kind](registered(), STARTS_AT - before)

    text = text_of(mail)
    assert sentence in text.splitlines()
    assert text.index(sentence) < text.index("/join/")
    assert sentence in re.sub("<.*?>", "", html_of(mail))


@pytest.mark.parametrize("kind", LATE)
def test_who_is_early_reads_no_countdown(kind):
    mail = LATE[kind](registered(), STARTS_AT - 73 * HOUR)

    assert "The session starts" not in text_of(mail)


def test_summary_says_it_beside_the_session_that_is_near():
    near = registered()
    far = RegistrationFactory(
        participant=near.participant,
        occurrence=OccurrenceFactory(session__season=near.session.season, starts_at=STARTS_AT + 200 * HOUR),
    )

    [summary, *_invitations] = notices.confirmation(near.participant, [near, far], now=STARTS_AT - 23 * HOUR)

    listed = text_of(summary).partition("1. Emissions")[2]
    assert listed.index("The session starts tomorrow, in 23 hours.") < listed.index("2. ")
    assert text_of(summary).count("The session starts") == 1


def test_season_without_reminders_still_tells_who_is_late():
    registration = registered()
    registration.session.season.reminder_hours = "none"

    assert "The session starts tomorrow, in 23 hours." in text_of(confirmation(registration, STARTS_AT - 23 * HOUR))
