"""Mails that really left come back in the shapes of servers that people use: through a mailbox, to the page "Post"."""

from datetime import timedelta
from email import message_from_bytes
from html import escape

import pytest
from django.core.management import call_command
from django.utils import timezone

from registrations.mail.failures import Reason
from registrations.models import Mailbox
from tests.factories import OccurrenceFactory
from tests.registrations.mail.bounces import shapes
from tests.support.imap import ImapServer
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import register

pytestmark = pytest.mark.django_db

POST = "/admin/registrations/message/post/"
# The reason under which the mail stands on Post, and the state of the mailbox; None: nothing is there.
EXPECTED = {
    "EXCHANGE_FREE_TEXT": (Reason.ADDRESS, "bad"),
    "POSTFIX": (Reason.ADDRESS, "bad"),
    "ARABIC": (Reason.ADDRESS, "bad"),
    "GMAIL_FULL": (Reason.FULL, "soft"),
    "OUTLOOK_REFUSES": (Reason.REFUSED, "refused"),
    "UNKNOWN_TEXT": (Reason.UNKNOWN, "unread"),
    "LATE": (None, "soft"),
    "ABSENCE": (None, None),
}
SOME = {name: EXPECTED[name] for name in ("EXCHANGE_FREE_TEXT", "GMAIL_FULL", "LATE", "ABSENCE")}


def sent_back(smtp_server, names) -> list[bytes]:
    """A mail to somebody for each shape, sent, and what a server answers to the sender on its envelope."""
    slot, when = OccurrenceFactory(), timezone.now() - timedelta(minutes=10)
    for name in names:
        register(slot, email=f"{name.lower()}@ministry.example", name=name, now=when)
    send_waiting_mails()
    by_address = {mail.rcpt_tos[0]: mail for mail in smtp_server.mails}
    return [_answer(getattr(shapes, name), by_address[f"{name.lower()}@ministry.example"]) for name in names]


def _answer(shape, mail) -> bytes:
    identity = message_from_bytes(mail.octets)["Message-ID"]
    assert mail.mail_from.startswith("bounces+")
    named = shape.replace(escape(shapes.MESSAGE_ID).encode(), escape(identity).encode())
    return named.replace(shapes.MESSAGE_ID.encode(), identity.encode()).replace(
        shapes.TO.encode(), mail.mail_from.encode()
    )


def read_from_maildir(octets, settings, tmp_path):
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    for number, each in enumerate(octets):
        (tmp_path / "new" / f"1.{number}.host").write_bytes(each)
    settings.CALENDAR_REPLIES = f"maildir://{tmp_path}"
    call_command("read_calendar_replies")


def read_by_imap(octets, settings, tmp_path):
    with ImapServer(octets) as server:
        settings.CALENDAR_REPLIES = f"imap://desk:secret@127.0.0.1:{server.port}/INBOX"
        call_command("read_calendar_replies")
        assert server.mails == {}


@pytest.mark.parametrize(("read", "expected"), [(read_from_maildir, EXPECTED), (read_by_imap, SOME)])
def test_what_comes_back_stands_on_post_by_its_reason(admin_client, smtp_server, settings, tmp_path, read, expected):
    settings.BOUNCE_ADDRESS = "bounces@events.example.org"

    read(sent_back(smtp_server, expected), settings, tmp_path)

    page = admin_client.get(POST)
    shown = {each.people[0].name: group.reason for group in page.context["failed"] for each in group.addresses}
    assert shown == {name: reason for name, (reason, _state) in expected.items() if reason}
    assert {row["name"] for row in page.context["lacking"]} == set(shown)
    states = {mailbox.address.partition("@")[0].upper(): mailbox.state for mailbox in Mailbox.objects.all()}
    assert states == {name: state for name, (_reason, state) in expected.items() if state}
    assert page.text.count(">Send again</button>") == len(shown)
