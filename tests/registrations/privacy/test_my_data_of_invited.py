"""One's own data names the mails of one's invitations, and nobody else's."""

from datetime import UTC, datetime

import pytest

from registrations.models import Message
from registrations.privacy import my_data
from tests.factories import InvitationFactory, MessageFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


def mail_of(invitation) -> Message:
    return MessageFactory(
        kind="personal_invitation", participant=None, invitation=invitation, recipient=invitation.email
    )


def test_mails_of_own_invitations_are_listed_and_not_those_of_others():
    own, others = InvitationFactory(), InvitationFactory()
    mail_of(own)
    mail_of(others)
    who = {"name": own.name, "name_key": own.name_key, "email": own.email, "mailbox": own.mailbox}
    person = ParticipantFactory(season=own.session.season, **who)

    found = my_data.of(person, now=datetime(2030, 9, 15, tzinfo=UTC))

    assert [(mail["kind"], mail["to"]) for mail in found["mails"]] == [("personal_invitation", own.email)]
