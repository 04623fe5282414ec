"""The counters taken and waiting of each time slot: changed under its lock, recounted to be checked."""

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from registrations.models import Registration
from sessions.models import Occurrence

CONFIRMED, WAITING = Registration.objects.confirmed(), Registration.objects.waiting()


def change(slots, *, taken=0, waiting=0):
    """So many people more, or fewer, in each of these slots; the caller has locked them and changes registrations."""
    if not slots:
        return
    numbers = {name: F(name) + more for name, more in (("taken", taken), ("waiting", waiting)) if more}
    Occurrence.objects.filter(pk__in=[slot.pk for slot in slots]).update(**numbers)
    for slot in slots:
        slot.taken += taken
        slot.waiting += waiting


def leave(registration):
    """One person fewer in the slot of this registration, which is still active; its slot is locked."""
    change([registration.occurrence], **({"waiting": -1} if registration.is_waiting else {"taken": -1}))


def wrong(occurrences):
    """Of these slots those whose numbers are not those of their registrations; annotated with `seated` and `listed`.

    Reads the registrations of all of them: for those who check, not for a page that everybody opens.
    """
    counted = occurrences.annotate(seated=_people(CONFIRMED), listed=_people(WAITING))
    return counted.exclude(taken=F("seated"), waiting=F("listed"))


def count_anew(occurrences) -> int:
    """Set the numbers of these slots to those of their registrations; returns how many were wrong.

    Inside a transaction. Locks the slots.
    """
    list(occurrences.locked().values_list("pk"))
    return wrong(occurrences).update(taken=_people(CONFIRMED), waiting=_people(WAITING))


def _people(rows):
    """By subquery: a join would count everybody once more for each number of rows."""
    of_slot = rows.filter(occurrence=OuterRef("pk")).order_by().values("occurrence")
    return Coalesce(Subquery(of_slot.annotate(number=Count("*")).values("number")), 0)
