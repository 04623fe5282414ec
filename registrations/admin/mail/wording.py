"""What the kinds of mails are called, also while they have no subject yet, and what became of them."""

from django.urls import reverse
from django.utils.translation import gettext

from registrations.admin.base import in_geneva
from registrations.mail import kinds


def kind(mail) -> str:
    return str(kinds.of(mail).for_staff)


def subject(mail) -> str:
    """The subject; before the mail is composed its kind, in brackets."""
    return mail.subject or f"[{kind(mail)}]"


def removed(mail) -> str:
    """When text and address were removed."""
    return gettext("text removed on %(moment)s") % {"moment": in_geneva(mail.emptied_at)} if mail.emptied_at else ""


def state(mail) -> str:
    """With who settled its failure, and when; those who did are to be loaded with the mails."""
    if not mail.is_settled:
        return mail.get_status_display()
    words = {"name": mail.settled_by, "when": in_geneva(mail.settled_at)}
    if not mail.settled_by:
        return gettext("failed, marked as done on %(when)s") % words
    return gettext("failed, marked as done by %(name)s on %(when)s") % words


def page_of(mail) -> str:
    return reverse("admin:registrations_message_change", args=[mail.pk])
