"""What the tests of invitations share: hidden sessions, guests, and a short way to accept."""

from registrations.enrolment.applicant import Applicant
from registrations.invitations import inviting, responding
from registrations.invitations.guest_list import Guest
from sessions.models import Session
from tests.factories import OccurrenceFactory
from tests.support.registrations.signing_up import CONSENT, NOW, details


def hidden_slot(**more):
    """A slot of a session by invitation that no public page shows."""
    return OccurrenceFactory(session__access=Session.Access.INVITATION, session__is_published=False, **more)


def invite(session, *names, now=NOW, by=None):
    people = [guest(name) for name in names or ["Amina Otieno"]]
    return inviting.invite(session_id=session.pk, people=people, source="pasted", by=by, now=now)


def guest(name="Amina Otieno", **more):
    return Guest(name, f"{name.split()[0].lower()}@ministry.example", **more)


def accept(invitation, slot, *, now=NOW, waits=False, **changes):
    return responding.accept(
        invitation_id=invitation.pk,
        applicant=Applicant(invitation.email, details(changes.pop("name", invitation.name), **changes), CONSENT),
        occurrence_id=slot.pk,
        now=now,
        waits=waits,
    )


def page_of(invited, more="") -> str:
    return f"/invitation/{invited.key}/{more}"
