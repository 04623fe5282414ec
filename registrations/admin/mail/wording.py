"""What the kinds of mails are called, also while they have no subject yet."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import in_utc

KINDS = {
    "confirmation": _("confirmation"),
    "summary": _("summary of a sign-up"),
    "please_confirm": _("question whether to sign up a delegation"),
    "delegation": _("summary of a delegation"),
    "named": _("question to somebody named by a focal point"),
    "invitation": _("invitation"),
    "decline_question": _("question whether to decline an invitation"),
    "personal_invitation": _("personal invitation to a session"),
    "invitation_changed": _("news for who is invited and has not answered"),
    "invitation_withdrawn": _("invitation withdrawn after it was accepted"),
    "already_registered": _("already registered"),
    "new_link": _("new personal link"),
    "links": _("personal links on request"),
    "sign_in_code": _("code to sign in"),
    "nobody_registered": _("no code, because nobody is registered"),
    "waitlisted": _("on the waiting list"),
    "promoted": _("moved up from the waiting list"),
    "left_waiting_list": _("left the waiting list"),
    "waiting_changed": _("news for who waits"),
    "slot_changed": _("own change of the time slot"),
    "cancelled": _("own cancelling"),
    "erased": _("own data erased, registration cancelled"),
    "declined": _("answer to a declined invitation"),
    "rescheduled": _("time slot moved"),
    "called_off": _("time slot called off"),
    "revived": _("time slot held after all"),
    "reminder": _("reminder"),
    "published": _("something was published"),
}


def kind(mail) -> str:
    return str(KINDS.get(mail.kind) or mail.kind.replace("_", " "))


def subject(mail) -> str:
    """The subject; before the mail is composed its kind, in brackets."""
    return mail.subject or f"[{kind(mail)}]"


def removed(mail) -> str:
    """When text and address were removed."""
    return gettext("text removed on %(moment)s") % {"moment": in_utc(mail.emptied_at)} if mail.emptied_at else ""
