"""The programme: seasons, their streams and sessions, and the time slots at which a session is held."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from sessions.clocks.zones import zone_names
from sessions.locks import LockableQuerySet

NO_HOURS, MOST_HOURS = "none", 720
DOORS_OPEN_BEFORE = timedelta(minutes=15)


def validate_zone(name):
    if name not in zone_names():
        raise ValidationError(_("%(name)s is not a time zone of the IANA database."), params={"name": name})


def validate_hours(text):
    hours = [hour.strip() for hour in text.split(",")]
    if hours != [NO_HOURS] and not all(hour.isdecimal() and 0 < int(hour) <= MOST_HOURS for hour in hours):
        raise ValidationError(_("Write whole hours from 1 to 720 with commas between them, for example “72, 24, 1”."))


def new_uid() -> str:
    """A calendar UID: random, in our own domain, telling nothing (RFC 5545 3.8.4.7, RFC 7986 5.3)."""
    return f"{uuid.uuid4()}@{settings.UID_DOMAIN}"


class SeasonQuerySet(LockableQuerySet):
    def published(self):
        return self.filter(is_published=True)

    def newest_first(self):
        return self.order_by("-starts_on", "-pk")

    def touch(self, pk, *, now):
        """Something that pages and feeds of the season show was changed."""
        self.filter(pk=pk).update(changed_at=now)


class Season(models.Model):
    """One run of the programme; wall times of its slots are typed and promised in `timezone`."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    timezone = models.CharField(max_length=64, default="Europe/Zurich", validators=[validate_zone])
    place = models.CharField(
        max_length=60, default="Geneva", help_text=_("What the season's clock is called on pages and in mails.")
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    introduction = models.TextField(blank=True)
    organiser = models.CharField(max_length=200, blank=True)
    is_published = models.BooleanField(_("published"), default=True)
    is_rehearsal = models.BooleanField(
        _("rehearsal"),
        default=False,
        help_text=_("Every page and mail of a rehearsal says that it is not a real season."),
    )
    note = models.TextField(blank=True, help_text=_("Shown at the end of the season's page."))
    sources = models.JSONField(default=list, blank=True)
    reminder_hours = models.CharField(
        max_length=60,
        blank=True,
        validators=[validate_hours],
        help_text=_("Hours before a time slot begins, with commas. Empty: the usual ones. “none”: no reminders."),
    )
    changed_at = models.DateTimeField(
        default=now, editable=False, help_text=_("Last change of anything that its feeds show.")
    )

    objects = SeasonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="season_ends_after_it_starts"),
        ]

    def __str__(self):
        return self.title

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

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

    season = models.ForeignKey(Season, models.CASCADE, related_name="streams")
    slug = models.SlugField()
    title = models.CharField(max_length=200)
    mark = models.CharField(max_length=10, choices=Mark)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["season", "slug"], name="one_stream_of_a_slug_in_a_season"),
        ]

    def __str__(self):
        return self.title


class SessionQuerySet(LockableQuerySet):
    def published(self):
        return self.filter(is_published=True, season__is_published=True)

    def open_to_all(self):
        return self.filter(access=Session.Access.OPEN)


class Session(models.Model):
    """A topic, and what people register for; it is held at one time slot or at several."""

    class Access(models.TextChoices):
        OPEN = "open", _("open to all")
        INVITATION = "invitation", _("by invitation only")

    season = models.ForeignKey(Season, models.CASCADE, related_name="sessions")
    stream = models.ForeignKey(Stream, models.RESTRICT, related_name="sessions")
    slug = models.SlugField(max_length=100)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    access = models.CharField(max_length=10, choices=Access, default=Access.OPEN)
    is_published = models.BooleanField(_("published"), default=True)
    platform = models.CharField(max_length=60, blank=True)
    languages = models.CharField(
        max_length=60, default="en", help_text=_("Language codes, separated by commas: en, fr, es, ru, ar, zh.")
    )
    partners = models.TextField(blank=True, help_text=_("One partner per line."))
    expect_afterwards = models.TextField(
        blank=True, help_text=_("What people may expect after the session. Empty: the season's usual sentence.")
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
    announced_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("When those who had asked were told that something is published."),
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["season", "slug"], name="one_session_of_a_slug_in_a_season"),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        if self.stream_id and self.season_id and self.stream.season_id != self.season_id:
            raise ValidationError({"stream": _("This stream belongs to another season.")})

    @property
    def is_by_invitation(self) -> bool:
        return self.access == self.Access.INVITATION

    @property
    def is_public(self) -> bool:
        """Whether everybody can open its page; for a session that comes with its season."""
        return self.is_published and self.season.is_published

    def get_absolute_url(self):
        return reverse("sessions:session", args=[self.season.slug, self.slug])

    @property
    def absolute_url(self) -> str:
        """The page's full address, for calendars and mails."""
        return settings.SITE_URL + self.get_absolute_url()


