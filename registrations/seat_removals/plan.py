"""What it does to take the places of some registrations away: who loses one, and who moves up."""

from dataclasses import dataclass
from hashlib import sha256

from registrations.enrolment import waiting_list
from registrations.models import Registration

RELATED = ["participant", "occurrence__session__season", "session__season"]


@dataclass(frozen=True)
class Plan:
    """In the order of their slots; `moving_up` are those who wait for the places that come free."""

    losing: list[Registration]
    moving_up: list[Registration]

    @property
    def fingerprint(self) -> str:
        """Another one as soon as somebody of these, or their state, is another one."""
        people = [(each.pk, each.occurrence_id, each.status, each.sequence) for each in self.losing]
        told = repr((people, [each.pk for each in self.moving_up]))
        return sha256(told.encode()).hexdigest()[:32]

    def mails_by(self, removal) -> int:
        """How many leave by this SeatRemoval, to those who lose a place and to those who get one."""
        return sum(removal.mails(each) for each in self.losing) + len(self.moving_up)


def of(registration_ids, *, now) -> Plan:
    """For those of these registrations that have a place in a slot that is not over."""
    return of_rows(removable(registration_ids, now).select_related(*RELATED), now=now)


def removable(registration_ids, now):
    chosen = Registration.objects.active().filter(pk__in=registration_ids, occurrence__ends_at__gt=now)
    return chosen.order_by("occurrence__starts_at", "occurrence_id", "registered_at", "pk")


def of_rows(registrations, *, now) -> Plan:
    losing = list(registrations)
    moving_up = [
        each for slot, leaving in waiting_list.by_slot(losing).items() for each in _moving_up(slot, leaving, now)
    ]
    return Plan(losing, moving_up)


def _moving_up(slot, leaving, now) -> list[Registration]:
    """Those who get a place of the slot; as many as `waiting_list.promote` gives when these have left."""
    free = waiting_list.seats_when_left(slot, sum(each.is_confirmed for each in leaving), now=now)
    waiting = Registration.objects.waiting().filter(occurrence=slot).exclude(pk__in=[each.pk for each in leaving])
    return list(waiting.select_related(*RELATED)[:free])
