"""Letters that staff write to chosen people: their words by language, and who gets them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sessions.locks import LockableQuerySet
from sessions.models import Season

LANGUAGE = "en"
LONGEST_SUBJECT = 150


class CircularQuerySet(LockableQuerySet):
    def drafts(self):
        return self.filter(made_at=None)

    def sent(self):
        """Confirmed by staff, also those that were taken back."""
        return self.filter(made_at__isnull=False)

    def standing(self):
        """Confirmed and not taken back."""
        return self.sent().filter(taken_back_at=None)

    def left(self, now):
        """Standing, and nobody can keep all of its mails back any more."""
        return self.standing().filter(mails_leave_at__lte=now)

    def unprepared(self):
        """The worker has still to prepare mails of these."""
        return self.standing().filter(prepared_at=None)


class Circular(models.Model):
    """A letter to some people of a season: a draft until staff confirm the number of people who get it.

    `audience` says whom staff chose (people.audiences). `left` are the ids of those who get it and have no mail in the
    outbox yet: it is fixed with the confirmation, so that the mails go to exactly those who were counted.
    """

    season = models.ForeignKey(Season, models.CASCADE, related_name="circulars")
    audience = models.JSONField(default=dict, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="circulars_written"
    )
    changed_at = models.DateTimeField()
    made_at = models.DateTimeField(_("sent"), null=True, blank=True, help_text=_("Empty for a draft."))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="circulars_sent"
    )
    mails_leave_at = models.DateTimeField(null=True, blank=True)
    people = models.PositiveIntegerField(_("people"), default=0, help_text=_("To how many it went."))
    left = models.JSONField(default=list, blank=True, editable=False)
    prepared_at = models.DateTimeField(null=True, blank=True, help_text=_("When all its mails were in the outbox."))
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = CircularQuerySet.as_manager()

    class Meta:
        verbose_name = _("circular")
        verbose_name_plural = _("circulars")
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at=None, mails_leave_at=None) | Q(made_at__isnull=False, mails_leave_at__isnull=False),
                name="confirmed_circular_has_a_time_to_leave",
            ),
            models.CheckConstraint(
                condition=Q(made_at__isnull=False) | Q(prepared_at=None, taken_back_at=None),
                name="draft_of_a_circular_has_no_mails",
            ),
        ]

    def __str__(self):
        words = self.words_in(LANGUAGE)
        return words.subject if words else gettext("(no words yet)")

    @property
    def is_draft(self) -> bool:
        return self.made_at is None

    def words_in(self, language):
        """Subject and text in this language, else in English; None if there are none."""
        found = {words.language: words for words in self.words.all()}
        return found.get(language) or found.get(LANGUAGE)


class CircularWords(models.Model):
    """Subject and text of a circular in one language."""

    circular = models.ForeignKey(Circular, models.CASCADE, related_name="words")
    language = models.CharField(max_length=10, default=LANGUAGE)
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT)
    text = models.TextField(_("text"), help_text=_("In a small part of Markdown."))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circular", "language"], name="one_wording_of_a_circular_in_a_language"),
        ]

    def __str__(self):
        return self.subject
