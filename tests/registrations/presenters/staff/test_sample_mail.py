"""The mail that staff read before they send many."""

import pytest

from registrations.models import Invitation, Participant, Registration, new_key
from registrations.presenters.staff import sample_mail
from tests.factories import InvitationFactory, MessageFactory, ParticipantFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


def keys_of(*rows) -> list[str]:
    """Of every field that holds one."""
    return [getattr(row, field.name) for row in rows for field in row._meta.fields if field.default is new_key]


def with_text(words, **about):
    head = b"To: somebody\r\nSubject: Your place\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    return MessageFactory(octets=head + words.encode(), **about)


def test_each_model_has_keys_to_hide():
    assert all(keys_of(model()) for model in (Participant, Registration, Invitation))


def test_no_key_of_a_person_their_registration_or_their_invitation_is_shown():
    registration = RegistrationFactory()
    invitation = InvitationFactory(session=registration.session, registration=registration)
    keys = keys_of(registration.participant, registration, invitation)

    mail = with_text(" ".join(keys), participant=registration.participant, registration=registration)

    assert sample_mail.read(mail).text.split() == [sample_mail.HIDDEN] * len(keys)


def test_no_key_of_somebody_invited_is_shown():
    invitation = InvitationFactory()
    keys = keys_of(invitation)

    mail = with_text(" ".join(keys), participant=None, recipient=invitation.email, invitation=invitation)

    assert sample_mail.read(mail).text.split() == [sample_mail.HIDDEN] * len(keys)


def test_mail_about_no_registration_hides_the_keys_of_the_person():
    person = ParticipantFactory()
    keys = keys_of(person)

    mail = with_text(" ".join(keys), participant=person, recipient=person.email)

    assert sample_mail.read(mail).text.split() == [sample_mail.HIDDEN] * len(keys)
