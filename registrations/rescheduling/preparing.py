"""The mails of a change of a time slot are put into the outbox: at once for a few people, by the worker for many."""

from functools import partial

from registrations.mail import batches, invitation_mails, missing_entries, slot_change_mails
from registrations.models import Registration, SlotChange
from sessions.models import Occurrence


def begin(change, people, *, now):
    """Prepare the mails of a change that is being made for so many people, or have the worker prepare them."""
    if batches.begin(people, partial(_post_some, change, now), task="prepare_mails", argument=change.pk):
        change.people = number_left(change.occurrence)
        change.save(update_fields=["people"])


def prepare(*, change_id, now, seconds) -> bool:
    """Prepare mails of the change for so long, a batch after the other; returns whether some are left."""
    return batches.work_off(partial(_locked, change_id), partial(_post_some, now=now), seconds=seconds)


def unprepared() -> list[int]:
    """Ids of the changes for which mails are left to prepare, the oldest first."""
    return list(SlotChange.objects.unprepared().order_by("pk").values_list("pk", flat=True))


def unprepared_of(slots) -> list[int]:
    """Of these slots alone."""
    of_slots = SlotChange.objects.unprepared().filter(occurrence__in=slots)
    return list(of_slots.order_by("pk").values_list("pk", flat=True))


def number_left(slot) -> int:
    """How many people will still get a mail of the slot's last change."""
    return slot_change_mails.number_to_prepare(slot) + invitation_mails.number_to_prepare(slot)


def _locked(change_id) -> SlotChange | None:
    """Locks the slots, then the change: all slots of the session, because invited people hear of each of them."""
    slots = list(Occurrence.objects.locked().filter(session__occurrences__changes=change_id))
    change = SlotChange.objects.locked().unprepared().filter(pk=change_id).first()
    if change is not None:
        change.occurrence = next(slot for slot in slots if slot.pk == change.occurrence_id)
    return change


def _post_some(change, now) -> bool:
    """For locked slots; returns whether some are left."""
    invited, registered = invitation_mails.unprepared(change.occurrence), _registered(change)
    some_invited = list(invited.locked()[: batches.PEOPLE_A_BATCH])
    some = list(registered.locked().select_related("participant")[: batches.PEOPLE_A_BATCH - len(some_invited)])
    invitation_mails.post_changes(some_invited, now=now)
    _post(some, change, now)
    _invite_again(change, batches.PEOPLE_A_BATCH - len(some_invited) - len(some), now)
    if invited.exists() or registered.exists() or invitation_mails.lost(change).exists():
        return True
    change.people, change.prepared_at = change.messages.count(), now
    change.save(update_fields=["people", "prepared_at"])
    return False


def _registered(change):
    return Registration.objects.unprepared().filter(occurrence=change.occurrence)


def _post(registrations, change, now):
    recipients = slot_change_mails.post(registrations, change, now=now)
    if not change.occurrence.is_called_off:
        _bring_missing_entries(registrations, recipients, now)


def _invite_again(change, most, now):
    again = list(invitation_mails.lost(change).order_by("pk")[:most])
    invitation_mails.post(again, now=now, due_at=change.mails_leave_at)


def _bring_missing_entries(batch, recipients, now):
    """To who chose entries by mail, or said yes, while the slot was called off."""
    related = ["participant", "occurrence", "session__season"]
    lacking = Registration.objects.lacking_entries().filter(pk__in=[each.pk for each in batch])
    by_mail = {each.pk for each in recipients}
    missing_entries.send(list(lacking.select_related(*related).order_by("pk")), with_waiting_mail=by_mail, now=now)
