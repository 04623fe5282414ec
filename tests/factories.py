"""Objects for tests: each factory gives a plausible default, a test names only what matters to it."""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

import factory
from django.contrib.auth.models import User
from django.utils import timezone
from factory.django import DjangoModelFactory

from registrations.models import (
    Answer,
    AskedQuestion,
    AttendanceInterval,
    AttendanceReport,
    AttendanceUpload,
    Delegation,
    FeedbackTicket,
    Invitation,
    Message,
    NextSeasonSubscriber,
    Participant,
    Registration,
    UploadedTable,
)
from registrations.people import search
from registrations.people.identity import fold_address, fold_name
from registrations.seats import counters
from registrations.speaker_questions.asking import digest_of
from sessions.models import Material, Occurrence, Question, Season, Session, Speaker, SpeakerQuestion, Stream
from sessions.tables import Limits


def in_letters(number) -> str:
    """A part of a name: forms refuse names with four digits in a row."""
    return "".join("ABCDEFGHIJ"[int(digit)] for digit in str(number))


class SeasonFactory(DjangoModelFactory):
    class Meta:
        model = Season

    slug = factory.Sequence(lambda n: f"season-{n}")
    title = factory.Sequence(lambda n: f"Minamata Online, Season {n}")
    timezone = "Europe/Zurich"
    starts_on = date(2030, 9, 1)
    ends_on = date(2030, 12, 15)


class StreamFactory(DjangoModelFactory):
    class Meta:
        model = Stream

    season = factory.SubFactory(SeasonFactory)
    slug = factory.Sequence(lambda n: f"stream-{n}")
    title = factory.Sequence(lambda n: f"Stream {n}")
    mark = Stream.Mark.SQUARE


class SessionFactory(DjangoModelFactory):
    """An open session without a time slot; its stream belongs to the same season."""

    class Meta:
        model = Session

    season = factory.SubFactory(SeasonFactory)
    stream = factory.SubFactory(StreamFactory, season=factory.SelfAttribute("..season"))
    slug = factory.Sequence(lambda n: f"session-{n}")
    title = factory.Sequence(lambda n: f"Session {n}")
    platform = "WebEx"


class OccurrenceFactory(DjangoModelFactory):
    """An hour on 8 October 2030 from 09:00 in Geneva (07:00 UTC), and a day later for each further one."""

    class Meta:
        model = Occurrence

    session = factory.SubFactory(SessionFactory)
    starts_at = factory.Sequence(lambda n: datetime(2030, 10, 8, 7, 0, tzinfo=UTC) + timedelta(days=n % 14))
    ends_at = factory.LazyAttribute(lambda slot: slot.starts_at + timedelta(hours=1))
    changed_at = datetime(2030, 8, 1, tzinfo=UTC)


class SpeakerFactory(DjangoModelFactory):
    class Meta:
        model = Speaker

    session = factory.SubFactory(SessionFactory)
    name = factory.Sequence(lambda n: f"Panelist {n}")


class MaterialFactory(DjangoModelFactory):
    class Meta:
        model = Material

    session = factory.SubFactory(SessionFactory)
    kind = Material.Kind.SLIDES
    title = factory.Sequence(lambda n: f"Slides {n}")


class QuestionFactory(DjangoModelFactory):
    """An optional question of a season that is answered in a line; of a session with `season=None, session=...`."""

    class Meta:
        model = Question

    season = factory.SubFactory(SeasonFactory)
    words = factory.Sequence(lambda n: f"Question {in_letters(n)}")
    position = factory.Sequence(lambda n: n)


class ParticipantFactory(DjangoModelFactory):
    """A person in Nairobi who reads English."""

    class Meta:
        model = Participant

    season = factory.SubFactory(SeasonFactory)
    name = factory.Sequence(lambda n: f"Amina Otieno {in_letters(n)}")
    name_key = factory.LazyAttribute(lambda person: fold_name(person.name))
    email = factory.Sequence(lambda n: f"amina{n}@example.net")
    mailbox = factory.LazyAttribute(lambda person: fold_address(person.email))
    organisation = ""
    search_text = factory.LazyAttribute(
        lambda person: search.text_of(name=person.name, email=person.email, organisation=person.organisation)
    )
    timezone = "Africa/Nairobi"
    consent_version = "1"
    consent_text = "I agree that you use this to organise the sessions."
    consented_at = datetime(2030, 9, 1, tzinfo=UTC)
    confirmed_at = factory.SelfAttribute("consented_at")


