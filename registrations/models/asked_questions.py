"""Who asked the speakers of a session what, in their own words; staff alone read them."""

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from registrations.models.people import Participant
from sessions.models import SpeakerQuestion
from sessions.models.speaker_questions import LONGEST


class AskedQuestionQuerySet(models.QuerySet):
    def names_by_question(self, questions) -> dict[int, list[str]]:
        """Of who asked one of these (ids) with their name, or one that was put together with it; the first before."""
        standing = Coalesce("question__merged_into", "question")
        rows = self.annotate(standing=standing).filter(standing__in=questions, with_name=True)
        known = rows.filter(participant__anonymised_at=None).order_by("asked_at", "pk")
        found = {}
        for question, name in known.values_list("standing", "participant__name"):
            found.setdefault(question, {})[name] = None
        return {question: list(names) for question, names in found.items()}


class AskedQuestion(models.Model):
    """What one person asked; several people may have asked the same `question`.

    `digest` is that of the folded text and its session, so that what is sent twice is stored once.
    """

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="asked_questions", db_index=False)
    question = models.ForeignKey(SpeakerQuestion, models.CASCADE, related_name="asked")
    text = models.CharField(max_length=LONGEST)
    digest = models.CharField(max_length=32, db_index=True, editable=False)
    language = models.CharField(max_length=10)
    with_name = models.BooleanField(default=False)
    with_sign_up = models.BooleanField(default=False, help_text=_("Sent right after a sign-up, which proves nobody."))
    asked_at = models.DateTimeField()

    objects = AskedQuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            # Its index is also that of the participant.
            models.UniqueConstraint(fields=["participant", "digest"], name="one_question_of_a_text_each"),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
