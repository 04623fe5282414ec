"""Ready values for the page of the sign-up."""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.enrolment import refusals
from registrations.people import consent
from registrations.presenters.preferences import reminder_times
from registrations.presenters.problems import Problem, problems_in
from registrations.presenters.slot_choices import SlotChoice, put_me_on_the_list
from registrations.seats import offers
from registrations.seats.offers import Offer
from sessions.clocks import dates, wall_clock, zones
from sessions.models import Occurrence
from sessions.presenters.slots import SlotTime

ANCHORS = {
    "takes_part": "takes-part",
    "session": "sessions",
    "calendar_entries": "calendar-entries",
    NON_FIELD_ERRORS: "send",
}


@dataclass(frozen=True)
class SessionChoice:
    """One checkbox with its time slots; `error` says why the session could not be had.

    `waits` says that the person agreed to wait for the slot `sent`.
    """

    offer: Offer
    zone: str
    is_ticked: bool
    sent: Occurrence | None = None
    waits: bool = False
    error: str = ""

    @property
    def session(self):
        return self.offer.session

    @property
    def id(self) -> str:
        return f"session-{self.session.pk}"

    @property
    def slots_name(self) -> str:
        return f"slot-{self.session.pk}"

    @property
    def problem(self) -> Problem:
        return Problem(self.id, f"{self.session.title}: {self.error}")

    @cached_property
    def slots(self) -> list[SlotChoice]:
        return [self._slot(slot) for slot in self.offer.coming]

    def _slot(self, slot) -> SlotChoice:
        return SlotChoice(
            time=SlotTime(slot, self.zone),
            is_chosen=slot == self.proposal,
            is_full=slot not in self.offer.free,
            is_list=slot in self.offer.with_list,
            has_free_other=bool(self.offer.free),
        )

    @cached_property
    def proposal(self) -> Occurrence | None:
        """What the person chose, as long as it can be had; else the slot nearest to their office hours."""
        to_be_had = self.offer.free + (self.offer.with_list if self.waits else [])
        return self.sent if self.sent in to_be_had else self.offer.nearest(self.zone)

    @property
    def is_closed(self) -> bool:
        return not self.offer.free and not self.offer.with_list

    @property
    def list_words(self) -> str:
        """What ticking the session means where no place is free; empty where one is."""
        if self.offer.free or self.is_closed:
            return ""
        if self.has_alternatives:
            return _("Put me on the waiting list of the time slot chosen here")
        return put_me_on_the_list()

    @property
    def is_on_list(self) -> bool:
        """Whether the form, sent as it stands, leads to a waiting list."""
        return self.is_ticked and self.proposal in self.offer.with_list

    @property
    def has_alternatives(self) -> bool:
        return len(self.offer.coming) > 1


