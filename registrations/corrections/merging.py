"""Two people of one season are one: the person who stays has what both had, and the other one is nobody any more."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from registrations import audit
from registrations.attendance import of_person as attendance_of
from registrations.certificates import changing
from registrations.corrections import merge_plan
from registrations.corrections.address import require_no_change
from registrations.enrolment import answering, locking, waiting_list
from registrations.mail import notices, outbox
from registrations.models import (
    ClearedSuspect,
    Invitation,
    Message,
    Participant,
    Registration,
    SeatRemoval,
    new_key,
)
from registrations.people import identification, search
from registrations.privacy import anonymisation
from registrations.seats import counters
from registrations.speaker_questions import forgetting
from sessions.models import Occurrence


class NotTwoPeople(Exception):
    """They are one already, are of two seasons, or one of them has erased their details."""


class KeptUnconfirmed(Exception):
    """The person who would stay has not said yes, and the other one has."""


class MailboxShared(Exception):
    """The person who would go has signed up people who stay behind the old mailbox."""


class ChangedMeanwhile(Exception):
    """One of the two, or what they have, is not as it was shown."""


@dataclass(frozen=True)
class Told:
    """To whose mailbox a mail about it goes."""

    kept: bool
    lost: bool


@transaction.atomic
def merge(*, kept_id, lost_id, details_of_lost, shown, by, now) -> Told:
    """Give the one what the other has, if both are as in the plan with the fingerprint `shown`.

    `details_of_lost` names those of merge_plan.DETAILS that stay as the person who goes had them. Locks slots,
    invitations, the people, then what belongs to them. Raises NotTwoPeople, KeptUnconfirmed, MailboxShared,
    address.ChangeWaits or ChangedMeanwhile.
    """
    slots = _locked_slots([kept_id, lost_id])
    list(Invitation.objects.filter(registration__participant__in=[kept_id, lost_id]).locked().values_list("pk"))
    kept, lost = _locked_people(kept_id, lost_id)
    plan = _locked_plan(kept, lost, slots, now)
    if plan.fingerprint != shown:
        raise ChangedMeanwhile
    require_no_change(plan.registrations, now)
    _end_what_is_over(plan, now)
    left = _leave_what_is_too_much(plan)
    gained = [each for pair in plan.pairs if (each := _gained(pair, kept, now))]
    _cancel(plan, by, now)
    for slot in left:
        waiting_list.promote(slot, now=now)
    _lock_mails(lost)
    history = _move_history(plan, now)
    attendance_of.move(lost, to=kept)
    changing.move(lost, to=kept)
    _move_relations(plan)
    _take_details(plan, details_of_lost)
    told = _tell(plan, gained, now)
    _forget(lost, now)
    numbers = {"participant": lost.pk, "places": len(gained), "earlier_registrations": history}
    audit.record("merged", kept, by=by, after=numbers)
    audit.record("merged-into", lost, by=by, after={"participant": kept.pk})
    return told


def require_mergeable(kept, lost):
    """Raises what `merge` raises for these two, whatever they have."""
    if kept.pk == lost.pk or kept.season_id != lost.season_id or kept.anonymised_at or lost.anonymised_at:
        raise NotTwoPeople
    if lost.confirmed_at and not kept.confirmed_at:
        raise KeptUnconfirmed
    stay_behind = lost.named.filter(mailbox=lost.mailbox).exclude(pk=kept.pk)
    if lost.mailbox != kept.mailbox and stay_behind.exists():
        raise MailboxShared


def _locked_slots(people) -> dict[int, Occurrence]:
    """Of all sessions that they are registered for; one object for each, whoever is in it."""
    sessions = Registration.objects.active().filter(participant__in=people).values("session")
    slots = Occurrence.objects.filter(session__in=sessions).values_list("pk", flat=True)
    return {slot.pk: slot for slot in locking.slots(list(slots))}


def _locked_people(kept_id, lost_id):
    together = Participant.objects.filter(Q(pk__in=[kept_id, lost_id]) | Q(named_by=lost_id))
    identification.lock(together)
    found = Participant.objects.select_related("season", "named_by").in_bulk([kept_id, lost_id])
    if len(found) < 2:
        raise NotTwoPeople
    require_mergeable(found[kept_id], found[lost_id])
    return found[kept_id], found[lost_id]


def _locked_plan(kept, lost, slots, now) -> merge_plan.Plan:
    both = Registration.objects.filter(participant__in=[kept, lost])
    list(both.locked().values_list("pk"))
    rows = list(both.select_related(*merge_plan.RELATED).order_by("pk"))
    people = {kept.pk: kept, lost.pk: lost}
    for row in rows:
        if not row.is_cancelled and row.occurrence_id not in slots:
            raise ChangedMeanwhile
        row.occurrence = slots.get(row.occurrence_id, row.occurrence)
        row.participant = people[row.participant_id]
    return merge_plan.of_rows(kept, lost, rows, now=now)


def _lock_mails(lost):
    list(Message.objects.filter(participant=lost).locked().values_list("pk"))


def _end_what_is_over(plan, now):
    """A session has one active registration of a person: one of the past gives way, and keeps when they joined.

    Its entry stays in the calendar as it was.
    """
    for pair in plan.pairs:
        if pair.ended:
            counters.leave(pair.ended)
            pair.ended.status, pair.ended.cancelled_at = Registration.Status.CANCELLED, now
            pair.ended.save(update_fields=["status", "cancelled_at"])


def _leave_what_is_too_much(plan) -> list[Occurrence]:
    """Of two places in one session the worse one comes free; returns their slots."""
    worse = [pair.kept if pair.is_better else pair.lost for pair in plan.pairs if not pair.comes]
    for registration in worse:
        counters.leave(registration)
    return list({registration.occurrence for registration in worse})


def _gained(pair, kept, now) -> Registration | None:
    """The place, with an entry of the kept person's own; the counters know it already."""
    lost = pair.lost
    place = {"occurrence": lost.occurrence, "status": lost.status, "waiting_since": lost.waiting_since}
    if pair.comes:
        return Registration.objects.create(
            participant=kept,
            session=lost.session,
            registered_at=lost.registered_at,
            revised_at=now,
            entry_was_mailed=lost.is_confirmed and kept.wants_entries,
            is_by_telephone=lost.is_by_telephone,
            **place,
        )
    if not pair.is_better:
        return None
    own = pair.kept
    has_entry = lost.is_confirmed and (own.entry_was_mailed or kept.wants_entries)
    changes = place | {"entry_was_mailed": has_entry, "sequence": own.sequence + 1, "revised_at": now}
    for field, value in changes.items():
        setattr(own, field, value)
    own.save(update_fields=list(changes))
    return own


