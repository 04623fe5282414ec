"""Why mails failed and mailboxes send mails back, in the few reasons by which staff know what to do."""

import re
from collections import Counter

from django.db.models import Count, TextChoices
from django.utils.translation import gettext_lazy as _

from registrations.mail.bounces import statuses
from registrations.models import Mailbox, Message
from registrations.people.identity import fold_address

# As `smtp_errors.in_words` begins: the class of the error, and the code of the mail server where it answered.
BEGINNING = re.compile(r"(\w+): (?:([45]\d\d)\b)?")
# What Python calls a connection that broke or took too long.
NO_ANSWER = {
    *("TimeoutError", "ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "ConnectionAbortedError"),
    *("BrokenPipeError", "OSError", "gaierror", "SSLError", "SMTPServerDisconnected"),
    *("SMTPConnectError", "SMTPHeloError"),
}
# Without a status of RFC 3463, by RFC 5321 4.2.2: no such mailbox; no room for the mail.
NO_MAILBOX, NO_ROOM = {"550", "551", "553"}, {"452", "552"}


class Reason(TextChoices):
    ADDRESS = "address", _("unknown address")
    FULL = "full", _("mailbox full or closed")
    REFUSED = "refused", _("refused")
    AWAY = "away", _("mail server away")
    UNWRITTEN = "unwritten", _("could not be written")
    UNKNOWN = "unknown", _("reason not known")


def of_words(words: str) -> Reason:
    """Of the reason that is stored with a mail that failed."""
    if status := statuses.in_words(words):
        return of_status(status)
    found = BEGINNING.match(words)
    if not found:
        return Reason.UNKNOWN
    kind, code = found.groups()
    if kind in NO_ANSWER:
        return Reason.AWAY
    if not kind.startswith("SMTP"):
        return Reason.UNWRITTEN
    return _of_code(code or "", is_about_recipient=kind == "SMTPRecipientsRefused")


def of_status(status: str) -> Reason:
    """Of a status such as "5.1.1" (RFC 3463)."""
    _class, subject, _detail = status.split(".")
    if statuses.verdict(status) == statuses.Verdict.REFUSED:
        return Reason.REFUSED
    by_subject = {"1": Reason.ADDRESS, "2": Reason.FULL, "4": Reason.AWAY}
    return by_subject.get(subject, Reason.REFUSED)


def _of_code(code, *, is_about_recipient) -> Reason:
    if code in NO_ROOM:
        return Reason.FULL
    if code.startswith("4"):
        return Reason.AWAY
    return Reason.ADDRESS if is_about_recipient and code in NO_MAILBOX else Reason.REFUSED


def of_mailbox(mailbox) -> Reason:
    if mailbox.state == Mailbox.State.REFUSED:
        return Reason.REFUSED
    if mailbox.last_status:
        return of_status(mailbox.last_status)
    found = of_words(mailbox.last_words)
    return Reason.UNKNOWN if found == Reason.UNWRITTEN else found


def numbers() -> Counter:
    """Of failed mails that staff have to see to, by reason; in one query."""
    rows = Message.objects.to_see_to().order_by().values_list("last_error").annotate(number=Count("pk"))
    found = Counter()
    for words, number in rows:
        found[of_words(words)] += number
    return found


def mailboxes_with_reason(reason, mails, most: int) -> list[int]:
    """Ids of the latest mailboxes to see to for this reason, and of those to which these failed mails went."""
    addresses = {
        fold_address(each) for each in Message.objects.filter(pk__in=mails).values_list("recipient", flat=True)
    }
    mailboxes = Mailbox.objects.to_see_to()
    return [each.pk for each in mailboxes if each.address in addresses or of_mailbox(each) == reason][:most]


def with_reason(reason, most: int) -> list[int]:
    """Ids of the latest failed mails that staff have to see to for this reason."""
    rows = Message.objects.to_see_to().order_by("-queued_at", "-pk").values_list("pk", "last_error")
    return [pk for pk, words in rows if of_words(words) == reason][:most]
