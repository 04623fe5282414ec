"""The people of one delegation, and how they are all taken in together."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from registrations.enrolment import enrolment
from registrations.enrolment.applicant import Applicant, Details
from registrations.limits import sign_ups
from registrations.mail import outbox
from registrations.mail.notices import confirmation, delegations
from registrations.mail.notices.seats import active_of
from registrations.models import Delegation, Participant
from registrations.people.consent import Consent
from registrations.people.identity import fold_address, fold_name
from registrations.people.preferences import WANTS_NO_MAILS, Preferences

# What people who are named have from their focal point, until they correct it.
COPIED = ("organisation", "country", "stakeholder", "language", "timezone")
# One mailbox for up to twenty people gets what changes, and not twenty times what stays.
PREFERENCES_OF_WHO_STAYS = Preferences(calendar_entries=Participant.CalendarEntries.NONE, **WANTS_NO_MAILS)


@dataclass(frozen=True)
class Named:
    """Somebody whom the focal point names; without an address they stay with the focal point."""

    name: str
    email: str = ""


@dataclass(frozen=True)
class FocalPoint:
    """Who signs others up, and whether they take part as well."""

    email: str
    details: Details
    takes_part: bool

    @property
    def name(self) -> str:
        return self.details.name


@dataclass(frozen=True)
class Applicants:
    """All for whom the focal point asks, and what they agreed to for them."""

    point: FocalPoint
    named: list[Named]
    consent: Consent


@dataclass(frozen=True)
class DelegationMembers:
    """Everybody in a stored delegation, as the focal point has typed them."""

    asked: Delegation

    @cached_property
    def point(self) -> FocalPoint:
        return FocalPoint(self.asked.email, Details.of(self.asked.details), self.asked.takes_part)

    @cached_property
    def named(self) -> list[Named]:
        return [Named(name, email) for name, email, *_of_newer in self.asked.named]

    @property
    def size(self) -> int:
        """How many seats they need in each slot."""
        return len(self.named) + self.point.takes_part

    @property
    def staying(self) -> list[Named]:
        """Those about whom mails go to the focal point."""
        return [who for who in self.named if self._mailbox(who) == self.asked.mailbox]

    @property
    def owning(self) -> list[Named]:
        """Those with an address of their own."""
        return [who for who in self.named if self._mailbox(who) != self.asked.mailbox]

    def mailboxes_written_to(self, number_of_sessions) -> Counter:
        """How many mails leave for each mailbox, as limits count them.

        Without the focal point's own, who has shown that it is theirs.
        """
        each = sign_ups.times(number_of_sessions)
        people = Counter(self._mailbox(who) for who in self.owning)
        return Counter({mailbox: number * each for mailbox, number in people.items()})

    def take_in(self, slots, *, now) -> Participant:
        """Seats for everybody in locked slots that have enough, and their mails; returns the focal point.

        People are stored and locked in the same order by all, so that no two delegations wait for each other.
        """
        in_order = sorted([self.point, *self.named], key=lambda who: (self._mailbox(who), fold_name(who.name)))
        seated = {who: self._seat(who, slots, now) for who in in_order}
        focal = seated[self.point].participant
        new = [seated[who].participant.pk for who in self.named if seated[who].is_new]
        Participant.objects.filter(pk__in=new).update(named_by=focal)
        outbox.post([*self._mails(seated, now), self._summary(seated, slots, now)])
        for each in seated.values():
            enrolment.tell_of_bars(each.participant, each.barred, now=now)
        return focal

    def _mailbox(self, who) -> str:
        return fold_address(who.email) if who.email else self.asked.mailbox

    def _seat(self, who, slots, now) -> enrolment.Seated:
        """The focal point has pressed a button in a mail, and need not say yes where somebody had named them."""
        is_point = who is self.point
        mine = slots if not is_point or who.takes_part else []
        applicant = self._applicant(who)
        return enrolment.seat(slots=mine, season=self.asked.season, applicant=applicant, now=now, is_proven=is_point)

    def _applicant(self, who) -> Applicant:
        consent = Consent(self.asked.consent_version, self.asked.consent_text)
        if who is self.point:
            return Applicant(who.email, who.details, consent)
        common = {field: getattr(self.point.details, field) for field in COPIED}
        details = Details(name=who.name, access_needs="", **common)
        if who in self.staying:
            return Applicant(self.point.email, details, consent, PREFERENCES_OF_WHO_STAYS)
        return Applicant(who.email, details, consent, is_named=True)

    def _mails(self, seated, now):
        """Those of an ordinary sign-up for the focal point, and one or more to everybody with an own address."""
        focal = seated[self.point]
        if focal.new:
            yield from confirmation(focal.participant, focal.new, now=now)
        for who in self.owning:
            person, new = seated[who].participant, seated[who].new
            if person.confirmed_at and new:
                yield from confirmation(person, new, now=now)
            elif not seated[who].barred or active_of(person):
                yield delegations.named(person, active_of(person), by=self.point.name, now=now)
        for who in self.staying:
            # Somebody known before, who had asked for entries.
            if any(registration.entry_was_mailed for registration in seated[who].new):
                yield from confirmation(seated[who].participant, seated[who].new, now=now)

    def _summary(self, seated, slots, now):
        focal = seated[self.point]
        staying = [(who.name, seated[who].participant) for who in self.staying]
        owning = [who.name for who in self.owning]
        typed = delegations.typed(slots, staying, owning, has_mail=bool(focal.new))
        people = [delegations.with_link(name, person, now=now) for name, person in staying]
        return delegations.delegation(focal.participant, slots, people, typed, now=now)
