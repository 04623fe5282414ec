"""The question about gender, ready-made: its answers are in the figures of the season and beside nobody."""

from registrations import audit
from sessions.models import Question
from sessions.reference.ready_made import GENDER

# After the questions of staff.
PLACE = 1000


def is_asked(season) -> bool:
    return season.pk is not None and _of(season).asked().exists()


def let_ask(season, is_asked, *, by):
    """Within a transaction that has locked the season. Answers stay where it is asked no more."""
    question = _of(season).first()
    if question is None:
        question, before = _new(season), {}
    else:
        before = audit.facts(question)
    question.is_closed = not is_asked
    question.save()
    audit.record_difference(question, before, audit.facts(question), by=by)


def _of(season):
    return Question.objects.filter(season=season, ready_made=Question.ReadyMade.GENDER)


def _new(season) -> Question:
    return Question(
        season=season,
        **GENDER,
        kind=Question.Kind.ONE,
        position=PLACE,
        ready_made=Question.ReadyMade.GENDER,
    )
