"""When two written addresses are one mailbox, and two written names one person."""

import re
import unicodedata
from contextlib import suppress

from django.core.exceptions import ValidationError

from sessions import addresses

# Two names of the same mailboxes.
OF_GOOGLE = ("gmail.com", "googlemail.com")


def fold_address(email: str) -> str:
    """The address for comparison: as it is sent, in small letters. What is no address is only folded.

    RFC 5321 2.4 lets a server tell letter cases apart in the local part; none in use does.
    """
    with suppress(ValidationError):
        return addresses.read(email).lower()
    return unicodedata.normalize("NFKC", email.strip()).casefold()


def inbox(mailbox: str) -> str:
    """Where mails to a folded address probably arrive, to count them: most servers know tags, Google's no full stops.

    Not to tell people apart: other servers may give these addresses to different people.
    """
    local, _at, domain = mailbox.rpartition("@")
    local = local.partition("+")[0] or local
    return f"{local.replace('.', '')}@{OF_GOOGLE[0]}" if domain in OF_GOOGLE else f"{local}@{domain}"


def fold_name(name: str) -> str:
    """The name for comparison: NFKC, casefolded, single spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", name).strip()).casefold()
