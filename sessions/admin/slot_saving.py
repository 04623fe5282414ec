"""Storing what the form of a session says about its time slots; each function returns warnings for the staff."""

from registrations import rescheduling
from sessions.admin import doubts
from sessions.admin.slots import capacity_refused


def add(formset, *, now) -> list[str]:
    warnings = []
    for slot in formset.save(commit=False):
        slot.changed_at = now
        slot.save()
        warnings += doubts.about_new(slot.session, slot.starts_at, slot.ends_at, now=now)
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
