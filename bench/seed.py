"""Seasons and people to measure with; needs `django.setup()`."""

from datetime import date, timedelta

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from registrations.seats import counters
from registrations.speaker_questions import asking
from sessions.models import Occurrence, Part, Season, Session, Speaker

PAST, COMING, CROWDED, IN_PARTS = "2020", "bench", "crowded", "in-parts"
# Every real slot has the limit of its meeting licence; no story comes near this one, unless it sets another.
PLACES = 100_000


def programme(root):
    """The season of 2020 and the same 13 sessions with their 26 time slots, all limited, four weeks from now."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_season", str(root / "sessions" / "data" / "season-2020.toml"), verbosity=0)
    coming(COMING)


def coming(slug) -> Season:
    """The 13 sessions once more, open to all."""
    call_command("clone_season", PAST, f"--slug={slug}", f"--starting={date.today() + timedelta(days=28)}")
    Session.objects.filter(season__slug=slug).update(is_published=True, registration_opens_at=None)
    Season.objects.filter(slug=slug).update(is_published=True)
    Occurrence.objects.filter(session__season__slug=slug).update(capacity=PLACES)
    return Season.objects.get(slug=slug)


def session_in_parts() -> Session:
    """A season of its own with a session of two time slots, each in three parts."""
    season = Season.objects.filter(slug=IN_PARTS).first() or _season_in_parts()
    return season.sessions.get()


def _season_in_parts() -> Season:
    season = coming(IN_PARTS)
    first, *others = season.sessions.order_by("pk").values_list("pk", flat=True)
    Session.objects.filter(pk__in=others).delete()
    for slot in Occurrence.objects.filter(session=first):
        days = [timedelta(days=number) for number in range(3)]
        parts = [Part(number, slot.starts_at + day, slot.ends_at + day) for number, day in enumerate(days, 1)]
        slot.parts, slot.ends_at = tuple(parts), parts[-1].ends_at
        slot.save()
    return season


def copies_of_sessions(season, number):
    """So many more sessions of a season, each with the slots and speakers of one that is there, some hours later."""
    originals = list(season.sessions.order_by("pk").prefetch_related("occurrences", "speakers"))
    for n in range(number):
        original = originals[n % len(originals)]
        slots, speakers = list(original.occurrences.all()), list(original.speakers.all())
        copy = Session.objects.get(pk=original.pk)
        copy.pk, copy._state.adding, copy.slug = None, True, f"{original.slug[:80]}-{n}"
        copy.save()
        _copies(Occurrence, slots, copy, hours=4 * (1 + n // len(originals)))
        _copies(Speaker, speakers, copy)


def _copies(model, rows, session, hours=0):
    for row in rows:
        values = {
            f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields if f.name not in ("id", "uid")
        }
        values["session_id"] = session.pk
        if hours:
            shift = timedelta(hours=hours)
            values |= {"starts_at": row.starts_at + shift, "ends_at": row.ends_at + shift}
        model.objects.create(**values)


PEOPLE = """
INSERT INTO registrations_participant (season_id, name, name_key, email, mailbox, organisation, search_text, country,
    stakeholder, language, timezone, access_needs, calendar_entries, wants_reminders, wants_announcements,
    consent_version, consent_text, consented_at, confirmed_at, key, feed_key, stop_key)
SELECT %(season)s, 'Person ' || %(tag)s || n, 'person ' || %(tag)s || n, %(tag)s || n || '@example.net',
    %(tag)s || n || '@example.net', 'Ministry ' || n %% 190,
    replace('person ' || %(tag)s || n || ' ' || %(tag)s || n || '@example.net ministry ' || n %% 190, '-', ' '),
    '404', 'party', 'en', 'Africa/Nairobi', '', 'mail', true, false, '1', 'I agree.', %(at)s, %(at)s,
    md5(%(tag)s || 'a' || n), md5(%(tag)s || 'b' || n), md5(%(tag)s || 'c' || n)
FROM generate_series(1, %(number)s) AS n"""

SEATS = """
INSERT INTO registrations_registration (participant_id, session_id, occurrence_id, status, registered_at, uid, sequence,
    revised_at, entry_was_mailed, join_key, submission)
SELECT p.id, o.session_id, o.id, 'confirmed', %(at)s, p.key || o.id || '@minamata.test', 0, %(at)s, true,
    md5(p.key || 'j' || o.id), ''
FROM registrations_participant p JOIN online_sessions_occurrence o ON o.id = ANY(%(slots)s)
WHERE p.season_id = %(season)s AND p.mailbox LIKE %(tag)s || '%%'"""

MAILS = """
INSERT INTO registrations_message (kind, dedupe_key, participant_id, registration_id, recipient, subject, message_id,
    octets, written_from, knew_called_off, may_have_left, status, queued_at, due_at, attempts, last_error, sent_at)
SELECT 'confirmation', 'confirmation:' || r.uid, r.participant_id, r.id, p.email, 'Your place', '<' || r.uid || '>',
    convert_to(repeat('x', 200), 'UTF8'), '{}', false, false, 'sent', %(at)s, %(at)s, 1, '', %(at)s
FROM registrations_registration r JOIN registrations_participant p ON p.id = r.participant_id
WHERE p.season_id = %(season)s AND p.mailbox LIKE %(tag)s || '%%'"""

# As PostgreSQL does by itself within a minute; until then its plans are for the few rows of before.
COUNTS = "ANALYZE registrations_participant, registrations_registration, registrations_message"


def people(season, number, *, slots, tag, with_mails=False, at=None):
    """So many people, each with a seat in each of these slots (one of a session), by a few statements."""
    known = {"season": season.pk, "number": number, "slots": [slot.pk for slot in slots], "tag": tag}
    known["at"] = at or timezone.now() - timedelta(days=7)
    with connection.cursor() as cursor:
        for statement in [PEOPLE, SEATS, *([MAILS] if with_mails else []), COUNTS]:
            cursor.execute(statement, known)
    with transaction.atomic():
        counters.count_anew(Occurrence.objects.filter(pk__in=known["slots"]))


def questions_to_speakers(slot, number):
    """Of so many people in the slot, each another one, as staff find them."""
    people = slot.registrations.values_list("participant", flat=True).order_by("pk")[:number]
    for place, person in enumerate(people):
        text = f"What about the mercury in place {place}?"
        asking.ask(participant_id=person, session=slot.session, text=text, language="en", now=timezone.now())


def analyse():
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def first_slots(season) -> dict:
    """The slot of each session open to all that was there first, whatever slots a story added."""
    sessions = season.sessions.open_to_all().order_by("pk").select_related("season")
    return {session: session.occurrences.order_by("pk").first() for session in sessions}
