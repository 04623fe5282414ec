"""One of many mails, for staff to read before they send them all."""

import email
from dataclasses import dataclass
from email import policy

from django.utils.translation import gettext as _

from registrations.models import Invitation

HIDDEN = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True)
class SampleMail:
    recipient: str
    subject: str
    text: str
    other_parts: str


def may_see_people(user) -> bool:
    return user.has_perm("registrations.view_participant")


def read(message) -> SampleMail:
    """The parts of a composed mail; the keys in its personal links are the reader's own and stay out."""
    mime = _parse(message)
    return SampleMail(
        recipient=str(mime["To"]),
        subject=message.subject,
        text=_without_keys(_words(mime, "plain"), message),
        other_parts=_other_parts(mime, message.registration),
    )


def formatted(message) -> str:
    """The HTML with its keys, so only of a mail to somebody invented."""
    return _words(_parse(message), "html")


def _parse(message):
    return email.message_from_bytes(bytes(message.octets), policy=policy.default)


def _words(mime, kind) -> str:
    return mime.get_body((kind,)).get_content()


def _without_keys(text, message) -> str:
    person = message.participant
    if person is None and message.subscriber:
        return text.replace(message.subscriber.stop_key, HIDDEN)
    if person is None:
        return text.replace(message.invitation.key, HIDDEN)
    keys = [person.key, person.feed_key, person.stop_key]
    if message.registration:
        invited_by = Invitation.objects.filter(registration=message.registration).values_list("key", flat=True)
        keys += [message.registration.join_key, *invited_by]
    for key in keys:
        text = text.replace(key, HIDDEN)
    return text


def _other_parts(mime, registration) -> str:
    kinds = {part.get_content_type() for part in mime.walk()}
    if {"text/html", "text/calendar"} <= kinds:
        return _("The mail has the same words as a formatted page, and the calendar entry.")
    if registration is None or registration.is_waiting:
        return _("The mail has the same words as a formatted page, and no calendar entry: this person has no seat yet.")
    return _("The mail has the same words as a formatted page, and no calendar entry: this person wants none by mail.")
