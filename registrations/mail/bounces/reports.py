"""Reads reports of mail servers (RFC 3464), and what some write in free text instead."""

import re
from dataclasses import dataclass
from email.message import Message as MimeMessage
from html import unescape
from itertools import islice

from django.utils.html import strip_tags

from registrations.mail import incoming, smtp_errors
from registrations.mail.bounces import statuses
from registrations.mail.bounces.statuses import Verdict

MOST_PARTS, LONGEST_TEXT, LONGEST_MESSAGE_ID = 30, 20_000, 200
# Where the address is written to which the report was sent: it says which mail came back.
TO_US = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Original-Recipient")
# Who writes them, where they write no report that a program can read.
MAIL_SYSTEMS = re.compile(r"(mailer-daemon|postmaster|microsoftexchange[0-9a-f]*|mail-?daemon|mdaemon)@", re.IGNORECASE)
MESSAGE_ID = re.compile(r"\bMessage-ID:\s{0,3}(<[^<>\s]{1,200}>)", re.IGNORECASE)
# Where a server refused something else than the recipient, as Postfix and Exim say it in their own words.
ANOTHER_STEP = re.compile(
    r"\b(?:in reply to|after) (?:pipelined )?(?:end of )?(?:DATA|MAIL FROM|EHLO|HELO)\b", re.IGNORECASE
)
# How absence notices mark themselves (RFC 3834, and what came before it). Postfix marks its reports in the same way.
ABSENT = {"Auto-Submitted": "auto-replied", "X-Autoreply": "", "X-Autorespond": "", "Precedence": "auto_reply"}


@dataclass(frozen=True)
class Report:
    """`to` has the addresses that the report was sent to; `message_id` is that of the enclosed mail, or empty.

    `status` is one of RFC 3463, or empty; `words` are those of the server, in a line without addresses and keys.
    `action` is one of RFC 3464 2.3.3, such as "failed" or "delayed".
    """

    to: str
    message_id: str
    status: str
    words: str
    action: str = "failed"

    @property
    def verdict(self) -> Verdict:
        """A mail that is late has not come back, whatever the server expects; one that failed has not arrived."""
        by_action = {"delivered": Verdict.DELIVERED, "delayed": Verdict.SOFT}
        said = by_action.get(self.action) or statuses.verdict_of(self.status, self.words)
        return Verdict.UNREAD if self.came_back and said == Verdict.DELIVERED else said

    @property
    def came_back(self) -> bool:
        return self.action == "failed"


def read(octets: bytes) -> Report | None:
    """None for every other mail: answers of calendars, absence notices, what people write, junk. Never raises."""
    return incoming.read(octets, _in_mail)


def _in_mail(mail) -> Report | None:
    parts = list(islice(mail.walk(), MOST_PARTS))
    fields = _delivery_status(parts)
    if fields is not None:
        return _of_program(mail, parts, fields)
    if MAIL_SYSTEMS.search(_header(mail, "From")) and not _is_absence_notice(mail):
        return _of_free_text(mail, parts)
    return None


def _of_program(mail, parts, fields) -> Report | None:
    """None where the mail went on to a server that writes no reports: nobody knows what became of it."""
    action = _header(fields, "Action").lower() or "failed"
    if action in ("relayed", "expanded"):
        return None
    status = statuses.in_field(_header(fields, "Status"))
    diagnosis = _header(fields, "Diagnostic-Code").partition(";")[2].strip()
    # Many servers say 5.0.0 in the field, and what it was in the words of the server that they asked.
    if statuses.is_general(status):
        status = statuses.in_words(diagnosis) or status
    return Report(
        to=_addresses(mail),
        message_id=_enclosed(parts),
        status=status,
        words=smtp_errors.without_addresses(_with_status(status, _with_step(diagnosis, _text(parts)))),
        action=action,
    )


def _with_step(diagnosis, text) -> str:
    """A bare 550 is about the recipient, unless the server says that it was about something else."""
    step = ANOTHER_STEP.search(text) if statuses.NO_MAILBOX.match(diagnosis) else None
    return f"{step[0]}: {diagnosis}" if step else diagnosis or text


def _with_status(status, words) -> str:
    """The words alone are stored with the mail, and give the reason that staff read."""
    is_said = statuses.is_general(status) or statuses.in_words(words) == status
    return words if is_said or status.startswith("2") else f"#{status} {words}"


def _of_free_text(mail, parts) -> Report:
    words = _text(parts)
    return Report(_addresses(mail), _enclosed(parts), statuses.in_words(words), smtp_errors.without_addresses(words))


def _delivery_status(parts) -> MimeMessage | None:
    """The fields about the first recipient: our mails have one each."""
    for part in parts:
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            blocks = [block for block in part.get_payload() if block.get("Action") or block.get("Status")]
            return blocks[0] if blocks else None
    return None


def _enclosed(parts) -> str:
    """The Message-ID of the mail that came back; empty where it is none of ours, which a database may not even take."""
    found = _message_id(parts)
    return found if found.isprintable() and len(found) <= LONGEST_MESSAGE_ID else ""


def _message_id(parts) -> str:
    """From the mail itself, from its headers, or from what is written for people."""
    for part in parts[1:]:
        if identity := part.get("Message-ID"):
            return str(identity).strip()
    texts = [incoming.text(part)[:LONGEST_TEXT] for part in parts if part.get_content_maintype() == "text"]
    found = MESSAGE_ID.search(unescape("\n".join(texts)))
    return found[1] if found else ""


def _text(parts) -> str:
    """What is written for people."""
    for part in parts:
        if part.get_content_type() in ("text/plain", "text/html"):
            text = incoming.text(part)[:LONGEST_TEXT]
            return unescape(strip_tags(text)) if part.get_content_subtype() == "html" else text
    return ""


def _is_absence_notice(mail) -> bool:
    return any(name in mail and _header(mail, name).lower().startswith(value) for name, value in ABSENT.items())


def _addresses(mail) -> str:
    return " ".join(str(value) for name in TO_US for value in mail.get_all(name, []))


def _header(mail, name) -> str:
    return " ".join(str(mail.get(name, "")).split())
