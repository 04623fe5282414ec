"""Copy the programme of a season to other dates: a rehearsal to practise with, or the draft of a next season."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction

from sessions import translations
from sessions.clocks import wall_clock
from sessions.models import Occurrence, Part, Question, Season, Session, Stream
from sessions.models.parts import times_of
from sessions.seasons import season_days

# A field of these models is copied, made anew (as dates, moved by whole weeks), or stays behind: it tells of what was
# held, or of people. A test holds that each is in one of the lists.
SAME_IN_SEASON = (
    *("timezone", "place", "organiser", "partners", "reminder_hours", "certificate_percent"),
    "feedback_days",
)
SAME_IN_STREAM = ("slug", "title", "mark", "position", "translations")
SAME_IN_SESSION = (
    "slug",
    "title",
    "summary",
    "access",
    "is_published",
    "platform",
    "languages",
    "audience",
    "partners",
    "expect_afterwards",
    "asks_feedback",
    "takes_questions",
    "translations",
)
SAME_IN_SLOT = ("capacity", "languages", "interpretation")
SAME_IN_QUESTION = ("words", "help_text", "kind", "choices", "is_required", "position", "ready_made", "translations")
MADE_ANEW = {
    Season: (
        *("slug", "title", "starts_on", "ends_on", "introduction", "is_published", "is_rehearsal", "changed_at"),
        *("translations", "clock_ahead"),
    ),
    Stream: ("season",),
    Session: ("season", "stream"),
    Occurrence: (
        *("session", "starts_at", "ends_at", "typed_start", "typed_end", "typed_zone", "parts"),
        *("meeting_url", "uid", "changed_at"),
    ),
    Question: ("season", "session"),
}
LEFT_BEHIND = {
    Season: ("note", "sources", "reworded"),
    Stream: (),
    Session: (
        # Registration opens at once, and closes with the last time slot.
        *("registration_opens_at", "registration_closes_at"),
        *("attendance_total", "attendance_is_minimum", "attendance_note"),
        *(
            "is_unconfirmed",
            "unconfirmed_fields",
            "sources",
            "note",
            "reworded",
            "announced_at",
            "announced_again",
            "announcement_prepared_at",
            "announcement_begun_at",
            "announcement_taken_back_at",
        ),
    ),
    Occurrence: ("meeting_phone", "part_urls", "called_off_at", "reason", "attendance", "taken", "waiting", "sequence"),
    # Closed ones are not copied.
    Question: ("is_closed",),
}
# Two seats, so that the third person to sign up sees a full slot and its waiting list.
SEATS_ON_REHEARSAL_SLOT = 2
REHEARSAL_INTRODUCTION = (
    "This is a rehearsal with the programme of {title}. Nobody is at the meetings: "
    "sign up, change the time slot and cancel as you like."
)


class CannotCopy(Exception):
    """The message tells staff why."""


@transaction.atomic
def clone(*, source, slug, starting, now, title="", rehearsal=False, publish=False) -> Season:
    """A new season with the programme of `source`, shifted by whole weeks: the first slot is on or after `starting`.

    Weekdays and wall-clock hours in the season's zone stay, also across changes of the clocks, and so do lengths. What
    happened or was known only of the source stays behind: people, panels, materials, attendance, notes, sources,
    meeting addresses, time slots that were called off. Registration opens at once. Raises CannotCopy.
    """
    if Season.objects.filter(slug=slug).exists():
        raise CannotCopy(f"There is a season with the slug {slug!r} already.")
    slots = list(_slots_held(source))
    if not slots:
        raise CannotCopy(f"{source} has no time slots.")
    first_on = slots[0].starts_at.astimezone(source.zone).date()
    weeks = timedelta(weeks=_weeks_to_or_after(first_on, starting))
    names = {"slug": slug, "title": title or _title(source, starting, rehearsal)}
    season = _season(source, weeks, **names, is_rehearsal=rehearsal, is_published=publish)
    sessions = _sessions(source, season, weeks)
    _copy_questions(source, season, sessions)
    copies = [_slot(slot, sessions[slot.session.slug], weeks, now) for slot in slots]
    if rehearsal:
        _prepare_to_practise(copies)
    Occurrence.objects.bulk_create(copies)
    season.starts_on, season.ends_on = season_days.around_slots(season)
    season.save(update_fields=["starts_on", "ends_on"])
    return season


def shifted(moment: datetime, weeks: timedelta, zone: str) -> datetime:
    """The same wall-clock hour in the zone, that many weeks later, in UTC; of two such hours the first.

    Raises CannotCopy where the clocks skip it.
    """
    later = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) + weeks
    found = wall_clock.wall_time(later, zone)
    if found is None:
        raise CannotCopy(f"{later:%Y-%m-%d %H:%M} does not exist in {zone}: clocks go forward then.")
    return found


def _slots_held(season):
    slots = Occurrence.objects.filter(session__season=season, called_off_at=None)
    return slots.select_related("session").in_order()


def _weeks_to_or_after(first_on: date, starting: date) -> int:
    return -((first_on - starting).days // 7)


def _title(source, starting, rehearsal) -> str:
    if rehearsal:
        return re.sub(r",? season \d+$", "", source.title, flags=re.IGNORECASE) + ", rehearsal season"
    return f"{source.title} ({starting.year})"


def _season(source, weeks, *, is_rehearsal, **fields):
    season = Season(
        starts_on=source.starts_on + weeks,
        ends_on=source.ends_on + weeks,
        is_rehearsal=is_rehearsal,
        introduction=REHEARSAL_INTRODUCTION.format(title=source.title) if is_rehearsal else "",
        **fields,
        translations=translations.of_columns(source, SAME_IN_SEASON),
        **_same(source, SAME_IN_SEASON),
    )
    try:
        season.full_clean()
    except ValidationError as error:
        raise CannotCopy(" ".join(f"{key}: {' '.join(texts)}" for key, texts in error.message_dict.items())) from None
    season.save()
    return season


def _sessions(source, season, weeks) -> dict[str, Session]:
    """The new sessions by their slug."""
    streams = {
        stream.pk: Stream.objects.create(season=season, **_same(stream, SAME_IN_STREAM))
        for stream in source.streams.all()
    }
    return {
        session.slug: Session.objects.create(
            season=season,
            stream=streams[session.stream_id],
            **_same(session, SAME_IN_SESSION) | {"is_published": session.is_published and not session.is_by_invitation},
        )
        for session in source.sessions.order_by("pk")
    }


def _copy_questions(source, season, sessions):
    copies = []
    for asked in Question.objects.asked().in_season(source).select_related("session"):
        of = {"session": sessions[asked.session.slug]} if asked.session else {"season": season}
        copies.append(Question(**of, **_same(asked, SAME_IN_QUESTION)))
    Question.objects.bulk_create(copies)


def _slot(slot, session, weeks, now) -> Occurrence:
    starts_at = shifted(slot.starts_at, weeks, session.season.timezone)
    times = {"starts_at": starts_at, "ends_at": starts_at + (slot.ends_at - slot.starts_at)}
    if parts := _parts(slot, weeks, session.season.timezone):
        times = dict(zip(times, times_of(parts), strict=True))
    typed = wall_clock.as_typed(*times.values(), session.season.timezone)
    return Occurrence(session=session, changed_at=now, **times, **typed, parts=parts, **_same(slot, SAME_IN_SLOT))


def _parts(slot, weeks, zone) -> tuple[Part, ...]:
    """Those that were held, numbered anew."""
    held = [part for part in slot.parts if not part.is_called_off]
    if len(held) < 2:
        return ()
    starts = [shifted(part.starts_at, weeks, zone) for part in held]
    times = [(start, start + (part.ends_at - part.starts_at)) for start, part in zip(starts, held, strict=True)]
    typed = [wall_clock.as_typed(*each, zone) for each in times]
    return tuple(
        Part(number, *each, said["typed_start"], said["typed_end"])
        for number, (each, said) in enumerate(zip(times, typed, strict=True), 1)
    )


def _prepare_to_practise(slots):
    for number, slot in enumerate(slots, 1):
        slot.meeting_url = f"https://meeting.example.org/{slot.session.season.slug}/{number}"
    open_to_all = [slot for slot in slots if not slot.session.is_by_invitation]
    if open_to_all:
        open_to_all[0].capacity = SEATS_ON_REHEARSAL_SLOT


def _same(row, names) -> dict:
    return {name: getattr(row, name) for name in names}
