"""How full a meeting will be: people registered against the places of its licence, and how many usually come."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q

from registrations.models import AttendanceReport, Registration
from registrations.models.registrations import came
from sessions.models import Occurrence


@dataclass(frozen=True)
class Occupancy:
    """One time slot; `show_up_rate` of the sessions held so far in its season is None as long as it is not known."""

    confirmed: int
    waiting: int
    capacity: int | None
    show_up_rate: float | None

    @property
    def expected(self) -> int | None:
        """How many people will come if it goes as before."""
        return None if self.show_up_rate is None else round(self.confirmed * self.show_up_rate)

    @property
    def percent(self) -> int | None:
        """Of the places that are taken, rounded down; None without a limit."""
        if self.capacity is None:
            return None
        return self.confirmed * 100 // self.capacity if self.capacity else 100

    @property
    def is_near(self) -> bool:
        """Whether those registered, or those expected if more usually come, use LICENCE_WARNING_PERCENT of it."""
        if self.capacity is None:
            return False
        people = max(self.confirmed, self.expected or 0)
        return people * 100 >= self.capacity * settings.LICENCE_WARNING_PERCENT


def of_slots(slots, *, now) -> dict[int, Occupancy]:
    """By id of the slot; for slots with their sessions loaded, in one query."""
    if not slots:
        return {}
    # Nobody is warned about a season that is over.
    rates = show_up_rates({slot.session.season_id for slot in slots if not slot.is_over(now)}, now=now)
    return {
        slot.pk: Occupancy(slot.taken, slot.waiting, slot.capacity, rates.get(slot.session.season_id)) for slot in slots
    }


def show_up_rates(season_ids, *, now) -> dict[int, float]:
    """Of those registered for the slots that are over, the part that came, by season; unknown ones are left out."""
    registered, came = defaultdict(int), defaultdict(int)
    for season, confirmed, there, is_reported, counted in _held(season_ids, now):
        # Where nobody used their join link, people came in another way, and only the staff's own number tells how many.
        people = there if is_reported else there or counted
        if confirmed and people is not None:
            registered[season] += confirmed
            came[season] += people
    return {season: came[season] / registered[season] for season in registered}


def _held(season_ids, now):
    said_yes = Q(registrations__participant__confirmed_at__isnull=False)
    confirmed = Q(registrations__status=Registration.Status.CONFIRMED) & said_yes
    reported = AttendanceReport.objects.in_force().filter(occurrence=OuterRef("pk"))
    slots = Occurrence.objects.filter(session__season__in=season_ids, ends_at__lte=now, called_off_at=None)
    there = confirmed & came("registrations__")
    counts = {"confirmed": Count("registrations", filter=confirmed), "there": Count("registrations", filter=there)}
    found = slots.annotate(**counts, is_reported=Exists(reported))
    return found.values_list("session__season", "confirmed", "there", "is_reported", "attendance")
