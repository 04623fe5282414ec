"""The pages on which people see, take along and erase what is stored about them."""

from django.urls import reverse

from registrations.accounts.owners import owner_of
from registrations.models import AdmissionRequest, ClearedSuspect
from tests.factories import (
    AskedQuestionFactory,
    AttendanceIntervalFactory,
    FeedbackTicketFactory,
    InvitationFactory,
    MessageFactory,
    NextSeasonSubscriberFactory,
    OccurrenceFactory,
    ParticipantFactory,
    RegistrationFactory,
)
from tests.support.registrations.certificates import certify
from tests.support.registrations.signing_up import NOW


def address(name, person):
    return reverse(f"registrations:{name}", args=[person.key])


def person_with_everything():
    """With one of everything that may be stored."""
    found = ParticipantFactory(
        name="Amina Otieno",
        email="amina@example.org",
        organisation="Ministry of Mercury",
        country="404",
        stakeholder="party",
        access_needs="Captions\nplease",
        named_by=ParticipantFactory(name="Focal Point"),
    )
    registration = RegistrationFactory(participant=found, occurrence=OccurrenceFactory(session__season=found.season))
    AttendanceIntervalFactory(registration=registration)
    certify(registration)
    FeedbackTicketFactory(registration=registration)
    MessageFactory(participant=found, registration=registration, subject="Your seat", status="sent", sent_at=NOW)
    MessageFactory(participant=found, kind="reminder", subject="", status="dropped", recipient="", emptied_at=NOW)
    MessageFactory(participant=None, recipient=found.mailbox, kind="sign_in_code", subject="A code", status="sent")
    invited = InvitationFactory(session__season=found.season, name=found.name, email=found.email, opened_at=NOW)
    who = {"name": "amina otieno", "email": found.email, "mailbox": found.mailbox, "words": "Let me in, please"}
    AdmissionRequest.objects.create(invitation=InvitationFactory(session=invited.session), asked_at=NOW, **who)
    AskedQuestionFactory(participant=found, question__session=registration.session)
    ClearedSuspect.objects.create(participant=found, likeness="client", cleared_at=NOW)
    owner_of(found.mailbox)
    NextSeasonSubscriberFactory(mailbox=found.mailbox)
    return found