class OccurrenceQuerySet(LockableQuerySet):
    def in_order(self):
        return self.order_by("starts_at", "pk")

    def upcoming(self, now):
        """Not over yet and not called off."""
        return self.filter(ends_at__gt=now, called_off_at=None)

    def overlapping(self, starts_at, ends_at):
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at, called_off_at=None)


class Occurrence(models.Model):
    """One time slot of a session. `sequence` and `changed_at` describe the public calendar entry with this `uid`."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="occurrences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveIntegerField(null=True, blank=True, help_text=_("Empty: no limit."))
    meeting_url = models.URLField(
        _("meeting address"),
        max_length=1000,
        blank=True,
        help_text=_("Shown only on the personal join page of confirmed people, in its time window."),
    )
    called_off_at = models.DateTimeField(null=True, blank=True)
    attendance = models.PositiveIntegerField(null=True, blank=True)
    taken = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("How many people are confirmed. Changed with their registrations only.")
    )
    waiting = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("How many people wait. Changed with their registrations only.")
    )
    uid = models.CharField(max_length=120, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(
        editable=False, help_text=_("Last change of time or status; DTSTAMP and LAST-MODIFIED of the public entry.")
    )

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("time slot")
        verbose_name_plural = _("time slots")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_it_starts"),
            models.UniqueConstraint(fields=["session", "starts_at"], name="one_slot_of_a_session_at_a_time"),
        ]
        indexes = [models.Index(fields=["starts_at"], name="slot_by_start")]

    def __str__(self):
        local = self.starts_at.astimezone(self.session.season.zone)
        return f"{self.session.title}, {local:%Y-%m-%d %H:%M}"

    @property
    def is_called_off(self) -> bool:
        return self.called_off_at is not None

    @property
    def doors_open_at(self) -> datetime:
        """From when on its people come into the meeting."""
        return self.starts_at - DOORS_OPEN_BEFORE

    def is_over(self, now) -> bool:
        return self.ends_at <= now


class Speaker(models.Model):
    """A person on the panel of one session."""

    class Part(models.TextChoices):
        PANELIST = "panelist", _("Panel")
        MODERATOR = "moderator", _("Moderator")
        SPEAKER = "speaker", _("Speaker")

    session = models.ForeignKey(Session, models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=300, blank=True)
    affiliation = models.CharField(max_length=300, blank=True)
    part = models.CharField(max_length=10, choices=Part, default=Part.PANELIST)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


def place_of_file(material, filename) -> str:
    session = material.session
    return f"{session.season.slug}/{session.slug}/{filename}"


class Material(models.Model):
    """Something published after a session: a link, or a file of our own of `size` octets.

    Without either it is known to exist but its address is not.
    """

    class Kind(models.TextChoices):
        RECORDING = "recording", _("Recording")
        SLIDES = "slides", _("Slides")
        QUESTIONS = "questions", _("Questions and answers")
        DOCUMENT = "document", _("Document")

    session = models.ForeignKey(Session, models.CASCADE, related_name="materials")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=1000, blank=True)
    file = models.FileField(upload_to=place_of_file, max_length=300, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True, help_text=_("In octets."))
    language = models.CharField(max_length=10, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(url="") | Q(file=""), name="material_is_a_link_or_a_file"),
        ]

    def __str__(self):
        return self.title
