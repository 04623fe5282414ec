"""What the tests of calendar replies share: an invited person, a decline, and the questions that it causes."""

from datetime import UTC, datetime, timedelta

from registrations.calendar_replies import responding
from registrations.calendar_replies.mailbox.mail import Mail
from registrations.calendar_replies.parsing import Decline
from registrations.mail import notices, outbox
from registrations.models import Message
from registrations.rescheduling import changes
from tests.factories import RegistrationFactory
from tests.support.calendars import read_mail

NOW = datetime(2030, 9, 4, 9, 15, tzinfo=UTC)
SLOT = {"starts_at": datetime(2030, 10, 10, 13, 0, tzinfo=UTC), "ends_at": datetime(2030, 10, 10, 14, 0, tzinfo=UTC)}


class Box:
    """A reply mailbox in memory."""

    def __init__(self, *mails):
        self.kept, self.refuses = list(mails), False

    def mails(self):
        return [Mail(octets, lambda octets=octets: self._remove(octets)) for octets in list(self.kept)]

    def _remove(self, octets):
        if self.refuses:
            raise InterruptedError
        self.kept.remove(octets)


def invited(**fields):
    slot = {} if "occurrence" in fields else {f"occurrence__{name}": value for name, value in SLOT.items()}
    named = {f"occurrence__{name}" if name.startswith("session__") else name: value for name, value in fields.items()}
    registration = RegistrationFactory(**slot | named)
    outbox.post(notices.confirmation(registration.participant, [registration], now=NOW))
    return registration


def answer(registration, *, sequence=0):
    return responding.answer(Decline(registration.uid, sequence), now=NOW)


def move(slot):
    shift = timedelta(days=1)
    times = {"starts_at": slot.starts_at + shift, "ends_at": slot.ends_at + shift}
    return changes.reschedule(occurrence_id=slot.pk, now=NOW, **times)


def questions():
    return list(Message.objects.filter(kind="declined").order_by("pk"))


def text_of(message):
    return read_mail(message).get_body(("plain",)).get_content().replace("\r\n", "\n")
