"""A stored mail as Django's backends take one."""

import email
from email.message import Message as MimeMessage
from email.parser import BytesHeaderParser

from django.core.mail import EmailMessage


class StoredEmail(EmailMessage):
    """A mail whose octets were rendered when it was queued."""

    def __init__(self, stored):
        self.octets = bytes(stored.octets)
        headers = BytesHeaderParser().parsebytes(self.octets)
        super().__init__(subject=stored.subject, from_email=headers["From"], to=[stored.recipient])

    def message(self):
        mime = email.message_from_bytes(self.octets, _class=_StoredMime)
        mime.octets = self.octets
        return mime


class _StoredMime(MimeMessage):
    """Gives the stored octets back to the SMTP backend as they are."""

    octets = b""

    def as_bytes(self, unixfrom=False, linesep="\r\n"):
        return self.octets
