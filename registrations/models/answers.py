"""What people answered to questions of staff."""

from django.db import models
from django.db.models import Count

from registrations.models.people import Participant
from sessions.models import Question


class AnswerQuerySet(models.QuerySet):
    def counted(self):
        """How many people chose what: rows of question, value and number, without texts in people's own words."""
        chosen = self.exclude(question__kind__in=[Question.Kind.LINE, Question.Kind.TEXT])
        return chosen.order_by("question", "value").values("question", "value").annotate(number=Count("pk"))


class Answer(models.Model):
    """One answer of a person to a question; to several of a list there are several, each at a `place` of its own.

    `value` has the words of the choice, so that they stay what the person said; of a tick it is TICKED.
    """

    TICKED = "yes"

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="answers", db_index=False)
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    place = models.PositiveSmallIntegerField(default=0)
    value = models.TextField()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            # Its index is also that of the participant.
            models.UniqueConstraint(fields=["participant", "question", "place"], name="one_answer_at_a_place"),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
