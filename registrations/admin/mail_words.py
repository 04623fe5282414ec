"""What the kinds of mails are called, also while they have no subject yet."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "confirmation": _("confirmation"),
    "summary": _("summary of a sign-up"),
    "invitation": _("invitation"),
    "already_registered": _("already registered"),
    "links": _("personal links on request"),
    "sign_in_code": _("code to sign in"),
    "nobody_registered": _("no code, because nobody is registered"),
    "slot_changed": _("own change of the time slot"),
    "cancelled": _("own cancelling"),
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
