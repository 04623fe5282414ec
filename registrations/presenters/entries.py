"""Ready values of one registration on the pages of its person, and what they may do with it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import links
from registrations.feedback import window
from registrations.feedback.window import Given
from registrations.models import Participant, Registration
from registrations.presenters import own_circulars
from registrations.presenters.own_circulars import OwnCircular
from registrations.privacy import related
from registrations.seats import nights, offers
from registrations.speaker_questions import opening
from registrations.speaker_questions.opening import Opening
from sessions.calendar import feeds
from sessions.calendar import links as calendar_links
from sessions.clocks import countdowns, dates
from sessions.materials import material_groups
from sessions.models import Occurrence, Session
from sessions.presenters.slots import SlotTime

TAKE_OTHER = gettext_lazy("Take the other time slot: it has free places")
WAIT_FOR_OTHER = gettext_lazy("Wait for another time slot")
CHANGE = gettext_lazy("Change the time slot")
COME_BACK = gettext_lazy("Come back")
CANCEL = gettext_lazy("Cancel")
LEAVE_LIST = gettext_lazy("Leave the waiting list")
ASK = gettext_lazy("Ask the speakers")
ASKED = gettext_lazy("Your questions to the speakers")


def anchor(session) -> str:
    """The name of its entry on my season."""
    return f"session-{session.pk}"


@dataclass(frozen=True)
class Action:
    """A link to a page that asks before anything changes."""

    words: str
    url: str


@dataclass(frozen=True)
class Entry:
    """One registration; loaded with its slot, and its session with its materials and all slots (`offers.slots`)."""

    registration: Registration
    participant: Participant
    now: datetime
    # All of the person; of the session see `circulars`.
    all_circulars: tuple[OwnCircular, ...] = ()
    # The sessions about which the person has answered; None where it is not asked.
    given: Given | None = None
    # For lists in which sessions to add stand, too.
    is_addition = False

    @cached_property
    def session(self) -> Session:
        return self.registration.session

    @cached_property
    def slot(self) -> Occurrence:
        return self.registration.occurrence

    @cached_property
    def time(self) -> SlotTime:
        return SlotTime(self.slot, self.participant.timezone, self.now)

    @property
    def anchor(self) -> str:
        return anchor(self.session)

    @property
    def starts_at(self) -> datetime:
        return self.slot.starts_at

    @property
    def is_over(self) -> bool:
        return self.slot.is_over(self.now)

    @property
    def is_called_off(self) -> bool:
        return self.slot.is_called_off

    @property
    def is_cancelled(self) -> bool:
        return self.registration.is_cancelled

    @property
    def is_waiting(self) -> bool:
        return self.registration.is_waiting

    @property
    def has_begun(self) -> bool:
        """Whether nothing of it is left to begin: of a slot in parts, the last one has begun."""
        return self.slot.last_starts_at <= self.now

    @property
    def can_move_up(self) -> bool:
        """Whether the person waits, and may still get a seat."""
        return self.is_waiting and not self.is_called_off and not self.has_begun

    @property
    def has_entry(self) -> bool:
        """Whether our mails have put it in a calendar, so that the next one changes it there."""
        return self.registration.entry_was_mailed

    @property
    def gets_entry(self) -> bool:
        """Whether the mail of a new registration would put it in a calendar."""
        return self.participant.calendar_entries == Participant.CalendarEntries.MAIL

    @cached_property
    def takes_place(self) -> bool:
        """Whether there is still something to come to."""
        return self.registration.is_confirmed and not (self.is_over or self.is_called_off)

    @property
    def is_at_night(self) -> bool:
        """Whether the person has a seat at night, in the zone that they gave, or waits for one."""
        return (self.takes_place or self.can_move_up) and self.time.clocks.is_at_night

    @property
    def daytime(self) -> SlotTime | None:
        """Another slot that the person can have, where theirs is at night and that one is not."""
        return self._time_of(self._way_out) if self._way_out and not self._way_out.is_full else None

    @property
    def full_daytime(self) -> SlotTime | None:
        """As `daytime`, where that slot is full and has a waiting list."""
        return self._time_of(self._way_out) if self._way_out and self._way_out.is_full else None

    @cached_property
    def _way_out(self) -> nights.WayOut | None:
        return nights.way_out(self.registration, self.session.slots, self.now) if self.is_at_night else None

    def _time_of(self, way) -> SlotTime:
        return SlotTime(way.slot, self.participant.timezone)

    @property
    def feedback_url(self) -> str:
        """Where the person says what they think of the session; empty where they are not asked, or have done so."""
        is_asked = self.given is not None and window.is_open(self.registration, self.now)
        return self._url("feedback") if is_asked and self.session not in self.given else ""

    @property
    def change_url(self) -> str:
        return self._url("change_slot")

    @property
    def reason(self) -> str:
        """Why staff have changed its time slot, as long as that matters to the person."""
        return "" if self.is_cancelled or self.is_over else self.slot.reason

    @property
    def circulars(self) -> list[OwnCircular]:
        return own_circulars.about(self.session, self.all_circulars)

    @property
    def can_be_left(self) -> bool:
        """A slot that was called off: who leaves it hears nothing when it takes place after all."""
        return self.is_called_off and not self.is_over and not self.is_cancelled

    @property
    def state(self) -> str:
        if self.is_cancelled and self.registration.removal_id:
            return self._taken_away
        if self.is_cancelled and self.session.is_by_invitation:
            return self._gone_by_invitation
        if self.is_cancelled:
            return self._gone
        if self.is_waiting:
            return self._in_line
        if self.is_called_off:
            return _("We called this time slot off.")
        return _("This session is over.") if self.is_over else _("You are registered.")

    @property
    def _gone_by_invitation(self) -> str:
        if related.invitations_of(self.participant).valid().filter(session=self.session).exists():
            return _("This registration was cancelled. To take part again, open your invitation and accept it.")
        return _("This registration was cancelled. The session is by invitation now.")

    @property
    def _taken_away(self) -> str:
        if not self.registration.is_barred:
            return _("The Secretariat cancelled this registration. You may register again.")
        text = _(
            "The Secretariat cancelled this registration. If you think that this is a mistake, write to %(address)s."
        )
        return text % {"address": settings.REPLY_TO_EMAIL}

    @property
    def _gone(self) -> str:
        if self.registration.waiting_since:
            return _("You left the waiting list.")
        return _("You cancelled this registration.")

    @property
    def _in_line(self) -> str:
        if self.is_called_off:
            return _("We called this time slot off. You were on its waiting list.")
        if self.is_over:
            return _("The session took place without a free place for you. We are sorry.")
        if self.has_begun:
            return _("The session has begun without a free place for you. We are sorry.")
        return _("You are on the waiting list: number %(position)s.") % {
            "position": dates.number(self.registration.position)
        }

    @property
    def countdown(self) -> str:
        time = SlotTime(self.slot.current(self.now), self.participant.timezone)
        return countdowns.until(time.reader, self.now)

    @property
    def can_join(self) -> bool:
        return self.registration.can_join(self.now)

    @property
    def join_url(self) -> str:
        return links.path("join", self.registration.join_key)

    @cached_property
    def page_url(self) -> str:
        """Of the session, for this person; empty when they have no right to see it any more."""
        if self.session.is_public:
            return self.session.get_absolute_url()
        return "" if self.is_cancelled else self._url("own_session")

    @cached_property
    def published(self) -> str:
        """What of the session can be opened on its page, by kind; empty where there is nothing, or no page."""
        groups = material_groups.to_open(self.session) if self.page_url else []
        kinds = dates.listed([group.words for group in groups])
        return _("Published: %(kinds)s") % {"kinds": kinds} if groups else ""

    @cached_property
    def calendar_url(self) -> str:
        """Empty where a copy of the entry would be of no use."""
        return self._url("session_calendar") if self.takes_place else ""

    @property
    def by_hand_url(self) -> str:
        """Of the page with `calendar_links`, for entries that have a `calendar_url`."""
        return self._url("add_by_hand")

    @property
    def calendar_links(self) -> list[calendar_links.CalendarLink]:
        join = links.join(self.registration)
        return calendar_links.links_of_slot(
            self.slot,
            title=feeds.title_in_calendar(self.session),
            text=_("Join: %(url)s") % {"url": join},
            place=join,
        )

    @cached_property
    def actions(self) -> list[Action]:
        free = offers.slots_to_change_to(self.registration, self.now)
        back = offers.slots_to_come_back_to(self.registration, self.now)
        full = offers.slots_to_wait_for(self.registration, self.now)
        asked = self.registration.has_asked
        offered = (
            (TAKE_OTHER, "change_slot", self.is_waiting and free),
            (WAIT_FOR_OTHER, "change_slot", self.is_waiting and full and not free),
            (CHANGE, "change_slot", free and not self.is_waiting),
            (COME_BACK, "come_back", back or (full and self.is_cancelled)),
            (CANCEL, "cancel", self.takes_place or (self.can_be_left and not self.is_waiting)),
            (LEAVE_LIST, "cancel", self.can_move_up or (self.can_be_left and self.is_waiting)),
            (ASKED if asked else ASK, "ask_speakers", asked or self._can_ask),
        )
        return [Action(str(words), self._url(page)) for words, page, is_offered in offered if is_offered]

    @property
    def _can_ask(self) -> bool:
        if self.is_cancelled or self.is_over or (self.is_waiting and not self.can_move_up):
            return False
        return opening.of(self.session, self.session.slots, self.now) == Opening.OPEN

    def _url(self, page) -> str:
        return links.path(page, self.participant.key, self.session.slug)
