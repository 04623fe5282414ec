"""Mails that did not arrive, and why, in the few reasons by which staff know what to do."""

import re
from collections import Counter

from django.db.models import Count, TextChoices
from django.utils.translation import gettext_lazy as _

from registrations.mail import not_arrived
from registrations.mail.bounces import statuses
from registrations.mail.bounces.statuses import Verdict
from registrations.models import Mailbox, Message
from registrations.people.identity import fold_address

# As `smtp_errors.in_words` begins: the class of the error, and the code of the mail server where it answered. What came
# back begins with that code, or with anything.
BEGINNING = re.compile(r"(?:(\w+): )?(?:([45]\d\d)\b)?")
# What Python calls a connection that broke or took too long.
NO_ANSWER = {
    *("TimeoutError", "ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "ConnectionAbortedError"),
    *("BrokenPipeError", "OSError", "gaierror", "SSLError", "SMTPServerDisconnected"),
    *("SMTPConnectError", "SMTPHeloError"),
}
# Without a status of RFC 3463, by RFC 5321 4.2.2: no room for the mail.
NO_ROOM = {"452", "552"}


class Reason(TextChoices):
    ADDRESS = "address", _("unknown address")
    FULL = "full", _("mailbox full or closed")
    REFUSED = "refused", _("refused")
    AWAY = "away", _("mail server away")
    UNWRITTEN = "unwritten", _("could not be written")
    UNKNOWN = "unknown", _("reason not known")


def of_words(words: str) -> Reason:
    """Of the reason that is stored with a mail that failed, or came back."""
    status = statuses.in_words(words)
    if not statuses.is_general(status):
        return of_status(status)
    if statuses.NO_MAILBOX.match(words):
        return Reason.ADDRESS
    kind, code = BEGINNING.match(words).groups()
    if not kind:
        return Reason.FULL if code in NO_ROOM else Reason.UNKNOWN
    if kind in NO_ANSWER:
        return Reason.AWAY
    return _of_code(code or "") if kind.startswith("SMTP") else Reason.UNWRITTEN


def of_status(status: str) -> Reason:
    """Of a status such as "5.1.1" (RFC 3463)."""
    by_verdict = {Verdict.REFUSED: Reason.REFUSED, Verdict.BAD: Reason.ADDRESS, Verdict.UNREAD: Reason.UNKNOWN}
    _class, subject, _detail = status.split(".")
    by_subject = {"1": Reason.ADDRESS, "2": Reason.FULL, "7": Reason.REFUSED}
    return by_verdict.get(statuses.verdict(status)) or by_subject.get(subject, Reason.AWAY)


def _of_code(code) -> Reason:
    if code in NO_ROOM:
        return Reason.FULL
    return Reason.AWAY if code.startswith("4") else Reason.REFUSED


def of_mailbox(mailbox) -> Reason:
    if mailbox.state == Mailbox.State.REFUSED:
        return Reason.REFUSED
    if not statuses.is_general(mailbox.last_status):
        return of_status(mailbox.last_status)
    found = of_words(mailbox.last_words)
    return Reason.UNKNOWN if found == Reason.UNWRITTEN else found


def of_mail(words, status) -> Reason:
    """Of one that did not arrive. What was sent and came back could be written, whatever the words look like."""
    found = of_words(words)
    is_written = status == Message.Status.SENT
    return Reason.UNKNOWN if is_written and found == Reason.UNWRITTEN else found


def numbers() -> Counter:
    """Of mails that staff have to see to, by reason; in one query."""
    rows = not_arrived.to_see_to().order_by().values_list("last_error", "status").annotate(number=Count("pk"))
    found = Counter()
    for words, status, number in rows:
        found[of_mail(words, status)] += number
    return found


def mailboxes_with_reason(reason, mails, most: int) -> list[int]:
    """Ids of the latest mailboxes to see to for this reason, and of those to which these mails went."""
    addresses = {
        fold_address(each) for each in Message.objects.filter(pk__in=mails).values_list("recipient", flat=True)
    }
    mailboxes = Mailbox.objects.to_see_to()
    return [each.pk for each in mailboxes if each.address in addresses or of_mailbox(each) == reason][:most]


def with_reason(reason, most: int) -> list[int]:
    """Ids of the latest mails that staff have to see to for this reason."""
    rows = not_arrived.to_see_to().order_by("-queued_at", "-pk").values_list("pk", "last_error", "status")
    return [pk for pk, words, status in rows if of_mail(words, status) == reason][:most]
