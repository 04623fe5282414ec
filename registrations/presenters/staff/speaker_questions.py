"""Ready values for the pages of staff about questions to the speakers of a session."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.models import AskedQuestion
from sessions.clocks import dates
from sessions.models import SpeakerQuestion
from sessions.reference import languages


class State(StrEnum):
    NEW = "new"
    IN_WORK = "in-work"
    ANSWERED = "answered"
    PUBLISHED = "published"
    HIDDEN = "hidden"


STATES = {
    State.NEW: gettext_lazy("New"),
    State.IN_WORK: gettext_lazy("In work"),
    State.ANSWERED: gettext_lazy("Answered, not published"),
    State.PUBLISHED: gettext_lazy("Published"),
    State.HIDDEN: gettext_lazy("Not taken up"),
}
ASKED = AskedQuestion.objects.order_by("asked_at", "pk").select_related("participant")
LOADED = [
    Prefetch("asked", ASKED),
    Prefetch("merged", SpeakerQuestion.objects.order_by("first_asked_at", "pk")),
    Prefetch("merged__asked", ASKED),
]


@dataclass(frozen=True)
class QuestionRow:
    """One that stands for itself; loaded with LOADED. `may_see_names` says whether its reader may see people."""

    question: SpeakerQuestion
    may_see_names: bool = False

    @property
    def state(self) -> State:
        question = self.question
        answers = (
            (State.PUBLISHED, question.is_published),
            (State.HIDDEN, question.hidden),
            (State.ANSWERED, question.answer or question.answered == SpeakerQuestion.Answered.LIVE),
            (State.NEW, question.taken_up_at is None),
        )
        return next((state for state, applies in answers if applies), State.IN_WORK)

    @property
    def detail(self) -> str:
        """Why it is not taken up, or how it was answered; empty else."""
        if self.question.hidden:
            return self.question.get_hidden_display()
        return _("answered %(how)s") % {"how": self.question.get_answered_display()} if self.question.answered else ""

    @property
    def state_in_words(self) -> str:
        words = {"state": STATES[self.state], "detail": self.detail}
        return _("%(state)s: %(detail)s") % words if self.detail else str(STATES[self.state])

    @cached_property
    def asked(self) -> list[AskedQuestion]:
        """By whoever asked it, also what was put together with it; the first one before the others."""
        others = [each for merged in self.question.merged.all() for each in merged.asked.all()]
        return sorted([*self.question.asked.all(), *others], key=lambda each: (each.asked_at, each.pk))

    @property
    def text(self) -> str:
        """The words of staff, else those of who asked first."""
        asked = [each.text for each in self.asked] + [each.wording for each in self.question.merged.all()]
        return self.question.wording or next(filter(None, asked), _("(no words)"))

    @property
    def people(self) -> int:
        return len({each.participant_id for each in self.asked})

    @property
    def people_in_words(self) -> str:
        if not self.question.asked_in_chat:
            if not self.people:
                return _("who asked has erased their details")
            text = ngettext("asked by %(number)s person", "asked by %(number)s people", self.people)
        elif self.people:
            text = ngettext(
                "asked in the chat, and by %(number)s person",
                "asked in the chat, and by %(number)s people",
                self.people,
            )
        else:
            return _("asked in the chat")
        return text % {"number": dates.number(self.people)}

    @property
    def names(self) -> str:
        """Of who wish it, for who may see them."""
        wished = [each.participant.name for each in self.asked if each.with_name and each.participant.name]
        return dates.listed(list(dict.fromkeys(wished))) if self.may_see_names else ""

    @property
    def when(self) -> str:
        return dates.in_geneva(self.question.first_asked_at)

    @property
    def language(self) -> str:
        """Of the page on which it was asked first; empty for English."""
        code = self.asked[0].language if self.asked else "en"
        return "" if code == "en" else languages.in_words(code)


def rows(questions, *, may_see_names) -> list[QuestionRow]:
    """Of a queryset, those that stand for themselves, the first asked before."""
    found = questions.standing().prefetch_related(*LOADED).order_by("first_asked_at", "pk")
    return [QuestionRow(each, may_see_names) for each in found]


def in_groups(found) -> list[tuple[str, list[QuestionRow]]]:
    """By state, the new ones before."""
    groups = [(str(words), [row for row in found if row.state == state]) for state, words in STATES.items()]
    return [(words, of_state) for words, of_state in groups if of_state]


def for_moderator(found) -> list[QuestionRow]:
    """What is still to be answered, what many ask before."""
    open_ones = [row for row in found if row.state in (State.NEW, State.IN_WORK)]
    return sorted(open_ones, key=lambda row: -row.people)
