"""What happens by itself in a season from now on: when, and to how many people."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext as _

from registrations.feedback import window
from registrations.models import Circular, Feedback, Participant, Registration
from sessions.clocks import countdowns, reminder_times, wall_clock
from sessions.models import Occurrence
from sessions.seasons import season_days
from sessions.slot_states import DOORS_OPEN_BEFORE


@dataclass(frozen=True)
class Event:
    """`people` is how many it concerns as things are now; None where it concerns nobody in particular.

    What happens in the night after a day, or at its very beginning, has no hour. `is_stop`: it does something for
    somebody, or changes what people see. `ends_meeting`: a meeting of a session that is not a draft is over.
    """

    at: datetime
    words: str
    about: str = ""
    people: int | None = None
    has_hour: bool = True
    is_reminder: bool = False
    is_stop: bool = True
    ends_meeting: bool = False


def of_season(season, *, now, names_letters=True) -> list[Event]:
    """In order; without what depends on what people or staff do, as a place that comes free.

    Subjects of letters are for who may read letters.
    """
    slots = list(Occurrence.objects.filter(session__season=season).select_related("session").in_order())
    for slot in slots:
        slot.session.season = season
    held = [stretch for slot in slots for stretch in slot.held_stretches]
    events = [
        *_registration({slot.session for slot in held}),
        *_reminders(season, held),
        *(event for slot in slots for each in slot.held_stretches for event in _meeting(each, slot.last_starts_at)),
        *_feedback(season, slots),
        *_circulars(season, now, names_letters),
        *_end(season),
    ]
    return sorted((event for event in events if event.at > now), key=lambda event: event.at)


def _registration(sessions):
    for session in sessions:
        draft = is_draft(session)
        if session.registration_opens_at:
            opens = _("Registration opens once it is published: it is a draft") if draft else _("Registration opens")
            yield Event(session.registration_opens_at, opens, session.title, is_stop=not draft)
        if session.registration_closes_at:
            closes = _("Registration closes")
            yield Event(session.registration_closes_at, closes, session.title, is_stop=not draft)


def is_draft(session) -> bool:
    """Whether nobody can register, as only staff see it."""
    return not (session.season.is_published and (session.is_published or session.is_by_invitation))


def _reminders(season, slots):
    """Of several sessions on one day people get one mail (sessions.clocks.reminder_times)."""
    wanted = _wanting_reminders(season)
    for slot in slots:
        for hours in season.reminders_before:
            words = _("Reminder, %(lead)s before") % {"lead": countdowns.lead(hours)}
            people = sum(number for unwanted, number in wanted[slot.pk] if hours not in unwanted)
            due_at = reminder_times.due_at(slot.starts_at, hours)
            yield Event(due_at, words, slot.session.title, people, is_reminder=True, is_stop=bool(people))


def _wanting_reminders(season) -> dict[int, list[tuple[list[int], int]]]:
    """By slot the leads, in hours, that people do not want, and how many these people are."""
    people = Registration.objects.confirmed().of_confirmed_people()
    people = people.filter(session__season=season, participant__wants_reminders=True).order_by()
    found = defaultdict(list)
    for slot, unwanted, number in people.values_list("occurrence", "participant__unwanted_leads").annotate(Count("pk")):
        found[slot].append((unwanted, number))
    return found


def _meeting(slot, last_starts_at):
    """Of a slot, or a part of one; nobody who waits gets a place once the last part has begun."""
    title, draft = slot.session.title, is_draft(slot.session)
    doors = _("The meeting opens for people with a place")
    yield Event(slot.starts_at - DOORS_OPEN_BEFORE, doors, title, slot.taken, is_stop=bool(slot.taken) or not draft)
    waiting = slot.waiting if slot.starts_at == last_starts_at else 0
    begins = _("It begins; who waits for a place gets none any more") if waiting else _("It begins")
    yield Event(slot.starts_at, begins, title, waiting or None, is_stop=bool(waiting))
    yield Event(slot.ends_at, _("It is over; its page says so"), title, is_stop=False, ends_meeting=not draft)


def _feedback(season, slots):
    of_sessions = defaultdict(list)
    for slot in slots:
        of_sessions[slot.session].append(slot)
    collected = Feedback.objects.collected().filter(session__season=season)
    answered = set(collected.values_list("session", flat=True))
    words = _("The feedback form closes; what enough people have answered can be read")
    for session, own in of_sessions.items():
        if day := window.last_day(session, own):
            closes_at = window.closes_at(session, day)
            yield Event(closes_at, words, session.title, has_hour=False, is_stop=session.pk in answered)


def _circulars(season, now, names_letters):
    waiting = Circular.objects.standing().filter(season=season, mails_leave_at__gt=now).prefetch_related("words")
    for circular in waiting:
        subject = next((words.subject for words in circular.words.all()), "")
        about = subject if names_letters else ""
        yield Event(
            circular.mails_leave_at, _("Your letter leaves"), about, circular.people, is_stop=bool(circular.people)
        )


def _end(season):
    last = season_days.last(season)
    _begins, over = wall_clock.day_limits(last, season.timezone)
    yield Event(over, _("The season is over: it stands among the past ones"), has_hour=False)
    _begins, erasing = wall_clock.day_limits(last + timedelta(days=settings.DATA_TERM_DAYS), season.timezone)
    people = Participant.objects.filter(season=season, anonymised_at=None).count()
    erased = _("Details of all its people are erased in this night; figures are stored before, where there are none")
    yield Event(erasing, erased, people=people, has_hour=False)