def _cancel(plan, by, now):
    """What was to come of the person who goes, as places that staff take away because somebody has two."""
    if not plan.pairs:
        return
    removal = SeatRemoval.objects.create(made_at=now, made_by=by, reason=SeatRemoval.Reason.TWICE)
    changes = {"status": Registration.Status.CANCELLED, "cancelled_at": now, "removal": removal, "revised_at": now}
    for pair in plan.pairs:
        for field, value in (changes | {"sequence": pair.lost.sequence + 1}).items():
            setattr(pair.lost, field, value)
    Registration.objects.bulk_update([pair.lost for pair in plan.pairs], [*changes, "sequence"])


def _move_history(plan, now) -> int:
    """What is over or cancelled, unless a mail that cancels it has still to leave for the old mailbox; how many."""
    gone = {pair.lost.pk for pair in plan.pairs}
    unsent = Message.objects.unsent().filter(
        registration__in=[each for each in plan.registrations if each.is_cancelled]
    )
    gone.update(unsent.values_list("registration", flat=True))
    own = {each.session_id: each for each in plan.registrations if each.participant == plan.kept and _counts(each)}
    moved = []
    for registration in plan.registrations:
        if registration.participant != plan.lost or registration.pk in gone:
            continue
        if not registration.is_cancelled and registration.session_id in own:
            _count_once(registration, own[registration.session_id], now)
        else:
            registration.participant, registration.join_key = plan.kept, new_key()
            moved.append(registration)
    Registration.objects.bulk_update(moved, ["participant", "join_key"])
    Message.objects.sent().filter(participant=plan.lost).update(participant=plan.kept)
    return len(moved)


