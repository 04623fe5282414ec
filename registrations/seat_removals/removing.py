"""Staff take places away; those who wait move up in the same transaction."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from registrations import audit
from registrations.enrolment import locking, waiting_list
from registrations.mail import notices, outbox
from registrations.models import Message, Registration, SeatRemoval, not_sent
from registrations.seat_removals import plan
from registrations.seats import counters
from sessions.models import Occurrence

# So many in one go: they are all told, and named, in one transaction.
PEOPLE_AT_MOST = 500
# Nearer than this nobody waits for staff who may change their mind: the person would come.
NEAR = timedelta(hours=1)


class ChangedMeanwhile(Exception):
    """Somebody cancelled, moved, or came to wait, since staff saw who would lose and who would move up."""


class TooManyAtOnce(Exception):
    """More than PEOPLE_AT_MOST."""


@dataclass(frozen=True)
class Terms:
    """Why, what people are told, and whether they may register again; `why` is for colleagues alone."""

    reason: str
    words: str = ""
    is_told: bool = True
    may_return: bool = False
    why: str = ""

    def removal(self, *, by=None, now=None) -> SeatRemoval:
        """Not stored."""
        return SeatRemoval(made_at=now, made_by=by, reason=self.reason, words=self.words, is_told=self.is_told)


@transaction.atomic
def take_away(*, registration_ids, terms, shown, by, now) -> SeatRemoval:
    """Take the places away if they are those of the plan with the fingerprint `shown`, and give them to who waits.

    Locks the slots of the sessions, then the registrations. The mails wait for RECALL_MINUTES, so that staff who give
    the places back in time frighten nobody; those to who moves up leave at once. Raises ChangedMeanwhile or
    TooManyAtOnce.
    """
    if len(registration_ids) > PEOPLE_AT_MOST:
        raise TooManyAtOnce
    chosen = _locked(registration_ids, now)
    if chosen.fingerprint != shown or not chosen.losing:
        raise ChangedMeanwhile
    removal = terms.removal(by=by, now=now)
    removal.save()
    before = {each.pk: each.status for each in chosen.losing}
    _leave(chosen.losing)
    _cancel(chosen.losing, removal, is_barred=not terms.may_return, now=now)
    told = [each for each in chosen.losing if removal.mails(each)]
    outbox.post([_mail(each, now) for each in told])
    _stop_mails([each.pk for each in chosen.losing if not removal.mails(each)])
    moved_up = sum(waiting_list.promote(slot, now=now) for slot in waiting_list.by_slot(chosen.losing))
    _record(removal, terms, before, {"people": len(before), "mails": len(told), "moved_up": moved_up}, by)
    return removal


def _locked(registration_ids, now) -> plan.Plan:
    """All slots of their sessions, wherever the people move meanwhile; each slot is one object for all its people."""
    sessions = Registration.objects.filter(pk__in=registration_ids).values("session")
    of_sessions = Occurrence.objects.filter(session__in=sessions).values_list("pk", flat=True)
    slots = {slot.pk: slot for slot in locking.slots(list(of_sessions))}
    list(Registration.objects.filter(pk__in=registration_ids).locked().values_list("pk"))
    registrations = list(plan.removable(registration_ids, now).select_related(*plan.RELATED))
    for registration in registrations:
        registration.occurrence = slots[registration.occurrence_id]
    return plan.of_rows(registrations, now=now)


def _leave(registrations):
    for slot, leaving in waiting_list.by_slot(registrations).items():
        seated = sum(each.is_confirmed for each in leaving)
        counters.change([slot], taken=-seated, waiting=seated - len(leaving))


def _cancel(registrations, removal, *, is_barred, now):
    """One statement, and the same in the rows at hand, of which mails are made."""
    changes = {
        "status": Registration.Status.CANCELLED,
        "cancelled_at": now,
        "removal": removal,
        "is_barred": is_barred,
        "unprepared_since": None,
        "revised_at": now,
    }
    pks = [each.pk for each in registrations]
    Registration.objects.filter(pk__in=pks).update(sequence=F("sequence") + 1, **changes)
    for registration in registrations:
        registration.sequence += 1
        for field, value in changes.items():
            setattr(registration, field, value)


def _mail(registration, now):
    mail = notices.place_taken_away(registration, now=now)
    if registration.occurrence.starts_at - now > NEAR:
        mail.due_at = now + timedelta(minutes=settings.RECALL_MINUTES)
    return mail


def _stop_mails(registration_ids):
    """What has not left to people who are not told: with a mail of its own it would be overtaken."""
    Message.objects.filter(registration__in=registration_ids).drop(not_sent.PLACE_TAKEN_AWAY)


def _record(removal, terms, before, numbers, by):
    said = {"reason": removal.reason, "told": removal.is_told, "may_register_again": terms.may_return}
    # The reason stands with each of the people alone, so that it goes with who is erased.
    audit.record("places-taken-away", removal, by=by, after=said | numbers)
    for registration in removal.registrations.order_by("pk"):
        states = {"before": {"status": before[registration.pk]}, "after": {"status": registration.status}}
        audit.record("place-taken-away", registration, by=by, why=terms.why, **states)
