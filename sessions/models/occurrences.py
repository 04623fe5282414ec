"""Time slots, at which a session is held."""

import uuid
from copy import copy
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sessions.clocks import dates
from sessions.locks import LockableQuerySet
from sessions.models.languages import validate_codes
from sessions.models.parts import PartsField, PlaceOfPart, alone
from sessions.models.sessions import Session
from sessions.reference.languages import codes_in
from sessions.slot_states import DOORS_OPEN_BEFORE

LONGEST_REASON = 300


def new_uid() -> str:
    """A calendar UID: random, in our own domain, telling nothing (RFC 5545 3.8.4.7, RFC 7986 5.3)."""
    return f"{uuid.uuid4()}@{settings.UID_DOMAIN}"


class OccurrenceQuerySet(LockableQuerySet):
    def in_order(self):
        return self.order_by("starts_at", "pk")

    def upcoming(self, now):
        """Not over yet and not called off."""
        return self.filter(ends_at__gt=now, called_off_at=None)

    def overlapping(self, starts_at, ends_at):
        """Those held at these times; also, of one in parts, between them: see `Occurrence.is_held_at`."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at, called_off_at=None)

    def in_the_way_of(self, session, *times, besides=None):
        """The first slot of this session that forbids these times, or None; a called-off one forbids its start only.

        `session` may be an id; `times` are pairs of a start and an end; `besides` is the id of the slot that is to get
        them.
        """
        first, last = min(start for start, _end in times), max(end for _start, end in times)
        slots = self.filter(session=session).exclude(pk=besides)
        found = (slots.overlapping(first, last) | slots.filter(starts_at=first)).in_order()
        return next((slot for slot in found if slot.starts_at == first or slot.is_held_at(*times)), None)


class Occurrence(models.Model):
    """One time slot of a session. `sequence` and `changed_at` describe the public calendar entry with this `uid`.

    One that is held in `parts` starts with the first and ends with the last of those that are held; without parts it
    is one stretch of time.
    """

    # Of a copy made by `at`: which part of the slot it is.
    part: PlaceOfPart | None = None

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
    meeting_phone = models.TextField(
        _("telephone of the meeting"),
        max_length=1000,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "Numbers and access code, for people who cannot get in otherwise. Shown to those who see the address."
        ),
    )
    languages = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        validators=[validate_codes],
        help_text=_("Language codes, separated by commas, where it is held in others than its session says."),
    )
    interpretation = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        validators=[validate_codes],
        help_text=_("Codes of the languages into which it is interpreted, separated by commas."),
    )
    typed_start = models.CharField(
        max_length=16,
        blank=True,
        db_default="",
        editable=False,
        help_text=_("On the clock of `typed_zone`."),
    )
    typed_end = models.CharField(max_length=16, blank=True, db_default="", editable=False)
    typed_zone = models.CharField(
        max_length=64,
        blank=True,
        db_default="",
        editable=False,
        help_text=_("The clock on which staff typed the times: its rules may change afterwards."),
    )
    parts = PartsField()
    # By number of the part, in text; of those that have another address than the slot.
    part_urls = models.JSONField(
        _("meeting addresses of the parts"), blank=True, default=dict, db_default={}, editable=False
    )
    called_off_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(
        max_length=LONGEST_REASON,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text=_("Why it was moved, called off or is held after all, as people read it."),
    )
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
        """Mercury in air, Thu 8 Oct 2030, 09:00 (Geneva): in English, also where it is stored."""
        season = self.session.season
        local = self.starts_at.astimezone(season.zone)
        day = dates.short_day_with_year(local, dates.ENGLISH)
        return f"{self.session.title}, {day}, {dates.time(local)} ({season.place})"

    @property
    def is_called_off(self) -> bool:
        return self.called_off_at is not None

    @property
    def spoken(self) -> list[str]:
        """Codes of the languages in which it is held; reads its session unless it has its own."""
        return codes_in(self.languages or self.session.languages)

    @property
    def doors_open_at(self) -> datetime:
        """From when on its people come into the meeting."""
        return self.starts_at - DOORS_OPEN_BEFORE

    @property
    def last_starts_at(self) -> datetime:
        """When the last of its parts begins: until then somebody who gets a place has something to come to."""
        held = [part.starts_at for part in self.parts if not part.is_called_off]
        return max(held, default=self.starts_at)

    def is_over(self, now) -> bool:
        return self.ends_at <= now

    @property
    def stretches(self) -> list["Occurrence"]:
        """The slot itself, or a copy for each of its parts, for reading only."""
        return [self.at(part) for part in self.parts] if self.parts else [self]

    @property
    def held_stretches(self) -> list["Occurrence"]:
        return [stretch for stretch in self.stretches if not stretch.is_called_off]

    def at(self, part) -> "Occurrence":
        """A copy that has the times of this part, and is nothing but this part.

        One that is no part of the slot any more has the place that its number says.
        """
        stretch = copy(self)
        stretch.starts_at, stretch.ends_at, stretch.parts = part.starts_at, part.ends_at, ()
        numbers = [each.number for each in self.parts]
        position = numbers.index(part.number) + 1 if part.number in numbers else part.number
        stretch.part = PlaceOfPart(part.number, position, max(len(numbers), position))
        stretch.typed_start, stretch.typed_end = part.typed_start, part.typed_end
        if part.is_called_off:
            stretch.called_off_at = self.called_off_at or self.changed_at
        return stretch

    def current(self, now) -> "Occurrence":
        """What people come to at this moment or next; of a slot that is over its last part."""
        if not self.parts:
            return self
        held = self.held_stretches or self.stretches
        return next((stretch for stretch in held if not stretch.is_over(now)), held[-1])

    @property
    def meeting_address(self) -> str:
        """Of a part its own, if it has one."""
        return (self.part and self.part_urls.get(str(self.part.number))) or self.meeting_url

    def stretches_without_address(self, now) -> list["Occurrence"]:
        """What is still to be held of it and has no meeting address."""
        to_come = [stretch for stretch in self.held_stretches if not stretch.is_over(now)]
        return [stretch for stretch in to_come if not stretch.meeting_address]

    def stretch_at(self, starts_at) -> "Occurrence":
        """The part that is held from this moment on; the slot itself where there is none, or no parts."""
        return next((each for each in self.held_stretches if each.starts_at == starts_at), self)

    def is_held_at(self, *times) -> bool:
        """Whether any part of it overlaps with one of these pairs of a start and an end."""
        held = [part for part in alone(self) if not part.is_called_off]
        return any(part.overlaps(*between) for part in held for between in times)
