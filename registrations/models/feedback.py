"""What people said of a session afterwards, without their names, and apart from it who has said something."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.keys import new_key
from registrations.models.people import Participant
from sessions.locks import LockableQuerySet
from sessions.models import Session


class FeedbackQuerySet(LockableQuerySet):
    def collected(self):
        """Those whose answers nobody can read yet."""
        return self.filter(opened_on=None)

    def readable(self):
        """Those whose answers staff may read: at least as many people answered as are needed (feedback.opening)."""
        return self.filter(answers__isnull=False)

    def public(self):
        """Those whose numbers are on the page of the session."""
        return self.filter(published_at__isnull=False)


class Feedback(models.Model):
    """The answers of the people of one session.

    While the form is open they are in `pile`, sealed (feedback.pile). Then, in one go, their numbers come into `counts`
    by question, as lists in the order of its choices, and texts into FeedbackWords; questions that too few answered are
    left out. `answers` is how many people answered, None where they were too few: then nothing of it is kept. `shown`
    is what others see of `counts`, with None for a hidden number, as it was made when it was published first.
    """

    session = models.OneToOneField(Session, models.CASCADE, related_name="feedback")
    pile = models.BinaryField(default=b"")
    opened_on = models.DateField(_("can be read since"), null=True, blank=True)
    answers = models.PositiveIntegerField(_("people who answered"), null=True, blank=True)
    counts = models.JSONField(_("numbers"), default=dict, blank=True)
    shown = models.JSONField(_("numbers for everybody"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class FeedbackWords(models.Model):
    """One text of somebody; its random key is its only order."""

    key = models.CharField(max_length=40, primary_key=True, default=new_key, editable=False)
    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="words")
    text = models.TextField(blank=True)
    is_published = models.BooleanField(_("published"), default=False)

    class Meta:
        ordering = ["key"]
        verbose_name = _("words of feedback")
        verbose_name_plural = _("words of feedback")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.key[:4]}"


class FeedbackTicket(models.Model):
    """That a person has answered about a session, so that they do it once; not what, and of the time only the day."""

    key = models.CharField(max_length=40, primary_key=True, default=new_key, editable=False)
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="feedback_tickets", db_index=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="feedback_tickets")
    answered_on = models.DateField()

    class Meta:
        constraints = [
            # Its index is also that of the participant.
            models.UniqueConstraint(fields=["participant", "session"], name="one_feedback_of_a_person_to_a_session"),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.key[:4]}"
