"""What people ask the speakers of a session, as staff word, answer and publish it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions import rich_text
from sessions.locks import LockableQuerySet
from sessions.models.sessions import Session
from sessions.models.translations import TranslationsField

LONGEST = 500


class SpeakerQuestionQuerySet(LockableQuerySet):
    def standing(self):
        """Those that were not put together with another one."""
        return self.filter(merged_into=None)

    def new(self):
        """With which staff have done nothing yet."""
        return self.standing().filter(taken_up_at=None)

    def published(self):
        return self.filter(published_at__isnull=False)


class SpeakerQuestion(models.Model):
    """A question to the speakers. Who asked it, and in which words, are the `asked` rows of people.

    `wording` is that of staff, in English; it is empty until they write or accept one. One that was put together with
    others is `merged_into` the one that stands for all of them; there is one level of that.
    """

    class Answered(models.TextChoices):
        LIVE = "live", _("in the session")
        WRITTEN = "written", _("in writing")

    class Hidden(models.TextChoices):
        OFF_TOPIC = "off-topic", _("about something else than the session")
        NO_QUESTION = "no-question", _("not a question")
        PERSONAL = "personal", _("about a person or a single case")
        ANSWERED = "answered", _("answered by the programme or the documents already")
        UNFIT = "unfit", _("not fit for the public")

    TRANSLATED = ("wording", "answer")

    session = models.ForeignKey(Session, models.CASCADE, related_name="speaker_questions")
    wording = models.CharField(_("question as it is published"), max_length=LONGEST, blank=True)
    answer = models.TextField(_("answer"), blank=True, validators=[rich_text.validate_length])
    answered = models.CharField(_("answered"), max_length=10, choices=Answered, blank=True)
    hidden = models.CharField(_("not taken up"), max_length=12, choices=Hidden, blank=True)
    shows_name = models.BooleanField(
        _("with the names of those who wish it"), default=True, help_text=_("Of who asked with their name.")
    )
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    asked_in_chat = models.BooleanField(
        _("asked in the chat of the meeting"),
        default=False,
        db_default=False,
        help_text=_("Staff added it; no person is stored."),
    )
    first_asked_at = models.DateTimeField(_("asked"))
    taken_up_at = models.DateTimeField(null=True, blank=True, help_text=_("When staff did something with it first."))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    translations = TranslationsField()

    objects = SpeakerQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to speakers")
        verbose_name_plural = _("questions to speakers")
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None) | (~Q(wording="") & Q(hidden="", merged_into=None)),
                name="published_question_has_words_and_stands_alone",
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None
