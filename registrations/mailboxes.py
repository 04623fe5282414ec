"""When two written addresses are one mailbox, and two written names one person."""

import re
import unicodedata


def fold_address(email: str) -> str:
    """The address for comparison: NFKC, casefolded local part, IDNA domain.

    RFC 5321 2.4 lets a server tell letter cases apart in the local part; none in use does.
    """
    local, _at, domain = unicodedata.normalize("NFKC", email.strip()).rpartition("@")
    return f"{local.casefold()}@{_idna(domain.casefold())}"


def fold_name(name: str) -> str:
    """The name for comparison: NFKC, casefolded, single spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", name).strip()).casefold()


def _idna(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain
