"""A person in a time slot of a session: confirmed, waiting or cancelled."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from registrations.models.attendance_reports import AttendanceReport
from registrations.models.keys import new_key
from registrations.models.people import Participant
from registrations.models.seat_removals import SeatRemoval
from sessions.locks import LockableQuerySet
from sessions.models import Occurrence, PartsField, Session, new_uid


def came(registrations="") -> Q:
    """Who came: by the reports of the meeting platform, and by the click on “join” where their slot has no report.

    `registrations` leads to them from another row, such as "registrations__".
    """
    reported = AttendanceReport.objects.in_force().values("occurrence")
    by_click = Q(**{f"{registrations}joined_at__isnull": False})
    has_report = Q(**{f"{registrations}occurrence__in": reported})
    return Q(**{f"{registrations}attended_seconds__gt": 0}) | (by_click & ~has_report)


class RegistrationQuerySet(LockableQuerySet):
    def active(self):
        return self.filter(status__in=Registration.ACTIVE)

    def confirmed(self):
        return self.filter(status=Registration.Status.CONFIRMED)

    def came(self):
        return self.filter(came())

    def with_came(self):
        """Each with `has_come`."""
        return self.annotate(has_come=models.Case(models.When(came(), then=True), default=False))

    def absent(self):
        return self.exclude(came())

    def of_confirmed_people(self):
        """Without people whom somebody else named and who have not said yes: they count in no statistics."""
        return self.filter(participant__confirmed_at__isnull=False)

    def unprepared(self):
        """Active ones whose mail about a change of their slot is yet to be prepared."""
        return self.active().filter(unprepared_since__isnull=False)

    def lacking_entries(self):
        """Confirmed ones whose people want calendar entries by mail, and have none of these."""
        wants = {"participant__calendar_entries": Participant.CalendarEntries.MAIL}
        return self.confirmed().of_confirmed_people().filter(entry_was_mailed=False, **wants)

    def reword(self, *, now):
        """Their calendar entries have other words: each gets a new SEQUENCE. Locks them.

        Mails that wait take it along when they leave. Google keeps the old words while it stays (RFC 5545 3.8.7.4).
        """
        list(self.locked().values_list("pk"))
        self.update(sequence=models.F("sequence") + 1, revised_at=now)

    def total_sequence(self) -> int:
        """Higher after a change of any of them."""
        return self.aggregate(total=models.Sum("sequence", default=0))["total"]

    def waiting(self):
        waitlisted = self.filter(status=Registration.Status.WAITLISTED)
        return waitlisted.order_by("waiting_since", "pk")

    def cancelled(self):
        return self.filter(status=Registration.Status.CANCELLED)

    def in_states(self, states):
        """In one of these; a cancelled one only if its person has not come back to the session."""
        again = Registration.objects.active().filter(participant=OuterRef("participant"), session=OuterRef("session"))
        came_back = Q(Exists(again), status=Registration.Status.CANCELLED)
        return self.filter(status__in=states).exclude(came_back)

    def standing(self):
        """For figures: none of which staff found that nobody stands behind it who does not count already."""
        settled = SeatRemoval.objects.filter(reason__in=SeatRemoval.NOBODY_ELSE)
        return self.filter(Q(removal=None) | ~Q(removal__in=settled.values("pk")))

    def barring(self):
        """Whose people may not take a place in the session again by themselves."""
        return self.filter(is_barred=True)


class Registration(models.Model):
    """A participant's claim on a session, from sign-up to cancelling; the time slot is an attribute that can change.

    Coming back after cancelling makes a new row, and so a new calendar UID and a new join address.
    `sequence` and `revised_at` describe the personal calendar entry with this `uid` (RFC 5545 3.8.7.4).
    """

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        WAITLISTED = "waitlisted", _("on the waiting list")
        CANCELLED = "cancelled", _("cancelled")

    ACTIVE = [Status.CONFIRMED, Status.WAITLISTED]

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="registrations")
    session = models.ForeignKey(Session, models.PROTECT, related_name="registrations")
    occurrence = models.ForeignKey(
        Occurrence,
        models.PROTECT,
        related_name="registrations",
        verbose_name=_("time slot"),
        # The index on slot and status serves as well.
        db_index=False,
    )
    status = models.CharField(max_length=10, choices=Status)
    registered_at = models.DateTimeField()
    waiting_since = models.DateTimeField(
        null=True, blank=True, help_text=_("When the person joined the waiting list of this time slot.")
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True, help_text=_("First click on the meeting's button."))
    uid = models.CharField(max_length=120, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    revised_at = models.DateTimeField(editable=False)
    unprepared_since = models.PositiveIntegerField(
        null=True,
        editable=False,
        help_text=_("SEQUENCE of the time slot after the first of its changes of which no mail is prepared yet."),
    )
    entry_was_mailed = models.BooleanField(
        default=False, editable=False, help_text=_("Its mails carry the calendar entry.")
    )
    told_parts = PartsField(
        help_text=_("The parts of the time slot that our mails have put into the calendar, as they are there.")
    )
    join_key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    submission = models.CharField(
        max_length=40,
        blank=True,
        db_index=True,
        editable=False,
        help_text=_("Key of the form that was sent, so that sending it again changes nothing."),
    )

    client_digest = models.CharField(
        max_length=32,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text=_("Where the form came from, as a keyed hash that is kept for a day."),
    )
    is_by_telephone = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text=_("Staff entered it for the person; its first mail says so."),
    )
    removal = models.ForeignKey(
        SeatRemoval,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="registrations",
        help_text=_("By which staff took the place away."),
    )
    is_barred = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text=_("The person may not take a place in this session again by themselves."),
    )

    attended_seconds = models.PositiveIntegerField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("In the meetings of the session, by the reports of the platform; empty where there is none."),
    )

    # Set by who composes a mail to somebody who has had none about it: that mail has to say all.
    lacks_first_mail = False
    # Set by who loads it for the pages of its person: whether they have asked the speakers of the session something.
    has_asked = False

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "session"],
                condition=Q(status__in=["confirmed", "waitlisted"]),
                name="one_active_registration_each",
            ),
            models.CheckConstraint(
                condition=~Q(status="waitlisted") | Q(waiting_since__isnull=False),
                name="who_waits_has_a_place_in_the_list",
            ),
        ]
        indexes = [
            models.Index(fields=["occurrence", "status"], name="registration_by_slot"),
            models.Index(
                fields=["occurrence", "waiting_since", "id"],
                condition=Q(status="waitlisted"),
                name="registration_by_place_in_list",
            ),
            models.Index(fields=["-registered_at", "-id"], name="registration_newest_first"),
            models.Index(fields=["registered_at"], condition=~Q(client_digest=""), name="registration_with_client"),
            models.Index(fields=["session"], condition=Q(is_barred=True), name="registration_barring"),
        ]

    def __str__(self):
        return f"{self.participant}: {self.session}"

    @property
    def is_being_prepared(self) -> bool:
        """Whether a mail about a change of the time slot is not in the outbox yet."""
        return self.unprepared_since is not None and self.status in self.ACTIVE

    @property
    def is_confirmed(self) -> bool:
        return self.status == self.Status.CONFIRMED

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITLISTED

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    def can_join(self, now) -> bool:
        """Whether its person comes into the meeting at this moment; loaded with its slot."""
        slot = self.occurrence.current(now)
        return self.is_confirmed and slot.doors_open_at <= now < slot.ends_at and not slot.is_called_off
