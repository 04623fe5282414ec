"""A small IMAP4rev1 server (RFC 3501, RFC 4315): one account, one folder, and only what a reader of mails needs."""

import base64
import re
import socketserver
import ssl
import threading

from tests.support.certificates import certificate_for_loopback

WORDS = re.compile(r'"((?:\\.|[^"\\])*)"|\(([^)]*)\)|(\S+)')


class ImapServer:
    """`mails` are octets by UID, `marked` the UIDs with the flag \\Deleted; both may be changed while it runs.

    `extras` are capabilities to offer, of UIDPLUS, AUTH=PLAIN and STARTTLS. Every line of a client is in `lines`.
    `refuse(command)` may be replaced: True answers NO, "close" hangs up.
    """

    def __init__(self, mails, *, user="desk", password="secret", folder="INBOX", extras=(), is_tls=False):
        self.mails, self.marked, self.lines = dict(enumerate(mails, start=11)), set(), []
        self.user, self.password, self.folder, self.extras = user, password, folder, set(extras)
        self.is_read_only, self.refuse = False, lambda _command: False
        self._tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._tls.load_cert_chain(certificate_for_loopback())
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Connection)
        self._server.daemon_threads, self._server.imap, self._server.is_tls = True, self, is_tls
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    def encrypt(self, sock):
        return self._tls.wrap_socket(sock, server_side=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Connection(socketserver.BaseRequestHandler):
    def handle(self):
        self.imap, self.is_signed_in = self.server.imap, False
        try:
            self._use(self.imap.encrypt(self.request) if self.server.is_tls else self.request)
            self._send("* OK ready")
            while self._answer_line():
                pass
        except (OSError, ssl.SSLError):
            pass  # The client hung up, or does not trust the certificate.

    def _use(self, sock):
        self.sock, self.reader = sock, sock.makefile("rb")

    def _send(self, line, literal=b"", end=""):
        self.sock.sendall(line.encode() + literal + end.encode() + b"\r\n")

    def _answer_line(self) -> bool:
        line = self.reader.readline().decode().rstrip("\r\n")
        if not line:
            return False
        self.imap.lines.append(line)
        tag, _, rest = line.partition(" ")
        words = ["".join(groups) for groups in WORDS.findall(rest)]
        name = "_".join(words[:2] if words[0].upper() == "UID" else words[:1]).lower()
        arguments = words[2:] if words[0].upper() == "UID" else words[1:]
        refusal = self.imap.refuse(name)
        if refusal == "close":
            return False
        answer = "NO refused" if refusal else self._run(name, arguments)
        self._send(f"{tag} {answer}")
        if name == "starttls":
            self._use(self.imap.encrypt(self.sock))
        return name != "logout"

    def _run(self, name, arguments) -> str:
        needs_account = name not in {"capability", "login", "authenticate", "starttls", "logout"}
        command = getattr(self, f"do_{name}", None)
        if command is None or (needs_account and not self.is_signed_in):
            return "BAD not now"
        return command(*arguments) or "OK done"

    def do_capability(self):
        offered = self.imap.extras - ({"STARTTLS"} if isinstance(self.sock, ssl.SSLSocket) else set())
        self._send(" ".join(["* CAPABILITY IMAP4rev1", *sorted(offered)]))

    def do_starttls(self):
        return None if "STARTTLS" in self.imap.extras else "BAD unknown"

    def do_logout(self):
        self._send("* BYE")

    def do_login(self, user, password):
        return self._admit(*(re.sub(r"\\(.)", r"\1", word) for word in (user, password)))

    def do_authenticate(self, _mechanism):
        self._send("+ ")
        _, user, password = base64.b64decode(self.reader.readline()).decode().split("\0")
        return self._admit(user, password)

    def _admit(self, user, password):
        self.is_signed_in = (user, password) == (self.imap.user, self.imap.password)
        # Like servers that repeat what they did not like.
        return None if self.is_signed_in else f"NO [AUTHENTICATIONFAILED] {user} {password}"

    def do_select(self, folder):
        if folder != self.imap.folder:
            return "NO no such folder"
        self._send(f"* {len(self.imap.mails)} EXISTS")
        return "OK [READ-ONLY] done" if self.imap.is_read_only else "OK [READ-WRITE] done"

    def do_fetch(self, numbers, _items):
        first, last = (int(number) for number in numbers.split(":"))
        if last > len(self.imap.mails):
            return "BAD no such message"
        for number, uid in list(enumerate(sorted(self.imap.mails), start=1))[first - 1 : last]:
            self._send(f"* {number} FETCH (RFC822.SIZE {len(self.imap.mails[uid])} UID {uid})")
        return None

    def do_uid_fetch(self, uid, _items):
        octets = self.imap.mails.get(int(uid))
        if octets is not None:
            number = sorted(self.imap.mails).index(int(uid)) + 1
            self._send(f"* {number} FETCH (FLAGS (\\Recent))")
            self._send(f"* {number} FETCH (UID {uid} BODY[] {{{len(octets)}}}\r\n", octets, ")")

    def do_uid_store(self, uid, _operation, flags):
        if int(uid) in self.imap.mails and flags == r"\Deleted":
            self.imap.marked.add(int(uid))

    def do_uid_expunge(self, uid):
        return self._expunge({int(uid)}) if "UIDPLUS" in self.imap.extras else "BAD unknown"

    def do_expunge(self):
        return self._expunge(set(self.imap.mails))

    def _expunge(self, uids):
        for uid in sorted(self.imap.marked & uids):
            self._send(f"* {sorted(self.imap.mails).index(uid) + 1} EXPUNGE")
            del self.imap.mails[uid]
            self.imap.marked.discard(uid)
