"""A mail of a rehearsal as it would be read: its head, its words, the formatted page, and the calendar entry."""

import email
from dataclasses import dataclass
from email import policy


@dataclass(frozen=True)
class BoxedMail:
    """`calendar` is the text of the entry, empty where there is none."""

    head: list[tuple[str, str]]
    text: str
    html: str
    calendar: str

    @classmethod
    def read(cls, message) -> "BoxedMail":
        mime = email.message_from_bytes(bytes(message.octets), policy=policy.default)
        head = [(name, str(mime[name])) for name in ("From", "To", "Reply-To", "Date", "Message-ID") if mime[name]]
        entries = [part.get_content() for part in mime.walk() if part.get_content_type() == "text/calendar"]
        text, html = (mime.get_body((kind,)) for kind in ("plain", "html"))
        return cls(
            head,
            text.get_content() if text else "",
            html.get_content() if html else "",
            entries[0] if entries else "",
        )
