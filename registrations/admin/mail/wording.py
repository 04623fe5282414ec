"""What the kinds of mails are called, also while they have no subject yet, and what became of them."""

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from registrations.admin.base import in_geneva
from registrations.mail import kinds

# By whom it was marked as done, and by somebody whose account was removed.
SETTLED_AFTER_FAILING = (
    gettext_lazy("failed, marked as done by %(name)s on %(when)s"),
    gettext_lazy("failed, marked as done on %(when)s"),
)
SETTLED_AFTER_COMING_BACK = (
    gettext_lazy("came back, marked as done by %(name)s on %(when)s"),
    gettext_lazy("came back, marked as done on %(when)s"),
)


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
    if mail.rehearsal_id and mail.is_sent:
        return gettext("in the box of its rehearsal")
    came_back = mail.is_sent and mail.came_back_at
    if not mail.is_settled:
        return gettext("sent, came back") if came_back else mail.get_status_display()
    words = {"name": mail.settled_by, "when": in_geneva(mail.settled_at)}
    by_name, by_nobody = SETTLED_AFTER_COMING_BACK if came_back else SETTLED_AFTER_FAILING
    return (by_name if mail.settled_by else by_nobody) % words


def page_of(mail) -> str:
    return reverse("admin:registrations_message_change", args=[mail.pk])