class RegistrationFactory(DjangoModelFactory):
    """A confirmed registration for the only slot of a session of the participant's season."""

    class Meta:
        model = Registration

    occurrence = factory.SubFactory(OccurrenceFactory)
    session = factory.SelfAttribute("occurrence.session")
    participant = factory.SubFactory(ParticipantFactory, season=factory.SelfAttribute("..session.season"))
    status = Registration.Status.CONFIRMED
    registered_at = datetime(2030, 9, 1, tzinfo=UTC)
    waiting_since = factory.LazyAttribute(
        lambda registration: (
            registration.registered_at if registration.status == Registration.Status.WAITLISTED else None
        )
    )
    revised_at = factory.SelfAttribute("registered_at")
    entry_was_mailed = factory.LazyAttribute(lambda registration: registration.status != Registration.Status.WAITLISTED)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """The number of people of the slot goes with it, as in the use cases."""
        registration = super()._create(model_class, *args, **kwargs)
        people = {"taken": int(registration.is_confirmed), "waiting": int(registration.is_waiting)}
        counters.change([registration.occurrence], **people)
        return registration


class AnswerFactory(DjangoModelFactory):
    """To a question of the participant's season."""

    class Meta:
        model = Answer

    participant = factory.SubFactory(ParticipantFactory)
    question = factory.SubFactory(QuestionFactory, season=factory.SelfAttribute("..participant.season"))
    value = "Mercury in soils"


class SpeakerQuestionFactory(DjangoModelFactory):
    """One that staff have not touched."""

    class Meta:
        model = SpeakerQuestion

    session = factory.SubFactory(SessionFactory)
    first_asked_at = factory.LazyFunction(timezone.now)


class AskedQuestionFactory(DjangoModelFactory):
    """By somebody of the season, in English and without their name."""

    class Meta:
        model = AskedQuestion

    question = factory.SubFactory(SpeakerQuestionFactory)
    participant = factory.SubFactory(
        "tests.factories.ParticipantFactory", season=factory.SelfAttribute("..question.session.season")
    )
    text = factory.Sequence(lambda n: f"What about {in_letters(n)}?")
    digest = factory.LazyAttribute(lambda asked: digest_of(asked.question.session, asked.text))
    language = "en"
    asked_at = factory.SelfAttribute("question.first_asked_at")


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


class InvitationFactory(DjangoModelFactory):
    """An invitation, without its mail, to a hidden session that has one time slot."""

    class Meta:
        model = Invitation

    session = factory.SubFactory(SessionFactory, access=Session.Access.INVITATION, is_published=False)
    name = factory.Sequence(lambda n: f"Amina Otieno {in_letters(n)}")
    name_key = factory.LazyAttribute(lambda invited: fold_name(invited.name))
    email = factory.Sequence(lambda n: f"amina{n}@ministry.example")
    mailbox = factory.LazyAttribute(lambda invited: fold_address(invited.email))
    invited_at = datetime(2030, 9, 1, tzinfo=UTC)


class NextSeasonSubscriberFactory(DjangoModelFactory):
    """A mailbox that hears of the next season."""

    class Meta:
        model = NextSeasonSubscriber

    mailbox = factory.Sequence(lambda n: f"zoe{n}@example.net")
    consent_version = "1"
    consent_text = "Tell me."
    consented_at = datetime(2030, 9, 1, tzinfo=UTC)


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


class DelegationFactory(DjangoModelFactory):
    """Typed for two people, one with an address of their own, and not signed up yet; `occurrences` are ids of slots."""

    class Meta:
        model = Delegation

    season = factory.SubFactory(SeasonFactory)
    submission = factory.Sequence(lambda n: f"form-of-delegation-{n}")
    email = factory.Sequence(lambda n: f"focal.point{n}@ministry.example")
    mailbox = factory.LazyAttribute(lambda asked: fold_address(asked.email))
    takes_part = False
    details = {
        **{"name": "Focal Point", "organisation": "", "country": "404", "stakeholder": "party", "language": "en"},
        **{"timezone": "Africa/Nairobi", "access_needs": ""},
    }
    named = [["Omar Said", ""], ["Juma Kiptoo", "juma.kiptoo@example.net"]]
    occurrences = []
    consent_version = "1"
    consent_text = "I agree."
    asked_at = factory.LazyFunction(timezone.now)


class FeedbackTicketFactory(DjangoModelFactory):
    """Somebody who said what they think of a session, on the day after it."""

    class Meta:
        model = FeedbackTicket
        exclude = ["registration"]

    registration = factory.SubFactory(RegistrationFactory)
    participant = factory.SelfAttribute("registration.participant")
    session = factory.SelfAttribute("registration.session")
    answered_on = date(2030, 10, 9)
