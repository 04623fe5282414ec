"""What stored values are called on the page of one's own data; staff read other words for some of them."""

from django.utils.translation import gettext_lazy as _

from registrations.models import AttendanceInterval, Mailbox, Registration, SeatRemoval, not_sent

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
MOVED, OTHER_ADDRESS = _("the time had changed"), _("you had another address by then")
CANCELLED, TAKEN_BACK = _("you had cancelled, or the time slot was called off"), _("the Secretariat took it back")
LATER_MAIL = _("a later mail said this and more")
# Behind “was not sent, because it was not needed any more”; mails to colleagues are about nobody's registration.
NOT_SENT = {
    not_sent.ADDRESS_CORRECTED: OTHER_ADDRESS,
    not_sent.ANNOUNCEMENT_TAKEN_BACK: TAKEN_BACK,
    not_sent.ANSWERED: _("you had answered the invitation"),
    not_sent.BEGUN: _("the session had begun"),
    not_sent.CALLED_OFF: CANCELLED,
    not_sent.CANCELLED: CANCELLED,
    not_sent.CANCELLED_OR_CALLED_OFF: CANCELLED,
    not_sent.CIRCULAR_TAKEN_BACK: TAKEN_BACK,
    not_sent.CLOSED: _("nobody could sign up any more"),
    not_sent.ENTRY_IS_RIGHT: _("your calendar had it right already"),
    not_sent.ERASED: _("your details were erased"),
    not_sent.EXPIRED: _("it was too late for it"),
    not_sent.INVITATION_WITHDRAWN: _("the invitation was withdrawn"),
    not_sent.MOVED: MOVED,
    not_sent.MOVE_TAKEN_BACK: TAKEN_BACK,
    not_sent.NOBODY_REGISTERED: _("nobody was registered under this address"),
    not_sent.NOTHING_TO_OPEN: _("there was nothing to open any more"),
    not_sent.NOT_CHOSEN: _("it was for other people, or you did not want such mails any more"),
    not_sent.NOT_CONFIRMED: _("you had not confirmed that you take part"),
    not_sent.NOT_WANTED: _("you did not want such mails any more"),
    not_sent.NO_CERTIFICATE: _("the certificate was withdrawn or replaced"),
    not_sent.OTHER_ADDRESS: OTHER_ADDRESS,
    not_sent.OTHER_TIMES: MOVED,
    not_sent.OVERTAKEN: LATER_MAIL,
    not_sent.OVER_OR_CALLED_OFF: _("the session was over or called off"),
    not_sent.PLACE_GIVEN_BACK: TAKEN_BACK,
    not_sent.PLACE_TAKEN_AWAY: _("your place was taken away"),
    not_sent.REGISTERED_ALREADY: _("you were registered already"),
    not_sent.SUPERSEDED: LATER_MAIL,
    not_sent.TAKEN_BACK: TAKEN_BACK,
}
