"""Time slots of the next days for the start page: how full each is, and what its meeting lacks."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext as _

from sessions.admin import occupancy, wording
from sessions.clocks import moment
from sessions.models import Occurrence

DAYS = timedelta(days=7)
# Of more the list of time slots has the rest.
ROWS = 50


@dataclass(frozen=True)
class Row:
    """`warnings` are words; empty where all is well."""

    session: str
    address: str
    times: str
    state: str
    seats: str
    warnings: list[str]


def part(request) -> dict:
    """For the start page; without rows for who may not see time slots."""
    may_see = request.user.has_perm("online_sessions.view_occurrence")
    found = rows(moment.now()) if may_see else []
    notes = notes_on_none(moment.now()) if may_see and not found else []
    return {"may_see_slots": may_see, "coming": found, "notes_on_none": notes}


def rows(now) -> list[Row]:
    coming = _soon(now).filter(session__season__is_rehearsal=False)
    found = coming.select_related("session__season").order_by("starts_at", "pk")[:ROWS]
    return [_row(slot, now) for slot in occupancy.with_occupancy(found)]


def notes_on_none(now) -> list[str]:
    """What a reader of an empty list would ask: when the next one is, and where rehearsals are."""
    said = []
    later = Occurrence.objects.upcoming(now).filter(session__season__is_rehearsal=False)
    if following := later.select_related("session__season").order_by("starts_at", "pk").first():
        next_one = {
            "session": following.session.title,
            "time": wording.moment(following.starts_at, following.session.season),
        }
        said.append(_("The next one: %(session)s, %(time)s.") % next_one)
    if _soon(now).filter(session__season__is_rehearsal=True).exists():
        said.append(_("Time slots of rehearsals are not shown here."))
    return said


def _soon(now):
    return Occurrence.objects.upcoming(now).filter(starts_at__lt=now + DAYS)


def _row(slot, now) -> Row:
    return Row(
        session=slot.session.title,
        address=reverse("admin:online_sessions_occurrence_change", args=[slot.pk]),
        times=wording.two_clocks_in_short(slot),
        state=_state(slot, now),
        seats=occupancy.of_slot(slot),
        warnings=[_("The meeting has no address yet.")] if slot.stretches_without_address(now) else [],
    )


def _state(slot, now) -> str:
    is_draft = not (slot.session.is_published and slot.session.season.is_published)
    return _("not published") if is_draft else wording.slot_state(slot, now)


admin.site.parts.append(part)
