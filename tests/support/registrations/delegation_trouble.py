"""People named by a focal point whose first mails have not left, and what comes to their mailboxes."""

from datetime import timedelta

from django.utils import timezone

from registrations.delegations.members import Named
from registrations.models import Message, Registration
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory
from tests.support.registrations.delegations import sign_up
from tests.support.registrations.mail_trouble import (
    Person,
    away_at_first,
    cut_at_first,
    in_days,
    killed_at_first,
    refuse_at_first,
    untried,
)

JUMA = "juma@example.org"
# Of these none can have arrived.
OUTAGES = [untried, refuse_at_first, away_at_first]
TROUBLES = [*OUTAGES, cut_at_first, killed_at_first]


def sign_up_and_leave_the_first_mail(*slots, **typed) -> list[Registration]:
    """The mail that asks the focal point has left long before."""
    made = sign_up(*slots, now=timezone.now(), **typed)
    Message.objects.filter(kind="please_confirm").delete()
    return made


def named(*slots, name="FOCAL  Point") -> Person:
    [first, *_others] = sign_up_and_leave_the_first_mail(*slots, named=[Named("Juma Kiptoo", JUMA)], name=name)
    return Person(first, None)


def stays(*slots) -> Person:
    [first, *_others] = sign_up_and_leave_the_first_mail(*slots, named=[Named("OMAR Said")])
    return Person(first, None)


def a_slot():
    return OccurrenceFactory(starts_at=in_days(10).replace(minute=10), session__title="Mercury")


def another_slot(slot, **own):
    return OccurrenceFactory(**{"session__season": slot.session.season, "session__title": "Gold"} | own)


def mails_to(server, address) -> list:
    return [mail.message for mail in server.mails if mail.rcpt_tos == (address,)]


def subjects(server, address) -> list[str]:
    return [mail["Subject"].split(":")[0] for mail in mails_to(server, address)]


def words(mail, part="plain") -> str:
    return " ".join(mail.get_body((part,)).get_content().split())


def move(slot):
    """To other minutes, which no clock of the time before shows."""
    later = timedelta(minutes=25)
    times = {"starts_at": slot.starts_at + later, "ends_at": slot.ends_at + later}
    changes.reschedule(occurrence_id=slot.pk, now=timezone.now(), **times)
    slot.refresh_from_db()


def minutes(moment) -> str:
    return f":{moment:%M}"
