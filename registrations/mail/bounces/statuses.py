"""What a status of a mail server (RFC 3463) says of the mailbox that it answered for."""

import re
from enum import StrEnum

from registrations.mail import smtp_errors

# Such as "5.1.1", and not a part of an IP address or of a longer version.
STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)", re.ASCII)
# In words it follows the code of an answer, as in "550 5.1.1" and "550-5.1.1", or a "#", as Exchange and qmail write
# it: dates and versions look the same.
IN_WORDS = re.compile(rf"(?:(?<![\d.])[45]\d\d[\s-]#?|#\s?)(?=[45])({STATUS.pattern})", re.ASCII)
# A refusal that begins with one of these and has no such status: there is no such mailbox (RFC 5321 4.2.2). What came
# later than RCPT begins in another way: with SMTPDataError, or with the step (`reports`).
NO_MAILBOX = re.compile(r"(?:SMTPRecipientsRefused: )?55[013]\b", re.ASCII)
# Besides 5.1: 5.4.4, no server takes mail for the domain, which mostly is a slip of the pen.
NO_SUCH_ADDRESS = {(4, 4)}
# 5.2.1, 5.2.2: closed or full; 5.3.1, 5.3.2: the server is; 5.4.7 and, of Exchange, 5.4.300: tried for too long.
MAY_PASS = {(2, 1), (2, 2), (3, 1), (3, 2), (4, 7), (4, 300)}
# 5.2.3, 5.3.4: our mail is too large. Under 5.6: something in it cannot be taken (RFC 3463 3.7).
OF_OUR_MAIL = {(2, 3), (3, 4)}


class Verdict(StrEnum):
    """BAD: there is no such mailbox. SOFT: it takes no mail at present. REFUSED: the server does not like our mail,
    whoever it is for. UNREAD: nobody can tell. DELIVERED: it took a mail.
    """

    BAD = "bad"
    SOFT = "soft"
    REFUSED = "refused"
    UNREAD = "unread"
    DELIVERED = "delivered"


def in_field(value: str) -> str:
    """The status in the field of that name (RFC 3464 2.3.4), with or without a comment, or an empty string."""
    found = STATUS.search(value)
    return found[0] if found else ""


def in_words(words: str) -> str:
    """The first status of a failure that a server wrote for people, or an empty string."""
    found = IN_WORDS.search(words)
    return found[1] if found else ""


def is_general(status: str) -> bool:
    """Whether it says no more than that something failed, as 5.0.0 does."""
    return not status or status.endswith(".0.0")


def verdict_of(status: str, words: str) -> Verdict:
    """Of a refusal with this status, or one that says no more than that something failed, and with these words."""
    if is_general(status) and NO_MAILBOX.match(words):
        return Verdict.BAD
    return verdict(status)


def verdict(status: str) -> Verdict:
    """Of a status such as "5.1.1", or an empty string where nobody says one; what is in no list here is UNREAD."""
    found = STATUS.fullmatch(status)
    if not found:
        return Verdict.UNREAD
    number, subject, detail = map(int, found.groups())
    if number == 2:
        return Verdict.DELIVERED
    if is_general(status):
        return Verdict.UNREAD
    return Verdict.SOFT if number == 4 else _of_refusal(subject, detail)


def _of_refusal(subject, detail) -> Verdict:
    if subject in (6, 7) or (subject, detail) in OF_OUR_MAIL or smtp_errors.is_of_sender((subject, detail)):
        return Verdict.REFUSED
    if subject == 1 or (subject, detail) in NO_SUCH_ADDRESS:
        return Verdict.BAD
    return Verdict.SOFT if (subject, detail) in MAY_PASS else Verdict.UNREAD
