"""The mailbox in which calendars answer our invitations."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from registrations.calendar_replies.mailbox import imap, maildir
from registrations.calendar_replies.mailbox.mail import CannotRead

__all__ = ["CannotRead", "opened"]

MOST_MAILS = 500

NOT_SET = "CALENDAR_REPLIES is not set: there is no mailbox to read. docs/calendar-replies.md says how to set it up."
NEITHER = "CALENDAR_REPLIES must be maildir:///path or imaps://user:password@host:port/folder."
BAD_MAILDIR = "CALENDAR_REPLIES: a Maildir is written as maildir:///path, with three slashes."
BAD_IMAP = (
    "CALENDAR_REPLIES: a mailbox is written as imaps://user:password@host:port/folder, and characters other than "
    "letters and digits in user, password and folder as %XX, for example @ as %40 and / as %2F."
)


def opened(address: str, *, limit: int = MOST_MAILS):
    """A context in which at most `limit` mails can be taken one by one, each to be removed when its answer is stored.

    `address` is the setting CALENDAR_REPLIES. Raises CannotRead on entering, and while mails are taken or
    removed. Two may read the same mailbox at once.
    """
    scheme = address.partition("://")[0].lower()
    if not address:
        raise CannotRead(NOT_SET)
    if scheme == "maildir":
        return maildir.opened(_folder(address), limit=limit)
    if scheme in ("imap", "imaps"):
        return imap.opened(_account(address), limit=limit)
    raise CannotRead(NEITHER)


def _folder(address) -> Path:
    path = Path(unquote(address.partition("://")[2]))
    if not path.is_absolute() or "\0" in str(path):
        raise CannotRead(BAD_MAILDIR)
    return path


def _account(address) -> imap.Account:
    try:
        parts = urlsplit(address)
        account = imap.Account(
            host=parts.hostname or "",
            port=parts.port or (993 if parts.scheme == "imaps" else 143),
            user=unquote(parts.username or "", errors="strict"),
            password=unquote(parts.password or "", errors="strict"),
            folder=unquote(parts.path[1:], errors="strict") or "INBOX",
            is_encrypted=parts.scheme == "imaps",
        )
    except ValueError:
        raise CannotRead(BAD_IMAP) from None
    # One of these as it is means that a password was not encoded, and that a piece of it is in host or folder.
    torn = parts.query or parts.fragment or "@" in parts.path
    known = account.host and account.user and account.password and account.folder.isascii()
    words = account.user + account.password + account.folder
    if torn or not known or not words.isprintable():
        raise CannotRead(BAD_IMAP)
    return account
