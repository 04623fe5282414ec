"""People erase what is stored about them, without asking anybody."""

from django.db import transaction
from django.db.models import Q

from registrations.enrolment import enrolment, locking
from registrations.mail import notices
from registrations.models import (
    AdmissionRequest,
    Delegation,
    Invitation,
    NextSeasonSubscriber,
    Participant,
    Registration,
)
from registrations.next_season import subscription
from registrations.people import identification
from registrations.privacy import anonymisation, related
from registrations.seats import counters

TRIES = 5


class SignsUpMeanwhile(Exception):
    """The person signed up for more at the same moment, again and again; nothing was erased."""


def erase(*, participant_id, now):
    """Cancel what is to come, with its mails, then take away who it was; erasing twice is erasing once.

    What was counted stays: registrations with their states. Raises SignsUpMeanwhile.
    """
    mailbox = Participant.objects.get(pk=participant_id).mailbox
    _leave_list_of_next_season(mailbox, now)
    if not any(_erase(participant_id, now) for _try in range(TRIES)):
        raise SignsUpMeanwhile
    # Who asked in another window meanwhile; from now on their key opens nothing.
    _leave_list_of_next_season(mailbox, now)


def _leave_list_of_next_season(mailbox, now):
    """In a transaction of its own: its mails are locked, and registrations come before mails."""
    subscription.stop(NextSeasonSubscriber.objects.of(mailbox), now=now)


@transaction.atomic
def _erase(participant_id, now) -> bool:
    """Locks slots, invitations, the person; False, with nothing done, if one of the first two came since."""
    sessions = locking.slots_of(participant_id)
    invitations = _lock_invitations(participant_id)
    person = _lock_person(participant_id)
    if person.anonymised_at:
        return True
    if not invitations.issuperset(related.invitations_of(person).values_list("pk", flat=True)):
        return False
    coming = person.registrations.active().filter(occurrence__ends_at__gt=now).order_by("occurrence__starts_at", "pk")
    coming = list(coming.values_list("pk", "session"))
    if not sessions.issuperset(session for _pk, session in coming):
        return False
    list(person.registrations.active().locked().values_list("pk"))
    for registration_id, _session in coming:
        enrolment.cancel(registration_id=registration_id, now=now, tell=notices.erased)
    _leave_what_was_not_held(person, now)
    _forget(person, now)
    return True


def _lock_invitations(participant_id) -> set[int]:
    """With the person's requests to be let in, and delegations; the ids of the invitations."""
    person = Participant.objects.get(pk=participant_id)
    known = list(related.invitations_of(person).values_list("pk", flat=True))
    list(Invitation.objects.filter(pk__in=known).locked().values_list("pk"))
    requests = [asked.pk for asked in related.requests_of(person)]
    list(AdmissionRequest.objects.filter(pk__in=requests).locked().values_list("pk"))
    delegations = [asked.pk for asked in related.delegations_of(person)]
    list(Delegation.objects.filter(pk__in=delegations).locked().values_list("pk"))
    return set(known)


def _lock_person(participant_id) -> Participant:
    """With those whom they have named, whose rows say so; all in the order of all who lock several people."""
    together = Participant.objects.filter(Q(pk=participant_id) | Q(named_by=participant_id))
    identification.lock(together)
    return Participant.objects.select_related("season").get(pk=participant_id)


def _leave_what_was_not_held(person, now):
    """Give back, without a mail, what is over and brought the person nowhere: a place in a list, a slot called off.

    Staff may hold such a slot at a later time, and a seat of somebody whom nobody can reach would stay empty.
    """
    over = person.registrations.active().filter(occurrence__ends_at__lte=now).select_related("occurrence")
    left = [each for each in over if each.is_waiting or each.occurrence.is_called_off]
    for registration in left:
        counters.leave(registration)
    gone = Registration.objects.filter(pk__in=[each.pk for each in left])
    gone.update(status=Registration.Status.CANCELLED, cancelled_at=now)


def _forget(person, now):
    invitations = related.invitations_of(person)
    invitations.valid().update(withdrawn_at=now)
    anonymisation.anonymise_invitations(list(invitations), now=now)
    anonymisation.anonymise_requests([asked.pk for asked in related.requests_of(person)])
    Delegation.objects.filter(pk__in=[asked.pk for asked in related.delegations_of(person)]).delete()
    person.named.update(named_by=None)
    anonymisation.anonymise([person], now=now)
