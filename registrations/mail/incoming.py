"""Mails that programs write to us: calendars that answer, and mail servers that send a mail of ours back."""

import logging
from email import message_from_bytes
from email.message import Message as MimeMessage
from email.policy import Compat32

log = logging.getLogger(__name__)

MOST_OCTETS = 1024 * 1024
MOST_MULTIPARTS = 20
LONGEST_HEADER = 2_000


class _ShortHeaders(Compat32):
    """Cuts headers off: splitting parameters takes the email package quadratic time, minutes for a header of 1 MB."""

    def header_source_parse(self, sourcelines):
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST_HEADER]


def read(octets: bytes, find):
    """What `find` makes of the mail; None for what is too big, a bomb, or nothing that can be read. Never raises."""
    # The email package looks for the boundary of every open level in every line.
    if len(octets) > MOST_OCTETS or octets.lower().count(b"multipart/") > MOST_MULTIPARTS:
        return None
    try:
        return find(message_from_bytes(octets, policy=_ShortHeaders()))
    except Exception as error:  # The parsers raise a dozen kinds on hostile mails, RecursionError among them.
        log.info("a mail that nobody can read was left out: %s", type(error).__name__)
        return None


def text(part: MimeMessage) -> str:
    """In the part's own encoding, or what can be read of it as UTF-8."""
    octets = part.get_payload(decode=True) or b""
    try:
        return octets.decode(part.get_content_charset("utf-8"), "replace").removeprefix("\ufeff")
    except (LookupError, UnicodeError):
        return octets.decode("utf-8", "replace")
