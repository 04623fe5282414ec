"""Ready values for the personal page: what somebody is registered for, and what they may do with it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import get_language

from registrations import links
from registrations.calendar import my_feed
from registrations.feedback.window import Given
from registrations.models import Answer, Participant
from registrations.next_season import subscription
from registrations.presenters import own_circulars
from registrations.presenters.additions import Addition, additions
from registrations.presenters.entries import Entry
from registrations.presenters.own_circulars import OwnCircular
from registrations.presenters.preferences import PreferencesPage
from registrations.presenters.shown_slots import ShownSlots
from sessions.calendar import links as calendar_links
from sessions.clocks import zones
from sessions.models import Question, Season
from sessions.public import snapshot
from sessions.reference import countries
from sessions.seasons import season_days

# Made once: to name all this to Django takes as long as to ask the database.
NAMED = Participant.objects.only("name", "key").order_by("name_key")


@dataclass(frozen=True)
class MySeason:
    """The entries of one person, one a session, and the sessions that they may add."""

    participant: Participant
    entries: list[Entry]
    additions: list[Addition]
    now: datetime
    # All that the season asks.
    questions: tuple[Question, ...] = ()
    circulars: tuple[OwnCircular, ...] = ()

    @cached_property
    def asked(self) -> list[Question]:
        """Of who takes part, as long as a session of theirs is to come; those of a session while that one is."""
        if self.is_unconfirmed:
            return []
        coming = {entry.session.pk for entry in self._active if not entry.is_over}
        return [asked for asked in self.questions if (asked.session_id in coming if asked.session_id else coming)]

    @cached_property
    def unanswered(self) -> list[Question]:
        """What has to be answered and is not; who left the others empty is not asked again and again."""
        required = [asked for asked in self.asked if asked.is_required]
        if not required:
            return []
        answered = set(Answer.objects.filter(participant=self.participant).values_list("question", flat=True))
        return [asked for asked in required if asked.pk not in answered]

    @property
    def circulars_to_all(self) -> list[OwnCircular]:
        """To everybody of the season; those about a session stand there."""
        return own_circulars.to_all(self.circulars)

    @property
    def is_unconfirmed(self) -> bool:
        """Whether somebody else has signed the person up, and they have not said yes."""
        return self.participant.confirmed_at is None

    @property
    def shown(self) -> ShownSlots:
        """What comes back with the button that adds one of them."""
        slots = [slot.time.occurrence for addition in self.additions for slot in addition.slots]
        return ShownSlots.of(slots, self.participant.timezone)

    @cached_property
    def delegation(self) -> list[Participant]:
        """Whom the person signed up and who share their mailbox. Others are left out: a name that were missing there
        would tell that its owner was registered before."""
        return list(NAMED.filter(named_by=self.participant, mailbox=self.participant.mailbox))

    @property
    def sign_up_url(self) -> str:
        return links.sign_up_path(self.participant.season)

    @property
    def subscription(self) -> calendar_links.Subscription:
        return calendar_links.Subscription(my_feed.name(self.participant.season), links.own_feed(self.participant))

    @cached_property
    def mails(self) -> PreferencesPage:
        return PreferencesPage(self.participant, hears_of_next=subscription.is_asked_for(self.participant.mailbox))

    @property
    def renew_url(self) -> str:
        return links.path("renew_feed_key", self.participant.key)

    @property
    def country(self) -> str:
        return countries.name(self.participant.country, get_language() or "en")

    @property
    def zone(self) -> str:
        return zones.label(self.participant.timezone, self.now)

    @cached_property
    def next(self) -> Entry | None:
        return next((entry for entry in self.entries if entry.takes_place), None)

    @property
    def coming(self) -> list[Entry]:
        return [entry for entry in self._active if not (entry.is_over or entry.is_waiting or entry is self.next)]

    @property
    def waiting(self) -> list[Entry]:
        return [entry for entry in self._active if entry.is_waiting and not entry.is_over]

    @property
    def past(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_over]

    @property
    def cancelled(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_cancelled]

    @cached_property
    def programme(self) -> list[Entry | Addition]:
        """All sessions of the season that are to come, except the next one of the person, in order."""
        left = [entry for entry in self.cancelled if not entry.is_over]
        return sorted([*self.coming, *self.waiting, *left, *self.additions], key=lambda row: row.starts_at)

    @property
    def can_add(self) -> bool:
        return any(addition.slots for addition in self.additions)

    @cached_property
    def is_over(self) -> bool:
        """Whether the season of the person is over; as long as it shows something to come, nobody has to ask."""
        shows_more = self.next or self.programme
        return not shows_more and not _not_ended(self.participant.season, self.now)

    @cached_property
    def season_to_come(self) -> Season | None:
        """The one that people sign up for now that the person's own is over."""
        programme = snapshot.of_current_season() if self.is_over else None
        if programme is None or programme.season.is_rehearsal or programme.season.pk == self.participant.season_id:
            return None
        return programme.season if _not_ended(programme.season, self.now) else None

    @property
    def offers_next_season(self) -> bool:
        """To somebody for whom nothing of this season is left to come, while the next one is not there yet."""
        return not (self.next or self.can_add or self.mails.hears_of_next or self.season_to_come)

    @property
    def at_night(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_at_night]

    @property
    def _active(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.is_cancelled]


def _not_ended(season, now) -> bool:
    return bool(season_days.not_ended(Season.objects.filter(pk=season.pk), now=now))


def my_season(participant, registrations, now, *, offers=(), questions=(), circulars=()) -> MySeason:
    """Of `registrations`, oldest first, the newest of each session; who has not said yes adds none of the `offers`.

    `circulars` are those that the person may read (circulars.on_pages).
    """
    newest = {registration.session_id: registration for registration in registrations}
    own = tuple(OwnCircular(shown, participant) for shown in circulars)
    given = Given(participant)
    entries = [Entry(registration, participant, now, own, given) for registration in newest.values()]
    in_order = sorted(entries, key=lambda entry: entry.starts_at)
    found = additions(participant, offers, entries) if participant.confirmed_at else []
    return MySeason(participant, in_order, found, now, tuple(questions), own)
