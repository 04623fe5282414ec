"""Questions to the speakers that everybody may read, as staff worded them."""

from typing import NamedTuple

from registrations.models import AskedQuestion
from sessions import marked
from sessions.models import SpeakerQuestion


class PublishedQuestion(NamedTuple):
    """`names` are those of people who asked it with their name, where staff left them; none is of who was erased."""

    question: SpeakerQuestion
    names: list[str]

    @property
    def asked_by(self) -> str:
        """The names in a sentence; empty where there are none."""
        return marked.listed(self.names) if self.names else ""


def of_sessions(sessions) -> dict[int, list[PublishedQuestion]]:
    """By id of the session, in the order of their publishing."""
    questions = SpeakerQuestion.objects.published().filter(session__in=sessions).order_by("published_at", "pk")
    rows = list(questions)
    named = [row.pk for row in rows if row.shows_name]
    names = AskedQuestion.objects.names_by_question(named) if named else {}
    found = {}
    for row in rows:
        found.setdefault(row.session_id, []).append(PublishedQuestion(row, names.get(row.pk, [])))
    return found
