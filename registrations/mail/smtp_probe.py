"""Whether the mail server takes mails to other people at this moment; it is asked without sending anything."""

import smtplib

from django.conf import settings
from django.core.mail import get_connection

from registrations.models import Message

LATEST, ASKED = 50, 3


def takes_others(message, *, sender) -> bool:
    """Whether one of some people who got a mail lately would be taken as a recipient (RFC 5321 4.1.1.3) from `sender`,
    the address on the envelope of this mail.

    People of other domains than this mail's, and than our own, which a server takes from everybody. False where there
    are none yet, or where the server does not answer.
    """
    connection = get_connection()
    try:
        connection.open()
        return any(_is_taken(connection.connection, sender, address) for address in _recipients(message, sender))
    except (smtplib.SMTPException, OSError):
        return False
    finally:
        connection.close()


def _recipients(message, sender) -> list[str]:
    """One of each domain, the latest first."""
    left = Message.objects.leaving().sent().exclude(recipient="").order_by("-queued_at", "-pk")
    by_domain = {_domain(address): address for address in reversed(left.values_list("recipient", flat=True)[:LATEST])}
    for address in (message.recipient, sender, settings.ORGANIZER_EMAIL):
        by_domain.pop(_domain(address), None)
    return list(reversed(by_domain.values()))[:ASKED]


def _is_taken(server, sender, address) -> bool:
    server.ehlo_or_helo_if_needed()
    code, _words = server.mail(sender)
    if code == 250:
        code, _words = server.rcpt(address)
    server.rset()
    return code in (250, 251)


def _domain(address) -> str:
    return address.rpartition("@")[2].casefold()
