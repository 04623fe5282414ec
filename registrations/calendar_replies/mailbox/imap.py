"""Mails on an IMAP server (RFC 3501; RFC 4315 for removing no mail but ours)."""

import re
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from imaplib import IMAP4, IMAP4_SSL
from ipaddress import ip_address

from registrations.calendar_replies.mailbox.mail import CannotRead, Mail
from registrations.mail.incoming import MOST_OCTETS

TIMEOUT_SECONDS = 10
TROUBLE = (IMAP4.error, OSError, EOFError, ValueError)


@dataclass(frozen=True)
class Account:
    host: str
    port: int
    user: str
    password: str
    folder: str
    is_encrypted: bool

    @property
    def is_on_this_machine(self) -> bool:
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False


@contextmanager
def opened(account: Account, *, limit: int):
    connection = _connect(account)
    try:
        folder = _Folder(connection, account)
        yield folder.mails(limit)
    finally:
        with suppress(*TROUBLE):
            connection.logout()


class _Folder:
    """The selected folder, after signing in."""

    def __init__(self, connection, account):
        self._connection, self._account = connection, account
        _sign_in(connection, account)
        with _sentence(account, "does not open the folder of CALENDAR_REPLIES for reading and deleting"):
            answer, [number] = connection.select(_quoted(account.folder))
            _require(answer)
            self._number = int(number)

    def mails(self, limit):
        for uid, size in self._sizes(limit):
            octets = b"" if size > MOST_OCTETS else self._octets(uid)
            if octets is not None:
                yield Mail(octets, partial(self._remove, uid))

    def _sizes(self, limit) -> list[tuple[str, int]]:
        """UID and size of the first mails; asked first, so that a huge one is never fetched."""
        if not self._number:
            return []
        with _sentence(self._account, "does not list its mails"):
            answer, lines = self._connection.fetch(f"1:{min(self._number, limit)}", "(UID RFC822.SIZE)")
            _require(answer)
        text = [line.decode("ascii", "replace") for line in lines if isinstance(line, bytes)]
        pairs = [(re.search(r"\bUID (\d+)", line), re.search(r"\bRFC822\.SIZE (\d+)", line)) for line in text]
        return [(uid[1], int(size[1])) for uid, size in pairs if uid and size]

    def _octets(self, uid) -> bytes | None:
        """None for a mail that another run has removed meanwhile."""
        with _sentence(self._account, "does not give a mail"):
            answer, pieces = self._connection.uid("FETCH", uid, "(BODY.PEEK[])")
            _require(answer)
        return next((piece[1] for piece in pieces if isinstance(piece, tuple)), None)

    def _remove(self, uid):
        with _sentence(self._account, "does not delete a mail"):
            _require(self._connection.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)")[0])
            # A plain EXPUNGE takes away what others have marked as deleted, too.
            has_uidplus = "UIDPLUS" in self._connection.capabilities
            answer, _ = self._connection.uid("EXPUNGE", uid) if has_uidplus else self._connection.expunge()
            _require(answer)


def _connect(account):
    context = ssl.create_default_context()
    with _sentence(account, "cannot be reached"):
        if account.is_encrypted:
            return IMAP4_SSL(account.host, account.port, ssl_context=context, timeout=TIMEOUT_SECONDS)
        connection = IMAP4(account.host, account.port, timeout=TIMEOUT_SECONDS)
        if "STARTTLS" in connection.capabilities:
            connection.starttls(context)
        elif not account.is_on_this_machine:
            connection.shutdown()
            raise CannotRead(f"The mail server {account.host} offers no encryption; the password was not sent.")
    return connection


def _sign_in(connection, account):
    with _sentence(account, "refuses the user name or the password of CALENDAR_REPLIES"):
        if "AUTH=PLAIN" in connection.capabilities:
            words = f"\0{account.user}\0{account.password}".encode()
            connection.authenticate("PLAIN", lambda _challenge: words)
        else:
            connection.login(_quoted(account.user), account.password)


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _require(answer):
    if answer != "OK":
        raise IMAP4.error(answer)


@contextmanager
def _sentence(account, trouble):
    """What the server says is left out, because some servers repeat the command, and with it the password."""
    try:
        yield
    except TROUBLE as error:
        reason = f": {error.strerror or error}" if isinstance(error, OSError) else ""
        raise CannotRead(f"The mail server {account.host} {trouble}{reason}.") from None
