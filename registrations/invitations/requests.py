"""Strangers with a forwarded invitation ask to be let in, and staff answer."""

from django.db import transaction

from registrations import audit
from registrations.invitations.guest_list import Guest
from registrations.invitations.inviting import invite_one
from registrations.models import AdmissionRequest, Invitation
from registrations.people.identity import fold_address
from sessions.models import Session

# More people than this do not come by one forwarded mail: the rest is noise, and is not stored.
REQUESTS_OF_AN_INVITATION = 50


class AnsweredAlready(Exception):
    """Somebody else was faster."""


@transaction.atomic
def ask(*, invitation_id, name, email, organisation, words, now):
    """Store what a stranger asks for: once for a mailbox and an invitation, and only while the invitation is valid.

    The same whatever is known of the address, so that the answer tells nothing.
    """
    invitation = Invitation.objects.valid().locked().filter(pk=invitation_id).first()
    if invitation is None or invitation.admission_requests.count() >= REQUESTS_OF_AN_INVITATION:
        return
    described = {"name": name, "email": email, "organisation": organisation, "words": words, "asked_at": now}
    AdmissionRequest.objects.get_or_create(invitation=invitation, mailbox=fold_address(email), defaults=described)


@transaction.atomic
def answer(*, request_id, granted, by, now) -> Invitation | None:
    """Grant it, which invites the person by a mail that leaves at once, or refuse it, of which nobody hears.

    Locks the session, then the request. Raises AnsweredAlready, inviting.NotByInvitation or inviting.NothingAhead,
    and then the request stays open.
    """
    list(Session.objects.filter(invitations__admission_requests=request_id).locked().values_list("pk"))
    asked = AdmissionRequest.objects.locked().select_related("invitation").get(pk=request_id)
    if asked.answered_at:
        raise AnsweredAlready
    asked.answered_at, asked.is_granted = now, granted
    asked.save(update_fields=["answered_at", "is_granted"])
    if not granted:
        audit.record("request-refused", asked, by=by)
        return None
    guest = Guest(asked.name, asked.email, asked.organisation, asked.invitation.language)
    return invite_one(session_id=asked.invitation.session_id, guest=guest, by=by, now=now)
