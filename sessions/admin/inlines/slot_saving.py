"""Storing what the form of a session says about its time slots; each function returns what the staff must hear."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.mail import batches
from registrations.rescheduling import changes
from sessions.admin.inlines.slots import capacity_refused
from sessions.admin.slot_changes import warnings
from sessions.clocks.dates import number


def add(formset, *, now) -> list[str]:
    said = []
    for slot in formset.save(commit=False):
        slot.changed_at = now
        slot.save()
        said += warnings.about_new(slot.session, slot.starts_at, slot.ends_at, now=now)
    return said


def change(formset, *, now) -> list[str]:
    """Writes only the fields that were changed: the times belong to `rescheduling`."""
    formset.save(commit=False)
    for slot in formset.deleted_objects:
        slot.delete()
    refused = [change_one(slot, fields, now=now) for slot, fields in formset.changed_objects]
    return [words for words in refused if words]


def change_one(slot, fields, *, now) -> str | None:
    rest = [field for field in fields if field != "capacity"]
    if rest:
        slot.save(update_fields=rest)
    return _change_capacity(slot, now) if "capacity" in fields else None


def _change_capacity(slot, now) -> str | None:
    try:
        people = changes.change_capacity(occurrence_id=slot.pk, capacity=slot.capacity, now=now)
    except changes.CapacityBelowConfirmed as refused:
        return capacity_refused(refused.confirmed)
    return _moved_up(people) if people else None


def _moved_up(people) -> str:
    if people > batches.PEOPLE_AT_ONCE:
        text = _(
            "%(number)s people move up from the waiting list and are told by mail. This takes a moment: the number of "
            "people who wait shows how far it is."
        )
        return text % {"number": number(people)}
    text = ngettext(
        "%(number)s person moved up from the waiting list and is told by mail.",
        "%(number)s people moved up from the waiting list and are told by mail.",
        people,
    )
    return text % {"number": number(people)}
