"""Seasons and their streams."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from sessions import rich_text, translations
from sessions.clocks import dates, zones
from sessions.locks import LockableQuerySet
from sessions.models.translations import RewordedField, TranslationsField
from sessions.partners import Partner, of_lines, validate_lines

NO_HOURS, MOST_HOURS = "none", 720
USUAL_PERCENT = 50
FEEDBACK_DAYS, MOST_FEEDBACK_DAYS = 14, 60
SECRETARIAT = gettext_noop("Secretariat of the Minamata Convention on Mercury")


def _in_the_readers_language(name) -> str:
    return gettext(SECRETARIAT) if name == SECRETARIAT else name


def validate_zone(name):
    if name not in zones.zone_names():
        raise ValidationError(_("%(name)s is not a time zone of the IANA database."), params={"name": name})


def validate_hours(text):
    hours = [hour.strip() for hour in text.split(",")]
    if hours != [NO_HOURS] and not all(hour.isdecimal() and 0 < int(hour) <= MOST_HOURS for hour in hours):
        raise ValidationError(_("Write whole hours from 1 to 720 with commas between them, for example “72, 24, 1”."))


def current_first(today) -> list:
    is_coming = When(is_rehearsal=False, ends_on__gte=today, then=F("starts_on"))
    return [F("is_rehearsal").asc(), Case(is_coming, default=None).asc(nulls_last=True), "-starts_on", "-pk"]


class SeasonQuerySet(LockableQuerySet):
    def published(self):
        return self.filter(is_published=True)

    def real(self):
        return self.filter(is_rehearsal=False)

    def newest_first(self):
        return self.order_by("-starts_on", "-pk")

    def current_first(self, today):
        """Real ones under way or to come, the earliest first, then those that are over, then rehearsals."""
        return self.order_by(*current_first(today))

    def touch(self, pk, *, now):
        """Something that pages and feeds of the season show was changed."""
        self.filter(pk=pk).update(changed_at=now)

    def set_ahead(self, pk, ahead) -> bool:
        """Of a rehearsal, only forward; whether it was behind that."""
        return bool(self.filter(pk=pk, is_rehearsal=True, clock_ahead__lt=ahead).update(clock_ahead=ahead))


class Season(models.Model):
    """One run of the programme; wall times of its slots are typed and promised in `timezone`."""

    TRANSLATED = ("title", "place", "organiser", "introduction", "note")

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    timezone = models.CharField(max_length=64, default="Europe/Zurich", validators=[validate_zone])
    place = models.CharField(
        max_length=60, default="Geneva", help_text=_("What the season's clock is called on pages and in mails.")
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    introduction = models.TextField(blank=True, validators=[rich_text.validate_length])
    organiser = models.TextField(
        max_length=600,
        blank=True,
        validators=[validate_lines],
        help_text=_("Several: one per line. A web address, if there is one, at the end of the line."),
    )
    partners = models.TextField(
        blank=True,
        default="",
        db_default="",
        validators=[validate_lines],
        help_text=_("One partner per line; its web address, if it has one, at the end of the line."),
    )
    is_published = models.BooleanField(_("published"), default=True)
    is_rehearsal = models.BooleanField(
        _("rehearsal"),
        default=False,
        help_text=_("Every page and mail of a rehearsal says that it is not a real season."),
    )
    clock_ahead = models.DurationField(
        default=timedelta,
        db_default=timedelta(),
        editable=False,
        help_text=_("How far the season's own time is ahead of the true one; a rehearsal's alone can be."),
    )
    note = models.TextField(
        blank=True, validators=[rich_text.validate_length], help_text=_("Shown at the end of the season's page.")
    )
    sources = models.JSONField(default=list, blank=True)
    translations = TranslationsField()
    reworded = RewordedField()
    reminder_hours = models.CharField(
        max_length=60,
        blank=True,
        validators=[validate_hours],
        help_text=_("Hours before a time slot begins, with commas. Empty: the usual ones. “none”: no reminders."),
    )
    certificate_percent = models.PositiveSmallIntegerField(
        _("share of a session"),
        default=USUAL_PERCENT,
        db_default=USUAL_PERCENT,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("So much of a time slot, in percent, people have to be there for a certificate."),
    )
    feedback_days = models.PositiveSmallIntegerField(
        default=FEEDBACK_DAYS,
        db_default=FEEDBACK_DAYS,
        validators=[MaxValueValidator(MOST_FEEDBACK_DAYS)],
        help_text=_("For how many days after a session its people are asked what they think. 0: they are not asked."),
    )
    changed_at = models.DateTimeField(
        default=now, editable=False, help_text=_("Last change of anything that its feeds show.")
    )

    objects = SeasonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="season_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(clock_ahead=timedelta()) | Q(is_rehearsal=True, clock_ahead__gt=timedelta()),
                name="only_a_rehearsal_is_ahead",
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        """Never sets its clock, which may have moved since the row was read: that is `set_ahead`'s alone."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            loaded = {field.attname for field in self._meta.concrete_fields} - self.get_deferred_fields()
            kwargs["update_fields"] = loaded - {"id", "clock_ahead"}
        super().save(*args, **kwargs)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(zones.usable(self.timezone))

    @property
    def organisers(self) -> list[Partner]:
        """Who the season says organises it, or else who organises all of them, in the reader's language."""
        named = of_lines(translations.words(self, "organiser")) or [Partner(SECRETARIAT)]
        return [Partner(_in_the_readers_language(each.name), each.url) for each in named]

    @property
    def has_other_organisers(self) -> bool:
        """Than the one whom every page names at its top."""
        return any(each.name != SECRETARIAT for each in of_lines(self.organiser))

    @property
    def organised_by(self) -> str:
        """Their names as they stand in a sentence."""
        return dates.all_of([each.name for each in self.organisers])

    @property
    def reminders_before(self) -> list[int]:
        """Hours before a slot begins, the longest first."""
        if self.reminder_hours.strip() == NO_HOURS:
            return []
        own = [int(hour) for hour in self.reminder_hours.split(",") if hour.strip()]
        return sorted(set(own or settings.REMINDER_HOURS), reverse=True)

    def get_absolute_url(self):
        return reverse("sessions:season", args=[self.slug])


class Stream(models.Model):
    """One of the strands of a season; told apart by a mark, a colour and its name."""

    class Mark(models.TextChoices):
        SQUARE = "square", _("square")
        CIRCLE = "circle", _("circle")
        TRIANGLE = "triangle", _("triangle")

    TRANSLATED = ("title",)

    season = models.ForeignKey(Season, models.CASCADE, related_name="streams")
    slug = models.SlugField()
    title = models.CharField(max_length=200)
    mark = models.CharField(max_length=10, choices=Mark)
    position = models.PositiveSmallIntegerField(default=0)
    translations = TranslationsField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["season", "slug"], name="one_stream_of_a_slug_in_a_season"),
        ]

    def __str__(self):
        return self.title
