"""What stored values are called on the page of one's own data; staff read other words for some of them."""

from django.utils.translation import gettext_lazy as _

from registrations.models import AttendanceInterval, Mailbox, Registration, SeatRemoval

STATES = {
    Registration.Status.CONFIRMED: _("Registered."),
    Registration.Status.WAITLISTED: _("On the waiting list."),
    Registration.Status.CANCELLED: _("Cancelled."),
}
MAIL_STATES = {
    "queued": _("waits to be sent"),
    "sending": _("is being sent"),
    "failed": _("could not be sent"),
    "included": _("is in a mail about several sessions"),
    "dropped": _("was not sent, because it was not needed any more"),
}
MAILBOX_STATES = {
    Mailbox.State.SOFT: _("Your mailbox takes no mail at present."),
    Mailbox.State.BAD: _("Your mailbox takes no mail."),
    Mailbox.State.REFUSED: _("Your mail server refuses our mail."),
    Mailbox.State.UNREAD: _("A mail came back, and we cannot tell why."),
}
REMOVAL_REASONS = {
    SeatRemoval.Reason.FAKE: _("We could not find that a person stands behind this registration."),
    SeatRemoval.Reason.TWICE: _("You are registered twice, and keep one place."),
    SeatRemoval.Reason.ASKED: _("You asked us to do it."),
    SeatRemoval.Reason.FOR_OTHERS: _("This session is meant for other people."),
    SeatRemoval.Reason.OTHER: _("Another reason."),
}
# As a meeting platform reported it, and how we know that it was this person.
PARTS = {
    AttendanceInterval.Part.ATTENDEE: _("in the audience"),
    AttendanceInterval.Part.PANEL: _("on the panel"),
    AttendanceInterval.Part.HOST: _("as the host"),
    AttendanceInterval.Part.TELEPHONE: _("by telephone"),
}
DECISIONS = {
    AttendanceInterval.Decision.AUTOMATIC: _("recognised by the e-mail address"),
    AttendanceInterval.Decision.STAFF: _("recognised by the Secretariat"),
    AttendanceInterval.Decision.LEFT_OPEN: _("not recognised"),
}
