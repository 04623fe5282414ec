"""A real SMTP server that keeps every mail, and answers with an error when a test says so."""

import asyncio
import email
import email.policy
from dataclasses import dataclass
from threading import Condition

from aiosmtpd.controller import Controller

from tests.support.servers import free_port


@dataclass(frozen=True)
class ReceivedMail:
    mail_from: str
    rcpt_tos: tuple[str, ...]
    octets: bytes

    @property
    def message(self):
        return email.message_from_bytes(self.octets, policy=email.policy.default)


class SmtpServer:
    """`mails` are those answered with 250, in order of arrival.

    `answer_sender(address)`, `answer_recipient(address)` and `answer_mail(mail)` may be replaced: they return None to
    accept, or an SMTP answer such as "451 4.3.0 try later". They run in a thread of their own and may
    block, which freezes one connection only.
    `is_cut(mail)` says that the connection ends instead of the answer; those mails are in `cut`.
    """

    def __init__(self):
        self.mails, self.cut = [], []
        self.answer_sender = self.answer_recipient = self.answer_mail = self.is_cut = lambda _: None
        self._arrived = Condition()
        self._controller = self._listening(free_port())

    @property
    def port(self) -> int:
        return self._controller.port

    def start(self):
        self._controller.start()

    def stop(self):
        """Anyone who asks is refused, until `start_again`."""
        self._controller.stop()

    def start_again(self):
        self._controller = self._listening(self.port)
        self.start()

    def forget(self):
        """As if no mail had ever come."""
        with self._arrived:
            self.mails, self.cut = [], []

    def wait_for(self, count, timeout=60) -> list[ReceivedMail]:
        """The mails, as soon as there are `count` of them."""
        return self.wait_until(lambda mails: len(mails) >= count, timeout)

    def wait_until(self, holds, timeout=60) -> list[ReceivedMail]:
        """The mails, as soon as `holds(mails)`."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: holds(self.mails), timeout):
                raise AssertionError(f"not so after {timeout} s, with {len(self.mails)} mails")
            return list(self.mails)

    def _listening(self, port):
        """Nobody has to sign in, and whoever tries to is refused."""
        return Controller(self, hostname="127.0.0.1", port=port, enable_SMTPUTF8=True, auth_require_tls=False)

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        refusal = await asyncio.to_thread(self.answer_sender, address)
        if refusal:
            return refusal
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        refusal = await asyncio.to_thread(self.answer_recipient, address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = ReceivedMail(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.original_content)
        refusal = await asyncio.to_thread(self.answer_mail, mail)
        if refusal:
            return refusal
        is_cut = self.is_cut(mail)
        with self._arrived:
            (self.cut if is_cut else self.mails).append(mail)
            self._arrived.notify_all()
        if is_cut:
            server.transport.abort()
        return "250 OK"