def _counts(registration) -> bool:
    return not registration.is_cancelled


def _count_once(lost, kept, now):
    """Both were in a session: its seat is counted once, and who joined a slot that is over has joined.

    Not where the seat that stays is in a slot to come: nobody has been there.
    """
    counters.leave(lost)
    Registration.objects.filter(pk=lost.pk).update(status=Registration.Status.CANCELLED, cancelled_at=now)
    has_joined = lost.joined_at and not kept.joined_at
    if has_joined and kept.is_confirmed and kept.occurrence.is_over(now):
        Registration.objects.filter(pk=kept.pk).update(joined_at=lost.joined_at)


def _move_relations(plan):
    """Invitations that brought the person in, the people whom they signed up, and what the other lacks of answers, of
    questions to speakers and of what staff said of a sign-up that looked made up.
    """
    active = dict(plan.kept.registrations.active().values_list("session", "pk"))
    for invitation in Invitation.objects.filter(registration__participant=plan.lost).order_by("pk"):
        if own := active.get(invitation.session_id):
            Invitation.objects.filter(pk=invitation.pk).update(registration=own)
    plan.lost.named.exclude(pk=plan.kept.pk).update(named_by=plan.kept)
    answering.move(plan.lost, to=plan.kept)
    forgetting.move(plan.lost, to=plan.kept)
    answered = plan.kept.feedback_tickets.values("session")
    plan.lost.feedback_tickets.exclude(session__in=answered).update(participant=plan.kept)
    known = plan.kept.cleared.values("likeness")
    ClearedSuspect.objects.filter(participant=plan.lost).exclude(likeness__in=known).update(participant=plan.kept)


def _take_details(plan, names):
    kept = plan.kept
    for name in set(names).intersection(merge_plan.DETAILS):
        setattr(kept, name, getattr(plan.lost, name))
    if kept.named_by_id == plan.lost.pk:
        kept.named_by = plan.lost.named_by if plan.lost.named_by_id != kept.pk else None
    kept.page_opened_at = _first_opening(kept, plan.lost)
    kept.certificate_name = kept.certificate_name or plan.lost.certificate_name
    kept.search_text = search.text_of(name=kept.name, email=kept.email, organisation=kept.organisation)
    kept.save(update_fields=[*merge_plan.DETAILS, "named_by", "page_opened_at", "certificate_name", "search_text"])


def _first_opening(kept, lost):
    """Of a page of either, since they are one; as unknown as that of the kept person where it is known of neither."""
    known = [each.page_opened_at for each in (kept, lost) if each.page_opened_at and each.is_opening_known]
    is_unknown = not kept.is_opening_known or not lost.is_opening_known
    return min(known, default=kept.consented_at if is_unknown else None)


def _tell(plan, gained, now) -> Told:
    """Each mailbox: of each place that goes, with its entry; of what came, or of all that the person has."""
    outbox.post_new([notices.place_taken_away(pair.lost, now=now) for pair in plan.pairs])
    mails = _mails_to_kept(plan, gained, now)
    outbox.post_new(mails)
    return Told(kept=bool(mails), lost=bool(plan.pairs))


def _mails_to_kept(plan, gained, now) -> list[Message]:
    plan.kept.changed_by_staff = "merged"
    if gained:
        return notices.confirmation(plan.kept, gained, now=now)
    if not plan.kept.registrations.active().exists():
        return []
    mail = notices.already_registered(plan.kept, now=now)
    mail.dedupe_key = f"{mail.kind}:merged:{plan.kept.pk}:{plan.lost.pk}"
    return [mail]


def _forget(lost, now):
    """In no statistics: who they were is counted with the person who stays."""
    Participant.objects.filter(pk=lost.pk).update(confirmed_at=None)
    anonymisation.anonymise([lost], now=now)
