"""Ready values for what somebody asks the speakers: whether they can, what became of it, and why it is refused."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.models import AskedQuestion, Registration
from registrations.speaker_questions import asking, opening
from registrations.speaker_questions.opening import Opening
from sessions.clocks import dates
from sessions.models import SpeakerQuestion

NEEDS_A_PLACE = gettext_lazy("Who asks needs a place in the session, or on its waiting list.")
CLOSED = {
    Opening.OVER: gettext_lazy("The session has ended. It takes no more questions."),
    Opening.CALLED_OFF: gettext_lazy("The session is called off. It takes no questions at the moment."),
    Opening.OFF: gettext_lazy("This session takes no questions."),
}
NOT_TAKEN_UP = {
    SpeakerQuestion.Hidden.OFF_TOPIC: gettext_lazy("Not taken up: it is about something else than this session."),
    SpeakerQuestion.Hidden.NO_QUESTION: gettext_lazy("Not taken up: it is not a question."),
    SpeakerQuestion.Hidden.PERSONAL: gettext_lazy("Not taken up: it is about a person or a single case."),
    SpeakerQuestion.Hidden.ANSWERED: gettext_lazy("Not taken up: the programme or the documents answer it already."),
    SpeakerQuestion.Hidden.UNFIT: gettext_lazy("Not taken up: we cannot publish it."),
}


@dataclass(frozen=True)
class OwnQuestion:
    """One that the person asked; loaded with its question, and with the one that this was put together with."""

    asked: AskedQuestion

    @property
    def question(self) -> SpeakerQuestion:
        return self.asked.question.merged_into or self.asked.question

    @property
    def is_published(self) -> bool:
        return self.question.is_published

    @property
    def state(self) -> str:
        question = self.question
        if question.hidden:
            return str(NOT_TAKEN_UP[question.hidden])
        if question.is_published:
            return _("Answered. Everybody reads it on the page of the session, as we worded it:")
        if question.answered == SpeakerQuestion.Answered.LIVE:
            return _("Answered in the session.")
        if question.answered == SpeakerQuestion.Answered.WRITTEN:
            return _("We are preparing an answer in writing. You will find it here.")
        if self.asked.question.merged_into_id:
            return _("Put together with others that ask the same.")
        return _("With the people who prepare the session.")

    @property
    def name(self) -> str:
        return _("Your name may be published with it.") if self.asked.with_name else _("Without your name.")


@dataclass(frozen=True)
class AskPage:
    """What one registration may ask, on its own page or on that in front of the meeting; loaded as for `Entry`."""

    registration: Registration
    now: datetime

    @property
    def session(self):
        return self.registration.session

    @cached_property
    def closed(self) -> str:
        """Why nothing can be asked; empty while it can."""
        if self.registration.is_cancelled:
            return str(NEEDS_A_PLACE)
        state = opening.of(self.session, list(self.session.occurrences.all()), self.now)
        return "" if state == Opening.OPEN else str(CLOSED[state])

    @property
    def is_open(self) -> bool:
        return not self.closed

    @cached_property
    def own(self) -> list[OwnQuestion]:
        asked = AskedQuestion.objects.filter(
            participant=self.registration.participant_id, question__session=self.session.pk
        )
        return [OwnQuestion(each) for each in asked.select_related("question__merged_into").order_by("asked_at", "pk")]


def refusal(reason) -> str:
    """`reason` is one of asking.Refused."""
    for state, closed in asking.CLOSED.items():
        if isinstance(reason, closed):
            return str(CLOSED[state])
    if isinstance(reason, asking.AskedEnough):
        text = ngettext(
            "You have asked %(number)s question about this session. Take one back before you ask another one.",
            "You have asked %(number)s questions about this session. Take one back before you ask another one.",
            asking.MOST_EACH,
        )
        return text % {"number": dates.number(asking.MOST_EACH)}
    return str(NEEDS_A_PLACE)
