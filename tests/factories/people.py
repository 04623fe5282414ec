"""People and what they do."""

from datetime import UTC, date, datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from registrations.models import (
    Answer,
    AskedQuestion,
    Delegation,
    FeedbackTicket,
    Invitation,
    NextSeasonSubscriber,
    Participant,
    Registration,
)
from registrations.people import search
from registrations.people.identity import fold_address, fold_name
from registrations.seats import counters
from registrations.speaker_questions.asking import digest_of
from sessions.models import Session, SpeakerQuestion
from tests.factories.programme import OccurrenceFactory, QuestionFactory, SeasonFactory, SessionFactory, in_letters


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
