"""A letter becomes an outbox row: templates rendered, MIME put together, the octets fixed for every attempt to send."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.utils import format_datetime, formataddr
from functools import cache, cached_property, partial
from itertools import accumulate
from uuid import uuid4

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext as _

from registrations import links
from registrations.mail.kinds import MAIL_KINDS
from registrations.mail.notices import mime, styles
from registrations.models import Message, Participant, Registration
from sessions import marked
from sessions.models import Season
from sessions.plain_text import from_the_right, one_line, sentence
from sessions.translations import offered

PARTS = ("subject.txt", "body.txt", "body.html")
# Base64 ends a word with "=" unless its octets come in threes, and GMime reads no further: the "Q" encoding never does.
WITHOUT_PADDING = Charset("utf-8")
WITHOUT_PADDING.header_encoding = QP
OCTETS_OF_A_LINE = 75
# So many octets of text make an encoded word that leaves room for the name of the header in a line of 76 octets.
OCTETS_OF_A_WORD = 39


@dataclass(frozen=True)
class CalendarPart:
    method: str
    text: str


@dataclass(frozen=True)
class Letter:
    """What a kind of mail needs; `key` makes it unique among its kind, `thread` is the Message-ID it belongs under.

    What of `context` depends on the language, such as an address of the site, is a function for the templates to call.
    `sequence` is that of the state it tells of (Message). A letter to a mailbox, not to one person, has `address` and
    `language` in the place of participant and season, `addressee` where a name is known, and `stop_address` where one
    click ends such letters.
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
    sequence: int | None = None
    address: str = ""
    language: str = ""
    addressee: str = ""
    stop_address: str = ""
    # Of which part of the time slot it carries the entry, where there are several.
    part: int | None = None

    @cached_property
    def stop_url(self) -> str:
        """Where one click ends mails of this kind, if nobody must get them."""
        preference = MAIL_KINDS[self.kind].preference
        return links.stop(self.participant, preference) if preference and self.participant else self.stop_address

    @property
    def name(self) -> str:
        return one_line(self.participant.name if self.participant else self.addressee)

    @property
    def recipient(self) -> str:
        return self.participant.email if self.participant else self.address

    @property
    def by_staff(self) -> str:
        """What staff did, as in `emails/_by_staff.txt`."""
        return self.participant.changed_by_staff if self.participant else ""

    @property
    def reader_language(self) -> str:
        return self.participant.reads if self.participant else offered(self.language)


def message(letter: Letter) -> Message:
    """The unsaved outbox row, in the reader's language."""
    with override(letter.reader_language):
        subject, text, html = _words(letter)
    return Message(
        kind=letter.kind,
        dedupe_key=f"{letter.kind}:{letter.key}",
        participant=letter.participant,
        registration=letter.registration,
        recipient=letter.recipient,
        subject=subject,
        message_id=letter.message_id,
        octets=mime.octets(_head(letter, subject), _body(letter, text, html)),
        sequence=letter.sequence,
        part=letter.part,
        rehearsal=letter.season if letter.season and letter.season.is_rehearsal else None,
        written_from={"by_staff": letter.by_staff} if letter.by_staff else {},
        queued_at=letter.now,
        due_at=letter.now,
    )


def under(composed: Message, message_id: str) -> bytes:
    """The octets of this mail under another Message-ID, which is in the head once."""
    return bytes(composed.octets).replace(composed.message_id.encode(), message_id.encode(), 1)


def calendar_message_id(registration, sequence: int) -> str:
    """The Message-ID of the mail with this SEQUENCE of the calendar entry: known beforehand, so that threads hold."""
    local = registration.uid.partition("@")[0]
    return f"<{local}.{sequence}@{settings.UID_DOMAIN}>"


def random_message_id() -> str:
    return f"<{uuid4()}@{settings.UID_DOMAIN}>"


def _words(letter) -> tuple[str, str, str]:
    """Subject, text and HTML in the active language."""
    context = (
        letter.context
        | _said_in_every_mail(letter)
        | {"style": styles.STYLES, "from_the_right": styles.from_the_right()}
    )
    if letter.participant:
        context |= _own_addresses(letter)
    subject, text, html = (render_to_string(f"emails/{letter.kind}/{part}", context) for part in PARTS)
    text = from_the_right(_tidy(text)) if get_language_bidi() else _tidy(text)
    # Without the line breaks around it, most subjects are one line already.
    return sentence(subject.strip()), text, _tidy(html)


