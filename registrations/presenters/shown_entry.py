"""What an entry of "my season" says, written once for all for whom it says the same, around each one's own keys."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registrations.models import new_key
from sessions.calendar import links as calendar_links
from sessions.models import Occurrence, Season, Session, Stream
from sessions.presenters.slots import SlotTime

# They stand where the keys will be, and nobody can write them into a title.
PERSON, DOOR = new_key(), new_key()


@dataclass(frozen=True)
class Action:
    """A link to a page that asks before anything changes; `page` is the name of its address."""

    message: str
    page: str

    @property
    def words(self) -> str:
        return _(self.message)


@dataclass(frozen=True)
class ShownEntry:
    """All that templates/registrations/_entry.html can know: nothing of a person, so the text may be kept."""

    title: str
    title_in_calendar: str
    slug: str
    season: str
    is_public: bool
    stream: str
    mark: str
    zone: str
    season_zone: str
    season_place: str
    starts_at: datetime
    ends_at: datetime
    is_called_off: bool
    is_cancelled: bool
    takes_place: bool
    state: str
    actions: tuple[Action, ...]
    site: str

    @property
    def time(self) -> SlotTime:
        season = Season(timezone=self.season_zone, place=self.season_place)
        session = Session(season=season, stream=Stream(mark=self.mark))
        return SlotTime(Occurrence(session=session, starts_at=self.starts_at, ends_at=self.ends_at), self.zone)

    @property
    def page_url(self) -> str:
        """Of the session, for this person; empty when they have no right to see it any more."""
        if self.is_public:
            return reverse("sessions:session", args=[self.season, self.slug])
        return "" if self.is_cancelled else self._url("own_session")

    @property
    def linked_actions(self) -> list[tuple[str, str]]:
        return [(action.words, self._url(action.page)) for action in self.actions]

    @property
    def calendar_url(self) -> str:
        """Empty where a copy of the entry would be of no use."""
        return self._url("session_calendar") if self.takes_place else ""

    @property
    def calendar_links(self) -> list[calendar_links.CalendarLink]:
        door = self.site + reverse("registrations:join", args=[DOOR])
        return calendar_links.links(
            title=self.title_in_calendar,
            text=_("Join: %(url)s") % {"url": door},
            place=door,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
        )

    def _url(self, page) -> str:
        return reverse(f"registrations:{page}", args=[PERSON, self.slug])


def html(shown: ShownEntry, *, person, door, compact) -> SafeString:
    """The entry for whoever has these keys, in the active language."""
    around = _around_keys(shown, compact, get_language())
    return mark_safe(around.replace(PERSON, escape(person)).replace(DOOR, escape(door)))  # noqa: S308 # nosec


@lru_cache(maxsize=1000)
def _around_keys(shown, compact, _language) -> str:
    return render_to_string("registrations/_entry.html", {"entry": shown, "compact": compact})
