"""What people have not heard: the mails about their registrations that nobody has tried to send, and what they know."""

from collections import defaultdict

from django.db.models import Max

from registrations.mail.registration_mails import ORDERED
from registrations.mail.slot_change_mails import Known, known, known_before, knows_before
from registrations.models import Message, SlotChange


def mails_of(registrations) -> dict[int, list[Message]]:
    """Those after all that somebody has tried to send, in their order, by registration id; without texts."""
    about = _about(registrations)
    tried = dict(about.tried().order_by().values_list("registration").annotate(Max("pk")))
    found = defaultdict(list)
    for mail in about.untouched().defer("octets").order_by("pk"):
        if mail.pk > tried.get(mail.registration_id, 0):
            found[mail.registration_id].append(mail)
    return found


def lock(registrations):
    """So that none of these mails is on its way before the transaction ends; `mails_of` reads them after that."""
    list(_about(registrations).untouched().locked().values_list("pk"))


def known_to(registrations, mails) -> dict[int, Known]:
    """What these people know of the slot that they are in, or were moved from, by registration id.

    `mails` are `mails_of` them.
    """
    before = _before_unprepared(registrations)
    states = {each.pk: before.get(_change_of(each)) or known(each.occurrence) for each in registrations}
    waiting = {pk: first for pk, [first, *_later] in mails.items() if first.known_starts_at}
    return states | {pk: knows_before(mail) for pk, mail in waiting.items()}


def _about(registrations):
    return Message.objects.filter(registration__in=[each.pk for each in registrations], kind__in=ORDERED)


def _before_unprepared(registrations) -> dict[tuple[int, int], Known]:
    """The states before the changes of which no mail is prepared for these people."""
    since = {each.unprepared_since for each in registrations} - {None}
    slots = {each.occurrence_id for each in registrations}
    changes = SlotChange.objects.filter(occurrence__in=slots, sequence__in=since) if since else []
    return {(change.occurrence_id, change.sequence): known_before(change) for change in changes}


def _change_of(registration):
    return registration.occurrence_id, registration.unprepared_since
