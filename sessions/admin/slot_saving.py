"""Storing what the form of a session says about its time slots; each function returns warnings for the staff."""

from django.utils.translation import gettext as _

from registrations import rescheduling
from sessions.admin import words
from sessions.admin.slots import capacity_refused
from sessions.admin.wall_times import slots_at_the_same_time


def add(formset, *, now) -> list[str]:
    warnings = []
    for slot in formset.save(commit=False):
        slot.changed_at = now
        slot.save()
        warnings += overlap_warnings(slot.session, slot.starts_at, slot.ends_at)
    return warnings


def change(formset) -> list[str]:
    """Writes only the fields that were changed: the times belong to `rescheduling`."""
    formset.save(commit=False)
    for slot in formset.deleted_objects:
        slot.delete()
    warnings = [change_one(slot, fields) for slot, fields in formset.changed_objects]
    return [warning for warning in warnings if warning]


def change_one(slot, fields) -> str | None:
    rest = [field for field in fields if field != "capacity"]
    if rest:
        slot.save(update_fields=rest)
    if "capacity" in fields:
        try:
            rescheduling.change_capacity(occurrence_id=slot.pk, capacity=slot.capacity)
        except rescheduling.CapacityBelowConfirmed as refused:
            return capacity_refused(refused.confirmed)
    return None


def overlap_warnings(session, starts_at, ends_at) -> list[str]:
    return [
        _("At the same time as “%(title)s”, %(time)s.")
        % {"title": slot.session.title, "time": words.on_season_clock(slot)}
        for slot in slots_at_the_same_time(session, starts_at, ends_at)
    ]
