"""What an archive shows of a season, read once for all its pages."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.http import Http404

from sessions.archive.exceptions import CannotArchive
from sessions.clocks import dates
from sessions.public import snapshot
from sessions.public.snapshot import PublicProgramme
from sessions.slot_states import SlotState

# The others are about signing up, which is over where nobody can.
LASTING = {SlotState.CALLED_OFF, SlotState.OVER}


class ArchivedProgramme(PublicProgramme):
    """Of sessions that are open to all, where nobody can register any more."""

    def state_of(self, slot, now) -> SlotState:
        state = super().state_of(slot, now)
        return state if state in LASTING else SlotState.CLOSED


@dataclass(frozen=True)
class Archive:
    """What makes a request one for a page of an archive, as `request.archive`: views and templates look at it."""

    programme: ArchivedProgramme
    made_at: datetime

    @property
    def season(self):
        return self.programme.season

    @property
    def day(self) -> date:
        """On the clock of the season."""
        return self.made_at.astimezone(self.season.zone).date()

    @property
    def day_in_words(self) -> str:
        return dates.full_day(self.day)


def of(slug: str, *, now) -> Archive:
    """As it is `now`, which is `moment.of` the season.

    Raises CannotArchive for a season that is not there or that not everybody sees.
    """
    try:
        public = snapshot.at_once(slug)
    except Http404:
        raise CannotArchive(f"There is no published season {slug!r}: an archive has what everybody sees.") from None
    values = {field.name: getattr(public, field.name) for field in fields(public)}
    open_to_all = [session for session in public.sessions if not session.is_by_invitation]
    # Who asked with their name can take it from the site again, but not out of an archive.
    answers = {pk: [each._replace(names=[]) for each in found] for pk, found in public.answers.items()}
    kept = ArchivedProgramme(**values | {"sessions": open_to_all, "answers": answers})
    return Archive(kept, now)
