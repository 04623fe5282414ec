"""Other rows about people of a season: invitations, requests to be let in, delegations, mails to their address."""

from django.db.models import Q

from registrations.models import AdmissionRequest, Delegation, Invitation, Message
from registrations.people.identity import fold_name


def invitations_of(person):
    """To sessions of the person's season, in their name or accepted by them under a corrected one."""
    in_their_name = Q(mailbox=person.mailbox, name_key=person.name_key)
    invitations = Invitation.objects.filter(in_their_name | Q(registration__participant=person))
    return invitations.filter(session__season=person.season_id).select_related("session").order_by("invited_at", "pk")


def requests_of(person) -> list[AdmissionRequest]:
    """To be let into sessions of the person's season, in their name."""
    requests = AdmissionRequest.objects.filter(mailbox=person.mailbox, invitation__session__season=person.season_id)
    in_order = requests.select_related("invitation__session").order_by("asked_at", "pk")
    return [asked for asked in in_order if fold_name(asked.name) == person.name_key]


def delegations_of(person) -> list[Delegation]:
    """Typed in their name, and waiting for the button in their mail."""
    typed = Delegation.objects.filter(season=person.season_id, mailbox=person.mailbox).order_by("asked_at", "pk")
    return [asked for asked in typed if fold_name(asked.details["name"]) == person.name_key]


def mails_to_mailboxes(mailboxes):
    """Mails that went to a mailbox whoever is behind it, such as codes to sign in."""
    return Message.objects.filter(participant=None, invitation=None, recipient__in=list(mailboxes))
