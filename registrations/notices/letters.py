"""A letter becomes an outbox row: templates rendered, MIME put together, the octets fixed for every attempt to send."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formataddr
from uuid import uuid4

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from registrations import links
from registrations.models import Message, Participant, Registration
from sessions.models import Season
from sessions.plain_text import one_line
from sessions.vevent import ascii_address

# RFC 5322 2.1.1 allows 998 octets a line, and old servers pass on 7 bits only.
TEXT_ENCODING, CALENDAR_ENCODING = "quoted-printable", "base64"


@dataclass(frozen=True)
class CalendarPart:
    method: str
    text: str


@dataclass(frozen=True)
class Letter:
    """What a kind of mail needs; `key` makes it unique among its kind, `thread` is the Message-ID it belongs under.

    `stop` names what one click ends, for mails that nobody must get (links.stop). A letter to a mailbox, whoever stands
    behind it, has `address` and `language` in the place of participant and season, and `addressee` where a name is
    known.
    """

    kind: str
    key: str
    participant: Participant | None
    season: Season | None
    now: datetime
    message_id: str
    context: dict
    registration: Registration | None = None
    calendar: CalendarPart | None = None
    thread: str = ""
    stop: str = ""
    address: str = ""
    language: str = ""
    addressee: str = ""

    @property
    def stop_url(self) -> str:
        return links.stop(self.participant, self.stop) if self.stop else ""

    @property
    def name(self) -> str:
        return one_line(self.participant.name if self.participant else self.addressee)

    @property
    def recipient(self) -> str:
        return self.participant.email if self.participant else self.address

    @property
    def reader_language(self) -> str:
        return self.participant.language if self.participant else self.language


def message(letter: Letter) -> Message:
    """The unsaved outbox row, in the reader's language."""
    with override(letter.reader_language):
        subject, text, html = _words(letter)
    mime = _mime(letter, text, html)
    return Message(
        kind=letter.kind,
        dedupe_key=f"{letter.kind}:{letter.key}",
        participant=letter.participant,
        registration=letter.registration,
        recipient=letter.recipient,
        subject=subject,
        message_id=letter.message_id,
        octets=_octets(letter, subject, mime),
        queued_at=letter.now,
        due_at=letter.now,
    )


def calendar_message_id(registration, sequence: int) -> str:
    """The Message-ID of the mail with this SEQUENCE of the calendar entry: known beforehand, so that threads hold."""
    local = registration.uid.partition("@")[0]
    return f"<{local}.{sequence}@{settings.UID_DOMAIN}>"


def random_message_id() -> str:
    return f"<{uuid4()}@{settings.UID_DOMAIN}>"


def _words(letter) -> tuple[str, str, str]:
    context = letter.context | {
        "name": letter.name,
        "organizer_email": settings.ORGANIZER_EMAIL,
        "reply_to_email": settings.REPLY_TO_EMAIL,
        "site_host": settings.SITE_HOST,
    }
    if letter.participant:
        context |= _own_addresses(letter)
    subject, text, html = (
        render_to_string(f"emails/{letter.kind}/{name}", context) for name in ("subject.txt", "body.txt", "body.html")
    )
    return one_line(subject), _tidy(text), _tidy(html)


def _own_addresses(letter) -> dict:
    return {
        "season": letter.season,
        "season_title": one_line(letter.season.title),
        "my_season_url": links.my_season(letter.participant),
        "my_calendar_url": links.my_calendar(letter.participant),
        "own_feed_url": links.own_feed(letter.participant),
        "stop_url": letter.stop_url,
        "subscribes": letter.participant.calendar_entries == Participant.CalendarEntries.SUBSCRIPTION,
    }


def _tidy(text: str) -> str:
    """One empty line at most, where template tags left several, and no spaces at the ends of lines."""
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _mime(letter, text, html) -> EmailMessage:
    mime = EmailMessage(policy=policy.SMTP)
    mime["From"] = Address(display_name=settings.ORGANIZER_NAME, addr_spec=settings.ORGANIZER_EMAIL)
    mime["Reply-To"] = settings.REPLY_TO_EMAIL
    mime["Date"] = letter.now
    mime["Message-ID"] = letter.message_id
    if letter.thread:
        mime["In-Reply-To"] = mime["References"] = letter.thread
    mime["Auto-Submitted"] = "auto-generated"
    mime.set_content(text, cte=TEXT_ENCODING)
    mime.add_alternative(html, subtype="html", cte=TEXT_ENCODING)
    if letter.calendar:
        _add_calendar(mime, letter.calendar)
    return mime


def _octets(letter, subject, mime) -> bytes:
    """The two headers with people's words are written here: folding them, the email package adds or loses spaces."""
    name, address = _plain(letter.name), ascii_address(letter.recipient)
    to = formataddr((name, address)) if name.isascii() else f"{_encoded('To', name)}\r\n <{address}>"
    head = f"To: {to}\r\nSubject: {_encoded('Subject', _plain(subject))}\r\n{_one_click(letter)}"
    return head.encode("ascii") + mime.as_bytes()


def _one_click(letter) -> str:
    """The address to which a mail program sends a POST, with this body, when its reader wants no more (RFC 8058)."""
    if not letter.stop:
        return ""
    # Not by the email package, which encodes a line as long as this.
    return f"List-Unsubscribe: <{letter.stop_url}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"


def _encoded(header: str, words: str) -> str:
    """Folded lines of at most 76 octets, as encoded words of RFC 2047 where ASCII does not do."""
    charset = "us-ascii" if words.isascii() else "utf-8"
    return Header(words, charset, header_name=header, maxlinelen=75).encode(linesep="\r\n")


def _add_calendar(mime, calendar):
    """The part that mail programs act on, and the same octets as a file for those that do not."""
    # RFC 6047 2.4: the method stands in the header too. Outlook takes a part with a Content-Disposition for a file.
    mime.add_alternative(calendar.text, subtype="calendar", params={"method": calendar.method}, cte=CALENDAR_ENCODING)
    octets = calendar.text.encode()
    mime.add_attachment(octets, "application", "ics", filename="invite.ics", params={"name": "invite.ics"})


def _plain(text: str) -> str:
    """One line that is no RFC 2047 encoded word: the email package would decode it, and it may hide a line break."""
    return one_line(text).replace("=?", "= ?")
