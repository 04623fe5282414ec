"""What became of an invitation: of its mail, and of the person's answer."""

from enum import StrEnum

from django.db.models import Case, Exists, F, OuterRef, Value, When
from django.db.models.functions import Coalesce

from registrations.models import Message, Registration


class InvitationState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    NOT_SENT = "not-sent"
    OPENED = "opened"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


def with_state(invitations):
    """The queryset annotated with `state`, an InvitationState, and `state_since`, the moment of the last step."""
    mails = Message.objects.filter(invitation=OuterRef("pk"))
    of_person = Registration.objects.filter(pk=OuterRef("registration"))
    answers = (
        (InvitationState.WITHDRAWN, {"withdrawn_at__isnull": False}),
        (InvitationState.DECLINED, {"declined_at__isnull": False}),
        (InvitationState.CANCELLED, Exists(of_person.cancelled())),
        (InvitationState.WAITING, Exists(of_person.waiting())),
        (InvitationState.ACCEPTED, {"accepted_at__isnull": False}),
        (InvitationState.OPENED, {"opened_at__isnull": False}),
        (InvitationState.SENT, Exists(mails.filter(sent_at__isnull=False))),
        (InvitationState.FAILED, Exists(mails.failed())),
        (InvitationState.QUEUED, Exists(mails.unsent())),
    )
    state = Case(
        *(_when(state, condition) for state, condition in answers), default=Value(str(InvitationState.NOT_SENT))
    )
    since = Coalesce(
        "withdrawn_at", "declined_at", F("registration__cancelled_at"), "accepted_at", "opened_at", "invited_at"
    )
    return invitations.annotate(state=state, state_since=since)


def _when(state, condition) -> When:
    then = Value(str(state))
    return When(**condition, then=then) if isinstance(condition, dict) else When(condition, then=then)
