"""Sessions, and the people on their panels."""

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sessions import rich_text
from sessions.locks import LockableQuerySet
from sessions.models.languages import validate_codes
from sessions.models.seasons import Season, Stream
from sessions.models.translations import RewordedField, TranslationsField
from sessions.partners import validate_lines
from sessions.reference import regional_groups

# Names that pages of a season have in their addresses, where those of its sessions stand as well.
FIGURES = "figures"
RESERVED = frozenset({FIGURES})


def validate_slug(slug):
    """For whatever brings a new session: staff by a form, or a season file."""
    if slug in RESERVED:
        words = _("Another page of the season has the address “%(name)s”. Choose another name.")
        raise ValidationError({"slug": words % {"name": slug}})


class SessionQuerySet(LockableQuerySet):
    def published(self):
        return self.filter(is_published=True, season__is_published=True)

    def open_to_all(self):
        return self.filter(access=Session.Access.OPEN)

    def with_unprepared_announcement(self):
        """Announced, and the worker has still to prepare mails of that."""
        return self.filter(announced_at__isnull=False, announcement_prepared_at=None)


class Session(models.Model):
    """A topic, and what people register for; it is held at one time slot or at several."""

    class Access(models.TextChoices):
        OPEN = "open", _("open to all")
        INVITATION = "invitation", _("by invitation only")

    TRANSLATED = ("title", "summary", "expect_afterwards", "attendance_note")

    season = models.ForeignKey(Season, models.CASCADE, related_name="sessions")
    stream = models.ForeignKey(Stream, models.RESTRICT, related_name="sessions")
    slug = models.SlugField(max_length=100)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True, validators=[rich_text.validate_length])
    access = models.CharField(max_length=10, choices=Access, default=Access.OPEN)
    is_published = models.BooleanField(_("published"), default=True)
    platform = models.CharField(max_length=60, blank=True)
    languages = models.CharField(
        max_length=60,
        default="en",
        validators=[validate_codes],
        help_text=_("Language codes, separated by commas: en, fr, es, ru, ar, zh."),
    )
    partners = models.TextField(
        blank=True,
        validators=[validate_lines],
        help_text=_("One partner per line; the web address at the end, unless the season names the same partner."),
    )
    audience = models.CharField(
        max_length=30,
        blank=True,
        default="",
        db_default="",
        choices=regional_groups.REGIONS,
        help_text=_("Who it is meant for, if not for all regions. Everybody can register all the same."),
    )
    expect_afterwards = models.TextField(
        blank=True, help_text=_("What people may expect after the session. Empty: the season's usual sentence.")
    )
    asks_feedback = models.BooleanField(
        default=True,
        db_default=True,
        help_text=_("People are asked afterwards what they think of it, if its season asks."),
    )
    takes_questions = models.BooleanField(
        default=True,
        db_default=True,
        help_text=_("People with a place, or on its waiting list, can ask before it and while it goes on."),
    )
    registration_opens_at = models.DateTimeField(null=True, blank=True, help_text=_("Empty: open at once."))
    registration_closes_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Empty: open until the last time slot ends.")
    )
    attendance_total = models.PositiveIntegerField(null=True, blank=True)
    attendance_is_minimum = models.BooleanField(default=False, help_text=_("Published as “more than”."))
    attendance_note = models.CharField(max_length=300, blank=True)
    is_unconfirmed = models.BooleanField(
        default=False, help_text=_("No source confirms that this session was held at all.")
    )
    unconfirmed_fields = models.JSONField(
        default=list, blank=True, help_text=_("Fields that no source confirms, for example “title” or “slots.start”.")
    )
    sources = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)
    translations = TranslationsField()
    reworded = RewordedField()
    announced_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("When those who had asked were told that something is published."),
    )
    announced_again = models.PositiveSmallIntegerField(
        default=0,
        db_default=0,
        editable=False,
        help_text=_("How often it was announced after the first time, when more was published."),
    )
    announcement_begun_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("Who has had a mail of it since then is not told once more after it was taken back."),
    )
    announcement_taken_back_at = models.DateTimeField(null=True, blank=True, editable=False)
    announcement_prepared_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("When all mails of that were in the outbox.")
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["season", "slug"], name="one_session_of_a_slug_in_a_season"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_announced(self) -> bool:
        """Whether those who had asked are told, or were, what is published."""
        return bool(self.announced_at) and not self.announcement_taken_back_at

    def clean(self):
        if self.stream_id and self.season_id and self.stream.season_id != self.season_id:
            raise ValidationError({"stream": _("This stream belongs to another season.")})
        validate_slug(self.slug)

    @property
    def is_by_invitation(self) -> bool:
        return self.access == self.Access.INVITATION

    @property
    def is_public(self) -> bool:
        """Whether everybody can open its page; for a session that comes with its season."""
        return self.is_published and self.season.is_published

    def get_absolute_url(self):
        return _path(self.season.slug, self.slug, get_language())

    @property
    def absolute_url(self) -> str:
        """The page's full address, for calendars and mails."""
        return settings.SITE_URL + self.get_absolute_url()


class Speaker(models.Model):
    """A person on the panel of one session."""

    class Part(models.TextChoices):
        PANELIST = "panelist", _("Panel")
        MODERATOR = "moderator", _("Moderator")
        SPEAKER = "speaker", _("Speaker")

    TRANSLATED = ("role", "affiliation")

    session = models.ForeignKey(Session, models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=300, blank=True)
    affiliation = models.CharField(max_length=300, blank=True)
    part = models.CharField(max_length=10, choices=Part, default=Part.PANELIST)
    position = models.PositiveSmallIntegerField(default=0)
    translations = TranslationsField()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


@lru_cache(maxsize=1000)
def _path(season, slug, _language) -> str:
    """Looked for once a language: reverse takes as long as a query for a page that names 13 sessions."""
    return reverse("sessions:session", args=[season, slug])
