"""When two written addresses are one mailbox, and two written names one person."""

import re
import unicodedata

WITHOUT_STOPS = {"gmail.com", "googlemail.com"}


def fold_address(email: str) -> str:
    """The address for comparison: NFKC, casefolded local part, IDNA domain.

    RFC 5321 2.4 lets a server tell letter cases apart in the local part; none in use does.
    """
    local, _at, domain = unicodedata.normalize("NFKC", email.strip()).rpartition("@")
    return f"{local.casefold()}@{_idna(domain.casefold())}"


def inbox(mailbox: str) -> str:
    """Where mails to a folded address probably arrive, to count them: most servers know tags, Google's no full stops.

    Not to tell people apart: other servers may give these addresses to different people.
    """
    local, _at, domain = mailbox.rpartition("@")
    local = local.partition("+")[0] or local
    return f"{local.replace('.', '') if domain in WITHOUT_STOPS else local}@{domain}"


def fold_name(name: str) -> str:
    """The name for comparison: NFKC, casefolded, single spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", name).strip()).casefold()


def _idna(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain
