"""A focal point signs up a whole delegation."""

from dataclasses import dataclass, replace

from django.db import transaction

from registrations import availability, enrolment, outbox
from registrations.enrolment import Consent, Details
from registrations.mailboxes import fold_address, fold_name
from registrations.models import Participant, Registration
from registrations.notices import confirmation, delegations
from registrations.wishes import USUAL, Wishes

MAIL, NONE = Participant.CalendarEntries.MAIL, Participant.CalendarEntries.NONE
# One mailbox for up to twenty people gets what changes, and not twenty times what stays.
WISHES_OF_WHO_STAYS = Wishes(calendar_entries=NONE, wants_reminders=False)


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


@transaction.atomic
def sign_up(*, season, point, named, consent, occurrence_ids, submission, now) -> list[Registration]:
    """Give everybody a seat in each of these slots, all or none, and return the new registrations.

    Locks the slots. Seats are counted for all of them before anybody is looked up, so that the answer is the same for
    known and unknown people; known people keep their details, and stay confirmed if they are. Sending the same form
    again returns what the first one made. Raises RegistrationClosed or NoSeatLeft.
    """
    slots = enrolment.locked_slots(occurrence_ids)
    earlier = Registration.objects.filter(submission=submission)
    if submission and earlier:
        return list(earlier)
    _require_seats(slots, people=len(named) + point.takes_part, now=now)
    _lock_known(season, [point.email, *(who.email for who in named if who.email)])
    party = _Party(season, slots, consent, submission, now)
    focal, own = party.take_in_point(point)
    seated = {who: party.take_in(who, point, focal) for who in sorted(named, key=_order)}
    staying = [seated[who] for who in named if stays(who, point)]
    owning = [seated[who] for who in named if not stays(who, point)]
    outbox.post(_mails(focal, own, owning, now))
    outbox.post([delegations.delegation(focal, slots, _people(staying), _people(owning), has_mail=bool(own), now=now)])
    return [registration for _person, new in [(focal, own), *staying, *owning] for registration in new]


def stays(who, point) -> bool:
    """Whether mails about this person go to the focal point."""
    return not who.email or fold_address(who.email) == fold_address(point.email)


@dataclass(frozen=True)
class _Party:
    """What all of a delegation have in common."""

    season: object
    slots: list
    consent: Consent
    submission: str
    now: object

    def take_in_point(self, point):
        slots = self.slots if point.takes_part else []
        return self._seat(slots, email=point.email, details=point.details, wishes=USUAL)

    def take_in(self, who, point, focal):
        """Organisation, country and group are those of the focal point; a person can correct them."""
        details = replace(point.details, name=who.name, access_needs="")
        if stays(who, point):
            return self._seat(
                self.slots, email=point.email, details=details, wishes=WISHES_OF_WHO_STAYS, named_by=focal
            )
        return self._seat(self.slots, email=who.email, details=details, wishes=USUAL, named_by=focal, confirmed_at=None)

    def _seat(self, slots, **who):
        common = {"season": self.season, "consent": self.consent, "now": self.now, "submission": self.submission}
        return enrolment.seat(slots=slots, **common, **who)


def _require_seats(slots, *, people, now):
    enrolment.require_open(slots, now)
    short = [slot for slot in slots if (left := availability.seats_for_newcomers(slot)) is not None and left < people]
    if short:
        raise enrolment.NoSeatLeft(short)


def _order(who) -> tuple[str, str]:
    """The same in every delegation, so that no two wait for each other's people."""
    return fold_address(who.email) if who.email else "", fold_name(who.name)


def _lock_known(season, emails):
    mailboxes = {fold_address(email) for email in emails}
    people = Participant.objects.select_for_update().filter(season=season, mailbox__in=mailboxes)
    list(people.order_by("pk").values_list("pk"))


def _mails(focal, own, owning, now):
    """Those of an ordinary sign-up for the focal point, and one or more to everybody with an address of their own."""
    if own:
        yield from confirmation(focal, own, now=now)
    for person, new in owning:
        if person.confirmed_at and new:
            yield from confirmation(person, new, now=now)
        else:
            yield delegations.named(person, by=focal, now=now)


def _people(seated) -> list[Participant]:
    return [person for person, _new in seated]
