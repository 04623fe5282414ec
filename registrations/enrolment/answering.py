"""What people answer to questions of staff: with their sign-up, and on their own page later."""

from django.db import transaction
from django.db.models import Q

from registrations.models import Answer, Participant
from sessions.models import Question, Season


def keep_first(participant, answers, *, sessions):
    """Store what the person has not answered before, to questions of the season and of these sessions.

    Within the caller's transaction, which has locked slots: staff who delete a question lock all of its season or
    session. `answers` by id of the question.
    """
    if not answers or not sessions:
        return
    asked = Question.objects.asked().filter(pk__in=answers)
    asked = asked.filter(Q(season=participant.season_id) | Q(session__in=sessions))
    answered = set(participant.answers.values_list("question", flat=True))
    _store(participant, answers, [pk for pk in asked.values_list("pk", flat=True) if pk not in answered])


@transaction.atomic
def change(*, participant, answers, questions):
    """Let these be all answers of the person to these questions, as far as they are still asked.

    Locks the season, so that nobody deletes a question meanwhile, and the person.
    """
    list(Season.objects.filter(pk=participant.season_id).locked().values_list("pk"))
    person = Participant.objects.locked().filter(pk=participant.pk, anonymised_at=None).first()
    if person is None:
        return
    wanted = [question.pk for question in questions]
    asked = list(Question.objects.asked().filter(pk__in=wanted).values_list("pk", flat=True))
    person.answers.filter(question__in=asked).delete()
    _store(person, answers, asked)


def move(participant, *, to):
    """To somebody who is the same person, what they have not answered; both are locked."""
    participant.answers.exclude(question__in=to.answers.values("question")).update(participant=to)


def of(participant) -> dict[int, list[str]]:
    """All answers of the person, by id of the question."""
    found = {}
    for question, value in participant.answers.order_by("question", "place").values_list("question", "value"):
        found.setdefault(question, []).append(value)
    return found


def _store(participant, answers, questions):
    rows = [
        Answer(participant=participant, question_id=question, place=place, value=value)
        for question in questions
        for place, value in enumerate(answers.get(question, []))
    ]
    Answer.objects.bulk_create(rows)
