"""The programme: seasons, their sessions, the time slots of these, and what is published after them."""

from sessions.models.materials import Material, place_of_file
from sessions.models.occurrences import Occurrence, new_uid
from sessions.models.pages import PageText
from sessions.models.parties import Party
from sessions.models.parts import Part, PartsField
from sessions.models.questions import Question
from sessions.models.seasons import MOST_HOURS, NO_HOURS, Season, Stream, validate_hours, validate_zone
from sessions.models.sessions import Session, Speaker
from sessions.models.speaker_questions import SpeakerQuestion

__all__ = [
    "MOST_HOURS",
    "NO_HOURS",
    "Material",
    "Occurrence",
    "PageText",
    "Part",
    "PartsField",
    "Party",
    "Question",
    "Season",
    "Session",
    "Speaker",
    "SpeakerQuestion",
    "Stream",
    "new_uid",
    "place_of_file",
    "validate_hours",
    "validate_zone",
]
