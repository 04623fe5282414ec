"""The mails of a change of a time slot are put into the outbox: at once for a few people, by the worker for many."""

from functools import partial

from django.db import transaction

from registrations.mail import batches, missing_entries, outbox, slot_change_mails
from registrations.models import Registration, SlotChange
from sessions.models import Occurrence


def begin(change, people, *, now):
    """Prepare the mails of a change that is being made for so many people, or have the worker prepare them."""
    if people <= batches.PEOPLE_AT_ONCE:
        _prepare_some(change, now)
        return
    change.people += slot_change_mails.number_to_prepare(change.occurrence)
    change.save(update_fields=["people"])
    outbox.tell_worker("prepare_mails", change.pk)


def prepare(*, change_id, now, seconds) -> bool:
    """Prepare mails of the change for so long, a batch after the other; returns whether some are left."""
    return batches.work_off(partial(_prepare_batch, change_id, now), seconds=seconds)


def unprepared() -> list[int]:
    """Ids of the changes for which mails are left to prepare, the oldest first."""
    return list(SlotChange.objects.unprepared().order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _prepare_batch(change_id, now) -> bool:
    """Locks the slot, the change, then the registrations; of a killed process nothing of this batch stays."""
    slot = Occurrence.objects.locked().filter(changes=change_id).first()
    change = SlotChange.objects.locked().unprepared().filter(pk=change_id).first() if slot else None
    if change is None:
        return False
    change.occurrence = slot
    return _prepare_some(change, now)


def _prepare_some(change, now) -> bool:
    """For a locked slot; returns whether some are left."""
    unprepared = Registration.objects.unprepared().filter(occurrence=change.occurrence)
    batch = list(unprepared.locked().select_related("participant")[: batches.PEOPLE_A_BATCH])
    recipients = slot_change_mails.post(batch, change, now=now)
    if not change.occurrence.is_called_off:
        _bring_missing_entries(batch, recipients, now)
    if unprepared.exists():
        return True
    change.people, change.prepared_at = change.messages.count(), now
    change.save(update_fields=["people", "prepared_at"])
    return False


def _bring_missing_entries(batch, recipients, now):
    """To who chose entries by mail, or said yes, while the slot was called off."""
    related = ["participant", "occurrence", "session__season"]
    lacking = Registration.objects.lacking_entries().filter(pk__in=[each.pk for each in batch])
    by_mail = {each.pk for each in recipients}
    missing_entries.send(list(lacking.select_related(*related).order_by("pk")), with_waiting_mail=by_mail, now=now)
