"""What sessions, time slots, streams and questions were called when figures were stored."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sessions.models import Occurrence, Question, Session, Stream

# Kinds of tables whose keys are ids of rows that may change or go.
BY_SESSION, BY_SLOT, BY_STREAM = "session", "slot", "stream"
# Before the id of a question: the kind of a table whose keys are answers.
BY_QUESTION = "question-"


@dataclass(frozen=True)
class Name:
    """What a row was called when its table was stored: a session or stream, or a slot with its times."""

    title: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    is_called_off: bool = False
    # Of a slot in parts: how long these last together.
    seconds: int | None = None

    @property
    def held_seconds(self) -> float:
        return self._whole_seconds if self.seconds is None else self.seconds

    @property
    def has_gaps(self) -> bool:
        """Whether it is held in parts, so that it does not last from its start to its end."""
        return self.held_seconds < self._whole_seconds

    @property
    def _whole_seconds(self) -> float:
        return (self.ends_at - self.starts_at).total_seconds()


@dataclass(frozen=True)
class Names:
    """`rows` are by kind of table and key; `tables` are the words of questions, by kind."""

    rows: dict[str, dict[str, Name]] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)


def names_of(season) -> Names:
    """What sessions, time slots, streams and questions of the season are called today."""
    sessions = Session.objects.filter(season=season).values_list("pk", "title")
    streams = Stream.objects.filter(season=season).values_list("pk", "title")
    slots = Occurrence.objects.filter(session__season=season).select_related("session")
    slots = slots.only("session__title", "starts_at", "ends_at", "called_off_at", "parts")
    questions = Question.objects.in_season(season).values_list("pk", "words")
    return Names(
        {
            BY_SESSION: {str(pk): Name(title) for pk, title in sessions},
            BY_SLOT: {str(slot.pk): _name_of_slot(slot) for slot in slots},
            BY_STREAM: {str(pk): Name(title) for pk, title in streams},
        },
        {f"{BY_QUESTION}{pk}": words for pk, words in questions},
    )


def _name_of_slot(slot) -> Name:
    held = [part.ends_at - part.starts_at for part in slot.parts if not part.is_called_off]
    seconds = int(sum(held, timedelta()).total_seconds()) if held else None
    return Name(slot.session.title, slot.starts_at, slot.ends_at, slot.is_called_off, seconds)
