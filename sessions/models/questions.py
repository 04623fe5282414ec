"""What staff ask in a sign-up besides: questions of a season, or of one session."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sessions import translations
from sessions.models.seasons import Season
from sessions.models.sessions import Session
from sessions.models.translations import TranslationsField
from sessions.reference.ready_made import GENDER


class QuestionQuerySet(models.QuerySet):
    def asked(self):
        return self.filter(is_closed=False)

    def beside_people(self):
        """Those whose answers staff may see beside the person who gave them."""
        return self.filter(ready_made="")

    def in_season(self, season):
        """Those of the season and those of its sessions, in the order of a form; `season` may be many."""
        rows = season if isinstance(season, models.QuerySet | list | set) else [season]
        return self.filter(Q(season__in=rows) | Q(session__season__in=rows)).order_by("position", "pk")


class Question(models.Model):
    """A question of a season is asked once, one of a session only of who takes part in it.

    One that is ready-made has words of ours: its answers are counted, and shown beside nobody. One that is closed is
    asked no more; its answers stay. `choices` are what can be answered to a list.
    """

    class Kind(models.TextChoices):
        LINE = "line", _("short text")
        TEXT = "text", _("long text")
        ONE = "one", _("one of a list")
        SEVERAL = "several", _("several of a list")
        TICK = "tick", _("tick")

    class ReadyMade(models.TextChoices):
        GENDER = "gender", _("gender")

    LISTS = [Kind.ONE, Kind.SEVERAL]
    TRANSLATED = ("words", "help_text", "choices")

    season = models.ForeignKey(Season, models.CASCADE, null=True, blank=True, related_name="questions")
    session = models.ForeignKey(Session, models.CASCADE, null=True, blank=True, related_name="questions")
    words = models.CharField(_("question"), max_length=200)
    help_text = models.CharField(_("help"), max_length=300, blank=True)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=Kind, default=Kind.LINE)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    is_required = models.BooleanField(_("has to be answered"), default=False)
    is_closed = models.BooleanField(_("closed"), default=False)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    ready_made = models.CharField(
        _("ready-made"), max_length=10, choices=ReadyMade, blank=True, default="", db_default="", editable=False
    )

    translations = TranslationsField()

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(season__isnull=False, session=None) | Q(season=None, session__isnull=False),
                name="question_is_of_a_season_or_of_a_session",
            ),
            models.UniqueConstraint(
                fields=["season", "ready_made"], condition=~Q(ready_made=""), name="one_ready_made_question_of_a_season"
            ),
        ]

    def __str__(self):
        return self.words

    @property
    def usual(self) -> dict:
        """The English texts with which it came, by name of the column; `translations` has their translations."""
        return GENDER if self.ready_made == self.ReadyMade.GENDER else {}

    @property
    def has_list(self) -> bool:
        return self.kind in self.LISTS

    def choice_in_words(self, value) -> str:
        """One of the choices, which are stored in English, in the language of the page; other answers as they are."""
        if self.kind == self.Kind.TICK:
            return gettext("yes")
        return dict(zip(self.choices, translations.words(self, "choices"), strict=True)).get(value, value)

    @property
    def is_counted_only(self) -> bool:
        return self.ready_made != ""
