"""People erase what is stored about them, without asking anybody."""

from django.db import transaction

from registrations import anonymity, enrolment, notices, traces
from registrations.models import Delegation, Participant
from sessions.models import Occurrence

TRIES = 5


class SignsUpMeanwhile(Exception):
    """The person signed up for more at the same moment, again and again; nothing was erased."""


def erase(*, participant_id, now):
    """Cancel what is to come, with its mails, then take away who it was; erasing twice is erasing once.

    What was counted stays: country, group, registrations with their states. Raises SignsUpMeanwhile.
    """
    if not any(_erase(participant_id, now) for _try in range(TRIES)):
        raise SignsUpMeanwhile


@transaction.atomic
def _erase(participant_id, now) -> bool:
    """Locks the slots, then the person; False, with nothing done, if they have signed up for another session since."""
    sessions = _lock_slots(participant_id)
    person = Participant.objects.select_for_update(of=("self",)).select_related("season").get(pk=participant_id)
    if person.anonymised_at:
        return True
    coming = person.registrations.active().filter(occurrence__ends_at__gt=now).order_by("occurrence__starts_at", "pk")
    coming = list(coming.values_list("pk", "session"))
    if not sessions.issuperset(session for _pk, session in coming):
        return False
    for registration_id, _session in coming:
        enrolment.cancel(registration_id=registration_id, now=now, tell=notices.erased)
    _forget(person, now)
    return True


def _lock_slots(participant_id) -> set[int]:
    """Lock all slots of the person's sessions, in the order of their ids; which sessions these are."""
    person = Participant.objects.get(pk=participant_id)
    sessions = set(person.registrations.active().values_list("session", flat=True))
    list(Occurrence.objects.filter(session__in=sessions).select_for_update().order_by("pk").values_list("pk"))
    return sessions


def _forget(person, now):
    invitations = traces.invitations_of(person)
    invitations.valid().update(withdrawn_at=now)
    anonymity.anonymise_invitations(list(invitations), now=now)
    anonymity.anonymise_requests([asked.pk for asked in traces.requests_of(person)])
    Delegation.objects.filter(pk__in=[asked.pk for asked in traces.delegations_of(person)]).delete()
    anonymity.anonymise([person], now=now)