@dataclass(frozen=True)
class SignUpPage:
    """`refusal` is what enrolment said to the slots chosen, if it was asked."""

    season: object
    form: object
    reader: object
    refusal: refusals.Refused | None = None

    @cached_property
    def zone(self) -> str:
        return self._zone_in_form or self.reader.zone

    @property
    def knows_zone(self) -> bool:
        return bool(self._zone_in_form)

    @property
    def _zone_in_form(self) -> str | None:
        return zones.current_name(self.form["timezone"].value() or "")

    @property
    def place(self) -> str:
        return self.season.place if self.zone == self.season.timezone else zones.city(self.zone)

    @property
    def place_with_offset(self) -> str:
        first = self.choices[0].offer.coming[0]
        return wall_clock.on_clock(first.starts_at, first.ends_at, self.zone, self.place).label

    @cached_property
    def choices(self) -> list[SessionChoice]:
        ticked = self.form.ticked()
        return [self._choice(offer, offer in ticked) for offer in self.form.offers if offer.coming]

    def _choice(self, offer, is_ticked) -> SessionChoice:
        refused = self._refused(offer)
        return SessionChoice(
            offer=offer,
            zone=self.zone,
            is_ticked=is_ticked and bool(offer.free or (offer.with_list and self.form.waits(offer))),
            sent=self.form.slot_sent(offer),
            waits=self.form.waits(offer),
            error=_refusal_words(self.refusal, offer) if refused else "",
        )

    def _refused(self, offer) -> bool:
        return self.refusal is not None and any(slot.pk in self.refusal.occurrence_ids for slot in offer.slots)

    @property
    def is_open(self) -> bool:
        return any(offer.free or offer.with_list for offer in self.form.offers)

    @cached_property
    def lost(self) -> list[str]:
        """What can be said only above the choices, because the session or slot is not among them any more."""
        if isinstance(self.refusal, refusals.SlotGone):
            return [_("A time slot that you chose is not offered any more. You were not signed up; please look again.")]
        gone = [offer for offer in self.form.offers if self._refused(offer) and not offer.coming]
        return [f"{offer.session.title}: {_refusal_words(self.refusal, offer)}" for offer in gone]

    @cached_property
    def problems(self) -> list[Problem]:
        refused = [choice.problem for choice in self.choices if choice.error]
        lost = [Problem("sessions", words) for words in self.lost]
        return [*refused, *lost, *problems_in(self.form, ANCHORS)]

    @property
    def sum(self) -> str:
        """3 sessions, first on Thursday 17 September, 16:00 your time."""
        ticked = [choice.proposal for choice in self.choices if choice.is_ticked]
        if not ticked:
            return _("Tick the sessions you want above.")
        first = min(ticked, key=lambda slot: slot.starts_at)
        clock = wall_clock.on_clock(first.starts_at, first.ends_at, self.zone)
        words = ngettext(
            "%(count)d session, on %(day)s, %(hour)s %(whose)s",
            "%(count)d sessions, first on %(day)s, %(hour)s %(whose)s",
            len(ticked),
        )
        whose = _("your time") if self.knows_zone else _("%(place)s time") % {"place": self.place}
        day = dates.full_day_without_year(clock.starts_at)
        sum_of_seats = words % {"count": len(ticked), "day": day, "hour": clock.start_hour, "whose": whose}
        return sum_of_seats + self._sum_of_lists(len(ticked))

    def _sum_of_lists(self, ticked) -> str:
        waiting = sum(choice.is_on_list for choice in self.choices)
        if waiting == ticked:
            return _(" (only on the waiting list)")
        words = ngettext(" (%(number)d of them on the waiting list)", " (%(number)d of them on waiting lists)", waiting)
        return words % {"number": waiting} if waiting else ""

    @property
    def sessions_error(self) -> str:
        return self.lost[0] if self.lost else next(iter(self.form.errors.get("session", [])), "")

    @property
    def is_sent(self) -> bool:
        """Whether a script must not load the page anew to show other times."""
        return self.form.is_bound or "submission" in self.form.initial

    @property
    def reminder_times(self) -> str:
        return reminder_times(self.season)

    @property
    def consent(self) -> list[str]:
        return consent.paragraphs(self.season)

    @property
    def agreement(self) -> str:
        return consent.agreement()


@dataclass(frozen=True)
class ClosedPage:
    """Why nobody can sign up for a season at the moment, and when that changes."""

    season: object
    offers: list[Offer]
    reader: object
    now: object

    @property
    def opens(self) -> wall_clock.Clock | None:
        """The next opening on the reader's clock."""
        moment = offers.next_opening(self.offers, self.now)
        return wall_clock.on_clock(moment, moment, self.reader.zone) if moment else None

    @property
    def is_full(self) -> bool:
        return any(offer.coming for offer in self.offers)


def _refusal_words(refusal, offer) -> str:
    is_full = isinstance(refusal, refusals.NoSeatLeft)
    if offer.free:
        what = _("This time slot filled up while you wrote.") if is_full else _("This time slot is closed now.")
        return f"{what} {_('Another one is chosen: look whether its hour suits you, and send the form again.')}"
    if is_full and offer.with_list:
        return _(
            "The last place was taken while you wrote. Tick the session again if you want to be on its waiting list, "
            "then send the form again."
        )
    what = (
        _("The last place was taken while you wrote.") if is_full else _("Registration for this session is closed now.")
    )
    return f"{what} {_('Send the form again to register for the others.')}"
