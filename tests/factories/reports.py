"""Mails, uploaded tables, and reports of meetings."""

from dataclasses import asdict

import factory
from django.contrib.auth.models import User
from django.utils import timezone
from factory.django import DjangoModelFactory

from registrations.models import (
    AttendanceInterval,
    AttendanceReport,
    AttendanceUpload,
    Message,
    UploadedTable,
)
from sessions.models import Session
from sessions.tables import Limits
from tests.factories.people import ParticipantFactory, RegistrationFactory
from tests.factories.programme import OccurrenceFactory, SessionFactory


class AttendanceReportFactory(DjangoModelFactory):
    """A file about a slot that counts."""

    class Meta:
        model = AttendanceReport

    occurrence = factory.SubFactory(OccurrenceFactory)
    layout, zone, day_first, rows = "webex", "Europe/Zurich", True, 1
    file_name = "report.csv"
    sha256 = factory.Sequence(lambda number: f"{number:064}")
    imported_at = factory.LazyFunction(timezone.now)


class AttendanceIntervalFactory(DjangoModelFactory):
    """Somebody who is registered was there for the whole slot."""

    class Meta:
        model = AttendanceInterval

    registration = factory.SubFactory(RegistrationFactory)
    report = factory.SubFactory(AttendanceReportFactory, occurrence=factory.SelfAttribute("..registration.occurrence"))
    name = factory.LazyAttribute(lambda interval: interval.registration.participant.name)
    email = factory.LazyAttribute(lambda interval: interval.registration.participant.email)
    part, decision = "attendee", "automatic"
    joined_at = factory.LazyAttribute(lambda interval: interval.report.occurrence.starts_at)
    left_at = factory.LazyAttribute(lambda interval: interval.report.occurrence.ends_at)


class AttendanceUploadFactory(DjangoModelFactory):
    """A report that a member of the staff has uploaded and that does not count yet."""

    class Meta:
        model = AttendanceUpload

    occurrence = factory.SubFactory(OccurrenceFactory)
    uploaded_by = factory.LazyFunction(lambda: User.objects.create_superuser("reader"))
    uploaded_at = factory.LazyFunction(timezone.now)
    name = "report.csv"
    octets = b"Name;Email;Join time;Leave time\nAmina;amina@example.org;17/9/2030 15:00;17/9/2030 16:00"
    sha256 = factory.Sequence(lambda number: f"{number:064}")
    said = factory.LazyFunction(lambda: {"zone": "Europe/Zurich"})


class UploadedTableFactory(DjangoModelFactory):
    """A file of guests that a member of the staff has uploaded, and that nobody has read yet."""

    class Meta:
        model = UploadedTable

    session = factory.SubFactory(SessionFactory, access=Session.Access.INVITATION, is_published=False)
    uploaded_by = factory.LazyFunction(lambda: User.objects.create_superuser("uploader"))
    uploaded_at = asked_at = factory.LazyFunction(timezone.now)
    name = "guests.csv"
    octets = b"Name;E-mail\nAmina Otieno;amina@ministry.example"
    limits = factory.LazyFunction(lambda: asdict(Limits(rows=1000)))


class MessageFactory(DjangoModelFactory):
    """A small mail that is due now."""

    class Meta:
        model = Message

    kind = "confirmation"
    dedupe_key = factory.Sequence(lambda n: f"confirmation:{n}")
    participant = factory.SubFactory(ParticipantFactory)
    recipient = factory.SelfAttribute("participant.email")
    subject = "Your registration"
    message_id = factory.Sequence(lambda n: f"<mail-{n}@minamata.test>")
    octets = factory.LazyAttribute(
        lambda mail: (
            f"From: Minamata Online <events@minamata.test>\r\nTo: {mail.recipient}\r\nSubject: {mail.subject}\r\n"
            f"Message-ID: {mail.message_id}\r\n\r\nGood day.\r\n"
        ).encode()
    )
    queued_at = factory.LazyFunction(timezone.now)
    due_at = factory.SelfAttribute("queued_at")

    @classmethod
    def _generate(cls, strategy, params):
        """To its person, and to no other address of theirs: such a mail would not leave."""
        if params.get("registration"):
            params = {"participant": params["registration"].participant} | params
        elif params.get("recipient") and "participant" not in params:
            params = {"participant__email": params["recipient"]} | params
        return super()._generate(strategy, params)
