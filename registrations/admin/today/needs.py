"""What of people and mails needs somebody on the staff, each as a sentence with the page on which to act."""

from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import ngettext

from registrations.admin.mail import failed
from registrations.mail import failures, health
from registrations.models import AdmissionRequest, Mailbox
from sessions.clocks import moment
from sessions.clocks.dates import number
from sessions.seasons import season_clocks


def of_mails(request) -> list[tuple[str, str]]:
    """Mails that did not arrive, by reason, and people who were not told."""
    if not request.user.has_perm("registrations.view_message"):
        return []
    page = reverse("admin:registrations_message_post")
    by_reason = failures.numbers()
    found = [(_failed(reason, mails), f"{page}#{reason}") for reason in failures.Reason if (mails := by_reason[reason])]
    if lacking := health.lacking_a_mail(moment.now()).values("participant").distinct().count():
        text = ngettext(
            "%(number)s person still lacks a mail about a registration.",
            "%(number)s people still lack a mail about a registration.",
            lacking,
        )
        found.append((text % {"number": number(lacking)}, f"{page}#lacking"))
    return found


def of_mailboxes(request) -> list[tuple[str, str]]:
    if not request.user.has_perm("registrations.view_mailbox"):
        return []
    mailboxes = Mailbox.objects.to_see_to().count()
    page = reverse("admin:registrations_message_post")
    return [(failed.of_mailboxes(mailboxes), page)] if mailboxes else []


def of_requests(request) -> list[tuple[str, str]]:
    """Of people who hold a forwarded invitation, for sessions to come."""
    if not request.user.has_perm("registrations.view_admissionrequest"):
        return []
    to_come = season_clocks.where(
        "invitation__session__season", lambda now: Q(invitation__session__occurrences__ends_at__gt=now)
    )
    asked = AdmissionRequest.objects.filter(to_come, answered_at=None).distinct().count()
    text = ngettext("%(number)s person asks to be let in.", "%(number)s people ask to be let in.", asked)
    page = reverse("admin:registrations_admissionrequest_changelist")
    return [(text % {"number": number(asked)}, f"{page}?answer=none")] if asked else []


def _failed(reason, mails) -> str:
    text = ngettext(
        "%(number)s mail did not arrive: %(reason)s.", "%(number)s mails did not arrive: %(reason)s.", mails
    )
    return text % {"number": number(mails), "reason": reason.label}


admin.site.notices += [of_mails, of_mailboxes, of_requests]
