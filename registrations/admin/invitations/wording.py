"""What became of invitations, in words for the staff."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.invitations.states import InvitationState
from sessions.clocks import dates
from sessions.clocks.dates import number

STATES = {
    InvitationState.QUEUED: gettext_lazy("mail waits"),
    InvitationState.SENT: gettext_lazy("mail sent"),
    InvitationState.FAILED: gettext_lazy("mail failed"),
    InvitationState.NOT_SENT: gettext_lazy("mail not sent"),
    InvitationState.OPENED: gettext_lazy("opened"),
    InvitationState.ACCEPTED: gettext_lazy("accepted"),
    InvitationState.WAITING: gettext_lazy("accepted, on the waiting list"),
    InvitationState.CANCELLED: gettext_lazy("accepted, cancelled later"),
    InvitationState.DECLINED: gettext_lazy("declined"),
    InvitationState.WITHDRAWN: gettext_lazy("withdrawn"),
}


def withdrawn(people) -> str:
    text = ngettext("%(number)s invitation is withdrawn.", "%(number)s invitations are withdrawn.", people)
    return text % {"number": number(people)}


def kept(invitations) -> str:
    """Who is left in after an import was undone."""
    if not invitations:
        return ""
    names = dates.listed(invitation.name for invitation in invitations)
    return _("Not withdrawn, because they have accepted: %(names)s. Withdraw them one by one.") % {"names": names}
