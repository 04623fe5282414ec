"""Ready values for the page of the sign-up."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _

from registrations.enrolment import refusals
from registrations.people import consent
from registrations.people.preferences import leads_at_first
from registrations.presenters import refusal_words
from registrations.presenters.problems import Problem, problems_in
from registrations.presenters.session_choices import SEASON, SessionChoice, SessionGroup
from registrations.presenters.shown_slots import ShownSlots, timestamp
from registrations.seats import offers
from registrations.seats.offers import Offer
from sessions import marked
from sessions.clocks import countdowns, wall_clock, zones
from sessions.clocks.reader import words_of_place

ANCHORS = {
    "takes_part": "takes-part",
    "session": "sessions",
    "calendar_entries": "calendar-entries",
    NON_FIELD_ERRORS: "send",
}


@dataclass(frozen=True)
class SignUpPage:
    """`refusal` is what enrolment said to the slots chosen, if it was asked."""

    season: object
    form: object
    reader: object
    refusal: refusals.Refused | None = None
    # Whether the form has the tick for them.
    asks_for_recordings = True
    # Whether one person chooses here for many.
    is_for_others = False

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
        is_of_season = self.zone == self.season.timezone
        return words_of_place(self.season) if is_of_season else zones.city(self.zone)

    @property
    def place_with_offset(self) -> str:
        first = self.choices[0].offer.coming[0]
        return wall_clock.on_clock(first.starts_at, first.ends_at, self.zone, self.place).label

    @cached_property
    def choices(self) -> list[SessionChoice]:
        ticked = self.form.ticked
        return [self._choice(offer, offer in ticked) for offer in self.form.offers if offer.coming]

    @cached_property
    def chosen(self) -> list[SessionChoice]:
        """What stands in front, because it is ticked or because something is to be said about it."""
        return [choice for choice in self.choices if choice.is_ticked or choice.error or choice.notice]

    @cached_property
    def others(self) -> list[SessionChoice]:
        return [choice for choice in self.choices if choice not in self.chosen]

    @cached_property
    def session_groups(self) -> list[SessionGroup]:
        """Boxes for the season, and for its streams if it has several, where they tick more than one other session."""
        streams = list({choice.session.stream.pk: choice.session.stream for choice in self.others}.values())
        of_streams = [
            SessionGroup(
                f"stream-{stream.slug}",
                marked.sentence(_("All sessions of %(stream)s"), stream=marked.words(stream, "title")),
            )
            for stream in streams
        ]
        season = [SessionGroup(SEASON, _("The whole season"))]
        return season + (of_streams if len(streams) > 1 else []) if len(self.others) > 1 else []

    def _choice(self, offer, is_ticked) -> SessionChoice:
        form, sent = self.form, self.form.slot_sent(offer)
        is_own = sent is not None and form.is_own_choice(sent)
        choice = SessionChoice(
            offer=offer,
            zone=self.zone,
            is_ticked=is_ticked and bool(offer.free or (offer.with_list and form.waits(offer))),
            sent=sent and form.slot_for(offer, self.zone),
            is_own=is_own,
            waits=form.waits(offer),
            questions=tuple(form.of_session(offer.session)),
        )
        if self._refused(offer):
            return replace(choice, error=refusal_words.of_refusal(self.refusal, offer, sent))
        return replace(choice, notice=self._notice(choice, sent)) if is_ticked and sent else choice

    def _notice(self, choice, sent) -> str:
        """Where the page does not show for a ticked session what came for it."""
        if self.form.slot_for(choice.offer, self.zone) != sent:
            return _("For this time zone, another time slot is proposed. Look whether its hour suits you.")
        if sent != choice.preset or not choice.is_ticked:
            return refusal_words.of_lost(choice.offer, sent)
        if self.form.shown.has_moved(sent):
            return _("This time slot was moved. Look whether its new hour suits you.")
        return ""

    def _refused(self, offer) -> bool:
        """Whether enrolment refused the slot for the session, which may be gone by now."""
        if self.refusal is None:
            return False
        refused = set(map(str, self.refusal.occurrence_ids))
        return not refused.isdisjoint({self.form.number_sent(offer), *(str(slot.pk) for slot in offer.slots)})

    @cached_property
    def shown(self) -> ShownSlots:
        """What comes back with the form."""
        preset = {choice.preset.pk: choice for choice in self.choices if choice.preset}
        kept = {pk for pk, choice in preset.items() if choice.has_alternatives and not choice.is_proposed}
        starts = {slot.pk: timestamp(slot) for choice in self.choices for slot in choice.offer.coming}
        return ShownSlots(self.zone, starts, proposed=frozenset(preset.keys() - kept), kept=frozenset(kept))

    @property
    def is_open(self) -> bool:
        return any(offer.free or offer.with_list for offer in self.form.offers)

    @cached_property
    def lost(self) -> list[str]:
        """What can be said only above the choices, because the session or slot is not among them any more."""
        gone = [offer for offer in self.form.offers if self._refused(offer) and not offer.coming]
        words = [self._lost_words(offer) for offer in gone]
        said = gone or any(choice.error for choice in self.choices)
        if isinstance(self.refusal, refusals.SlotGone) and not said:
            words.append(
                _("A time slot that you chose is not offered any more. You were not signed up; please look again.")
            )
        return words

    def _lost_words(self, offer) -> str:
        words = refusal_words.of_refusal(self.refusal, offer, self.form.slot_sent(offer))
        return marked.about(marked.words(offer.session, "title"), words)

    @cached_property
    def notices(self) -> list[str]:
        """What became of the time slot of a link that is not among the choices; what has to be typed again."""
        if self.form.initial.get("had_needs"):
            return [_("What would help you to take part was not kept in your browser. Please write it again.")]
        if self.form.initial.get("is_lost"):
            return [_("The time slot in your link is not offered any more.")]
        gone = [] if self.refusal else [offer for offer in self.form.ticked if not offer.coming]
        sent = [(offer, self.form.slot_sent(offer)) for offer in gone if self.form.slot_sent(offer)]
        return [
            marked.about(marked.words(offer.session, "title"), refusal_words.of_lost(offer, slot))
            for offer, slot in sent
        ]

    @cached_property
    def problems(self) -> list[Problem]:
        refused = [choice.problem for choice in self.choices if choice.error]
        lost = [Problem("sessions", words) for words in self.lost]
        return [*refused, *lost, *problems_in(self.form, ANCHORS | self.form.anchors_of_questions)]

    @property
    def sessions_error(self) -> str:
        return self.lost[0] if self.lost else next(iter(self.form.errors.get("session", [])), "")

    @property
    def is_sent(self) -> bool:
        """Whether a script must not load the page anew to show other times."""
        return self.form.is_bound or "submission" in self.form.initial

    @property
    def gets_recordings(self) -> bool:
        return bool(self.form["wants_announcements"].value())

    @property
    def reminder_times(self) -> str:
        return countdowns.list_of_leads(leads_at_first(self.season))

    @property
    def consent(self) -> list[str]:
        return consent.shown(self.season)

    @property
    def binding_consent(self) -> list[str]:
        return consent.binding(self.season)

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
