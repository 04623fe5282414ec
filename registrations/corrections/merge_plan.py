"""What becomes of the registrations of two people who are one: which stay, which come, and which are one too many."""

from dataclasses import dataclass, fields
from hashlib import sha256

from registrations.enrolment.applicant import Details
from registrations.models import Participant, Registration

# Two people with different names are no such pair; address and name have pages of their own.
DETAILS = [field.name for field in fields(Details) if field.name != "name"]
RELATED = ["participant", "occurrence__session__season", "session__season"]


@dataclass(frozen=True)
class Pair:
    """A registration to come of the person who goes, and that of the other for the same session, if any.

    A place in a slot that is over is none: nobody comes to it any more. It is `ended`, and gives way.
    """

    lost: Registration
    kept: Registration | None
    ended: Registration | None = None

    @property
    def comes(self) -> bool:
        """The person who stays has nothing in this session, and gets the place."""
        return self.kept is None

    @property
    def is_better(self) -> bool:
        """A seat where the other only waits, or has one in a slot that is called off; an earlier place on one list."""
        if self.kept is None:
            return False
        if self.lost.is_confirmed and not self.lost.occurrence.is_called_off:
            return not self.kept.is_confirmed or self.kept.occurrence.is_called_off
        is_on_same_list = self.kept.is_waiting and self.lost.occurrence_id == self.kept.occurrence_id
        return self.lost.is_waiting and is_on_same_list and self.lost.waiting_since < self.kept.waiting_since


@dataclass(frozen=True)
class Plan:
    kept: Participant
    lost: Participant
    pairs: list[Pair]
    # All that both have, and had.
    registrations: list[Registration]

    @property
    def differing(self) -> list[str]:
        """Names of the details that staff choose among."""
        return [name for name in DETAILS if getattr(self.kept, name) != getattr(self.lost, name)]

    @property
    def gains(self) -> bool:
        """Whether the person who stays gets a place that they did not have."""
        return any(pair.comes or pair.is_better for pair in self.pairs)

    @property
    def has_any(self) -> bool:
        """Whether one of them is registered for anything, also for what is over."""
        return any(not each.is_cancelled for each in self.registrations)

    @property
    def fingerprint(self) -> str:
        """Another one as soon as one of the two, or what they have, is another one."""
        people = [(each.pk, each.name, each.email, each.confirmed_at is None) for each in (self.kept, self.lost)]
        said = [getattr(each, name) for each in (self.kept, self.lost) for name in DETAILS]
        have = [(each.pk, each.occurrence_id, each.status, each.sequence) for each in self.registrations]
        return sha256(repr((people, said, have)).encode()).hexdigest()[:32]


def of(kept, lost, *, now) -> Plan:
    both = Registration.objects.filter(participant__in=[kept, lost]).select_related(*RELATED).order_by("pk")
    return of_rows(kept, lost, list(both), now=now)


def of_rows(kept, lost, registrations, *, now) -> Plan:
    active = [each for each in registrations if not each.is_cancelled]
    own = {each.session_id: each for each in active if each.participant_id == kept.pk}
    coming = [each for each in active if each.participant_id == lost.pk and not each.occurrence.is_over(now)]
    in_order = sorted(coming, key=lambda each: (each.occurrence.starts_at, each.pk))
    return Plan(kept, lost, [_pair(each, own.get(each.session_id), now) for each in in_order], registrations)


def _pair(lost, kept, now) -> Pair:
    is_over = kept is not None and kept.occurrence.is_over(now)
    return Pair(lost, None, ended=kept) if is_over else Pair(lost, kept)
