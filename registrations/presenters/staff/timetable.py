"""What happens by itself in a season from now on: when, and to how many people."""

from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Min
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from registrations.feedback import window
from registrations.models import Feedback, Message, Participant, Registration
from registrations.presenters.staff import waiting_mails
from registrations.presenters.staff.event import Event
from registrations.rehearsals import moments
from sessions.clocks import countdowns, reminder_times, wall_clock
from sessions.models import Occurrence
from sessions.seasons import season_days
from sessions.slot_states import DOORS_OPEN_BEFORE


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
        *waiting_mails.of_season(season, now=now, names_letters=names_letters),
        *_emptying(season, now),
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


def _emptying(season, now):
    """The first night in which it comes to mails that have left, and their people; others follow night after night."""
    term, mails = timedelta(days=settings.MAIL_TERM_DAYS), Message.objects.of_season(season).ended_with_text()
    first = mails.aggregate(first=Min(Coalesce("sent_at", "queued_at")))["first"]
    if first is None:
        return
    night = moments.night_after(max(first + term, now))
    people = mails.past_term(night - term).aggregate(people=Count("recipient", distinct=True))["people"]
    words = _("The first texts of mails that have left are removed in this night; the others follow night after night")
    yield Event(night, words, people=people, has_hour=False, is_stop=False)


def _end(season):
    last = season_days.last(season)
    _begins, over = wall_clock.day_limits(last, season.timezone)
    yield Event(over, _("The season is over: it stands among the past ones"), has_hour=False)
    _begins, erasing = wall_clock.day_limits(last + timedelta(days=settings.DATA_TERM_DAYS), season.timezone)
    people = Participant.objects.filter(season=season, anonymised_at=None).count()
    erased = _("Details of all its people are erased in this night; figures are stored before, where there are none")
    yield Event(erasing, erased, people=people, has_hour=False)