def _said_in_every_mail(letter) -> dict:
    """Sentences of the text and of the HTML."""
    name, reply_to = letter.name, {"reply_to_email": settings.REPLY_TO_EMAIL}
    return {
        "name": name,
        "greeting": _("Dear %(name)s,") % {"name": name} if name else _("Good day,"),
        "questions": _("Questions? Answer this mail or write to %(reply_to_email)s.") % reply_to,
        "only_for_you": _("The links in this mail are only for you. Please do not forward it."),
        "about_us": _("Minamata Online: the online sessions of the Secretariat of the Minamata Convention on Mercury."),
        "organizer_email": settings.ORGANIZER_EMAIL,
        **reply_to,
    }


def _tidy(text: str) -> str:
    """One empty line at most, where template tags left several, and no spaces at the ends of lines."""
    lines = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    while "\n\n\n" in lines:
        lines = lines.replace("\n\n\n", "\n\n")
    return lines.strip() + "\n"


def _own_addresses(letter) -> dict:
    return {
        "season": letter.season,
        "by_staff": letter.by_staff,
        "season_title": marked.words(letter.season, "title"),
        "my_season_url": links.my_season(letter.participant),
        # Asked for by some mails only, more than once.
        "my_calendar_url": cache(partial(links.my_calendar, letter.participant)),
        "own_feed_url": cache(partial(links.own_feed, letter.participant)),
        "mails_url": cache(partial(links.mails, letter.participant)),
        "stop_url": letter.stop_url,
        "take_part_url": "" if letter.participant.confirmed_at else links.take_part(letter.participant),
        "subscribes": letter.participant.calendar_entries == Participant.CalendarEntries.SUBSCRIPTION,
    }


def _body(letter, text, html) -> mime.Part:
    words = [mime.text(text, "plain"), mime.text(html, "html")]
    if not letter.calendar:
        return mime.alternatives(*words)
    part = mime.calendar(letter.calendar.text, letter.calendar.method)
    return mime.with_files(mime.alternatives(*words, part), mime.calendar_file(letter.calendar.text))


def _head(letter, subject) -> list[str]:
    name, address = _plain(letter.name), letter.recipient
    to = formataddr((name, address)) if name.isascii() else f"{_encoded('To', name)}\r\n <{address}>"
    thread = [f"In-Reply-To: {letter.thread}", f"References: {letter.thread}"] if letter.thread else []
    return [
        f"To: {to}",
        f"Subject: {_encoded('Subject', _undecodable(subject))}",
        *_one_click(letter),
        f'From: "{settings.SENDER_NAME}"\r\n <{settings.ORGANIZER_EMAIL}>',
        f"Reply-To: {settings.REPLY_TO_EMAIL}",
        f"Date: {format_datetime(letter.now)}",
        f"Message-ID: {letter.message_id}",
        *thread,
        "Auto-Submitted: auto-generated",
    ]


def _one_click(letter) -> list[str]:
    """The address to which a mail program sends a POST, with this body, when its reader wants no more (RFC 8058)."""
    if not letter.stop_url:
        return []
    return [f"List-Unsubscribe: <{letter.stop_url}>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"]


def _encoded(header: str, words: str) -> str:
    """Folded lines of at most 76 octets, as encoded words of RFC 2047 where ASCII does not do.

    In base64, in which most names are one word: some programs put a space between two. Where a word in the middle would
    end with padding, all are in the "Q" encoding.
    """
    if words.isascii() and len(f"{header}: {words}") <= OCTETS_OF_A_LINE:
        return words
    pieces = [] if words.isascii() else _in_threes(words)
    if pieces:
        encoded = (f"=?utf-8?b?{b64encode(piece).decode()}?=" for piece in pieces)
        return "\r\n ".join(encoded)
    charset = "us-ascii" if words.isascii() else WITHOUT_PADDING
    return Header(words, charset, header_name=header, maxlinelen=OCTETS_OF_A_LINE).encode(linesep="\r\n")


def _in_threes(words: str) -> list[bytes]:
    """Whole characters of the text in UTF-8, each piece but the last of a multiple of three octets; [] if none does."""
    pieces = []
    while words:
        end = _end_of_piece(words)
        if not end:
            return []
        pieces.append(words[:end].encode())
        words = words[end:]
    return pieces


def _end_of_piece(words) -> int:
    """How many characters the next piece has; 0 if no end is right."""
    ends = accumulate(len(character.encode()) for character in words[: OCTETS_OF_A_WORD + 1])
    fitting = [octets for octets in ends if octets <= OCTETS_OF_A_WORD]
    if len(fitting) == len(words):
        return len(words)
    return max((number for number, octets in enumerate(fitting, 1) if octets % 3 == 0), default=0)


def _plain(text: str) -> str:
    """One line that is no RFC 2047 encoded word, which programs would decode, and which may hide a line break."""
    return _undecodable(one_line(text))


def _undecodable(line: str) -> str:
    return line.replace("=?", "= ?")
