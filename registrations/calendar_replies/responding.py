"""Mails that programs write to us. Calendars decline our invitations, or propose a time: their people are asked once
what they want to do. Mail servers send our mails back: that is stored.
"""

import logging
import time
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, transaction

from registrations.calendar_replies import parsing
from registrations.mail import notices, outbox
from registrations.mail.bounces import recording, reports
from registrations.mail.notices.letters import calendar_message_id
from registrations.models import Message, Registration
from registrations.seats import offers
from sessions.calendar import events
from sessions.clocks import moment
from sessions.models.parts import number_in

log = logging.getLogger(__name__)

MOST_SECONDS = 20


class NotYet(Exception):
    """The worker still prepares mails of a change of the slot: only then it is known which revision is the newest."""


@dataclass
class Tally:
    """How many mails were read, how many questions posted, how many of the mails were ours that came back, and how
    many were left behind: for later (`waiting`), or because responding failed.
    """

    read: int = 0
    answered: int = 0
    came_back: int = 0
    waiting: int = 0
    failed: int = 0


def answer_all(mails, *, now, seconds=MOST_SECONDS) -> Tally:
    """Answer mails of a reply mailbox until they or the seconds are over, and remove each whose answer is stored.

    A mail that fails is logged, stays for the next time, and stops no other; one whose time has not come stays, too.
    """
    tally, deadline = Tally(), time.monotonic() + seconds
    for mail in mails:
        tally.read += 1
        try:
            if report := reports.read(mail.octets):
                tally.came_back += recording.came_back(report, now=now)
            else:
                tally.answered += sum(answer(decline, now=now) for decline in parsing.read(mail.octets))
        except (OperationalError, InterfaceError):
            raise  # The database is away: no other mail would do better.
        except NotYet:
            tally.waiting += 1
        except Exception:
            tally.failed += 1
            log.exception("a calendar reply could not be answered and stays in its mailbox")
        else:
            mail.remove()
        if time.monotonic() > deadline:
            break
    return tally


@transaction.atomic
def answer(decline, *, now) -> bool:
    """Ask the participant whether to cancel, once for each revision of the entry; whether a mail was posted.

    Of a slot in parts whoever declines one keeps their place in all of them, and is asked whether they can come to any.
    `now` is the true moment.

    Nothing is cancelled: an answer in a mail is easy to forge, pressed by mistake, or given for somebody who got the
    invitation forwarded. For the same reason the mail goes to the participant's own address, no matter who answered:
    people answer from aliases, so the address in the answer could not be checked, and a forged one causes one mail.

    Locks the registration. Nothing is posted for an unknown entry, a cancelled registration, a slot that is over or
    called off, and when a mail with a newer revision was posted: who declined the old time has not declined the new.
    Raises NotYet while such a mail may still be posted.
    """
    registration, number = _locked(decline.uid)
    if registration is None:
        return False
    now = moment.of(registration.session.season, now)
    if not offers.is_to_come(registration.occurrence, now):
        return False
    stretch = _part(registration.occurrence, number)
    if stretch is None or not offers.is_to_come(stretch, now):
        return False
    if registration.is_being_prepared:
        raise NotYet
    if _is_outdated(decline, registration, number):
        return False
    question = notices.declined(registration, proposes_time=decline.proposes_time, part=stretch.part, now=now)
    if Message.objects.filter(dedupe_key=question.dedupe_key).exists():
        return False
    outbox.post([question])
    return True


def _locked(uid) -> tuple[Registration | None, int]:
    """With the number of the part that the entry is about; none where a rehearsal’s UID is of a real season, or a real
    one of a rehearsal.
    """
    related = ["participant__season", "occurrence", "session__season"]
    uid, is_rehearsed = events.uid_without_rehearsal(uid)
    of_such = Registration.objects.confirmed().filter(session__season__is_rehearsal=is_rehearsed)
    registrations = of_such.locked().select_related(*related)
    if found := registrations.filter(uid=uid).first():
        return found, 1
    whole, number = number_in(uid)
    return registrations.filter(uid=whole).first(), number


def _part(slot, number):
    """The slot, or the part of it that has this number; None where there is none such."""
    if not slot.parts:
        return slot if number == 1 else None
    return next((each for each in slot.stretches if each.part.number == number), None)


def _is_outdated(decline, registration, number) -> bool:
    # Not simply a lower SEQUENCE: a change that staff took back in time raised it, and no mail left.
    newer = range(decline.sequence + 1, registration.sequence + 1)
    mails = registration.messages.exclude(status=Message.Status.DROPPED)
    if registration.occurrence.parts:
        return mails.filter(part=number, sequence__gt=decline.sequence).exists()
    return mails.filter(message_id__in=[calendar_message_id(registration, number) for number in newer]).exists()
