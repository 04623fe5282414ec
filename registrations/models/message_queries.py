"""The states of a mail in the outbox, and which mails are due, claimed, unsent or ended."""

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registrations.models import not_sent
from sessions.locks import LockableQuerySet

# What decides whose turn it is, without texts and addresses: of many mails little is read.
STATE = ["kind", "participant", "registration", "status", "queued_at", "due_at", "leased_until", "may_have_left"]
# Given up; or sent, and sent back by another mail server later.
HAS_NOT_ARRIVED = Q(status="failed") | Q(status="sent", came_back_at__isnull=False)
# What composing decides: other words are another mail, with a Message-ID of its own.
WORDS = ["subject", "octets", "message_id", "sequence", "part"]


class MessageStatus(models.TextChoices):
    QUEUED = "queued", _("queued")
    SENDING = "sending", _("sending")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    DROPPED = "dropped", _("dropped")
    INCLUDED = "included", _("in another mail")


class MessageQuerySet(LockableQuerySet):
    def leaving(self):
        """All but those of rehearsals, which nobody gives to a mail server."""
        return self.filter(rehearsal=None)

    def of_season(self, season):
        """To its people, to who is invited, and those that announce it; without codes and what staff get."""
        to_somebody = Q(participant__season=season) | Q(invitation__session__season=season)
        return self.filter(to_somebody | Q(announcement__season=season) | Q(rehearsal=season))

    def due(self, now):
        """To leave, and claimed by nobody, or claimed by somebody whose lease ran out."""
        return self.leaving()._due(now)

    def due_in(self, rehearsal, now):
        """To be put into the box of the rehearsal (id), at this moment of it."""
        return self.filter(rehearsal=rehearsal)._due(now)

    def _due(self, now):
        unsent = Q(status=MessageStatus.QUEUED, due_at__lte=now)
        abandoned = Q(status=MessageStatus.SENDING, leased_until__lte=now)
        return self.filter(unsent | abandoned)

    def lock_due(self, pks, now) -> list:
        """Those that are due and that nobody else claims at this moment, locked, in the order of `pks`.

        Rows that a change of their slot holds are left out, so that nobody waits for another.
        """
        # By id and lease: with a condition on the status PostgreSQL may go through all that is queued.
        unleased = Q(leased_until=None) | Q(leased_until__lte=now)
        locked = {message.pk: message for message in self._free(pks).filter(unleased, sent_at=None)}
        return [locked[pk] for pk in pks if pk in locked and locked[pk].is_due(now)]

    def lock_briefly(self, pks):
        """Their STATE, without those that somebody else has locked."""
        return self._free(pks).with_state() if pks else []

    def with_state(self, *more):
        return self.only(*STATE, *more)

    def _free(self, pks):
        return self.filter(pk__in=pks).select_for_update(skip_locked=True, no_key=True)

    def take(self, messages, *, now, lease) -> list:
        """Claim these locked ones: `SENDING` from now on. One that was claimed before may have left."""
        for message in messages:
            message.may_have_left |= message.status == MessageStatus.SENDING
            message.status, message.leased_until = MessageStatus.SENDING, now + lease
            message.attempts += 1
        claims = {"status": MessageStatus.SENDING, "leased_until": now + lease, "attempts": F("attempts") + 1}
        self.filter(pk__in=[message.pk for message in messages]).update(**claims)
        self.filter(pk__in=[message.pk for message in messages if message.may_have_left]).update(may_have_left=True)
        return messages

    def overtake(self, pks):
        """Drop these locked ones."""
        gone = {"status": MessageStatus.DROPPED, "leased_until": None}
        if pks:
            self.filter(pk__in=pks).update(last_error=not_sent.OVERTAKEN, **gone)

    def postpone(self, messages, *, until):
        """For these locked ones. One that was claimed before may have left."""
        later = {"status": MessageStatus.QUEUED, "leased_until": None, "due_at": until}
        for message in messages:
            may_have_left = message.may_have_left or message.status == MessageStatus.SENDING
            self.filter(pk=message.pk).update(may_have_left=may_have_left, **later)

    def of_erased_people(self, pks):
        """Those whose people have erased their details."""
        return self.filter(pk__in=pks, participant__anonymised_at__isnull=False)

    def of_removed_subscribers(self, pks):
        """Those of an announcement, to a mailbox that is not on the list of the next season any more."""
        return self.filter(pk__in=pks, announcement__isnull=False, subscriber=None)

    def claimed_by(self, message):
        """This message, as long as the attempt that it was claimed for holds it: after a lease ran out another does.

        By its lease, which says the same as `SENDING`: with the status PostgreSQL may go through all that is queued.
        """
        return self.filter(pk=message.pk, attempts=message.attempts, leased_until__isnull=False)

    def record_composed(self, messages):
        """Store the words of messages that are claimed, all or none."""
        claimed = self.filter(pk__in=[message.pk for message in messages], leased_until__isnull=False)
        # In the order in which a change of their slot locks them, so that the two never wait for each other.
        with transaction.atomic():
            attempts = dict(claimed.locked().values_list("pk", "attempts"))
            own = [message for message in messages if attempts.get(message.pk) == message.attempts]
            # All of them are there and locked: it changes each row in its own way, and adds none.
            self.bulk_create(own, update_conflicts=True, unique_fields=["pk"], update_fields=WORDS)

    def failed(self):
        return self.filter(status=MessageStatus.FAILED)

    def came_back(self):
        return self.sent().filter(came_back_at__isnull=False)

    def unsettled(self):
        """Failed or came back, still with their text, and staff have not said that nothing more is to be done."""
        return self.filter(HAS_NOT_ARRIVED, emptied_at=None, settled_at=None)

    def settled(self):
        """The same, of which staff have said so: they have told the person in another way, or need not."""
        return self.filter(HAS_NOT_ARRIVED, settled_at__isnull=False)

    def told(self):
        """Sent and not sent back since, or settled."""
        return self.filter(
            Q(status=MessageStatus.SENT, came_back_at=None) | HAS_NOT_ARRIVED & Q(settled_at__isnull=False)
        )

    def hoped_for(self):
        """On their way, or sent and not sent back since."""
        return self.unsent() | self.sent().filter(came_back_at=None)

    def sent(self):
        return self.filter(status=MessageStatus.SENT)

    def arrived(self, *, before):
        """Sent before this moment, and not sent back since: servers that refuse a mail nearly always do so at once."""
        return self.sent().filter(sent_at__lt=before, came_back_at=None)

    def held_up(self, *, since):
        """Failed or came back, due since before this moment, or tried without success since then; not the settled."""
        unsent = self.unsent()
        tried = unsent.filter(attempts__gt=0, queued_at__lt=since).exclude(change__mails_leave_at__gte=since)
        return self.unsettled() | unsent.filter(due_at__lt=since) | tried

    def put_off(self):
        """Tried without success, and waiting for another try, or in it."""
        return self.unsent().filter(
            Q(status=MessageStatus.QUEUED, attempts__gt=0) | Q(status=MessageStatus.SENDING, attempts__gt=1)
        )

    def dropped(self):
        return self.filter(status=MessageStatus.DROPPED)

    def in_first_round(self):
        """Not failed before and sent once more by staff."""
        return self.filter(sent_again_at=None)

    def untouched(self):
        """Nobody has tried to send them: they can still be dropped."""
        return self.filter(status=MessageStatus.QUEUED, attempts=0)

    def not_left(self):
        """Waiting, also for another try, and cannot have arrived: what staff have done can still be taken back."""
        return self.filter(status=MessageStatus.QUEUED, may_have_left=False)

    @transaction.atomic
    def drop(self, reason) -> int:
        """Give up those that are queued; returns how many."""
        queued = self.filter(status=MessageStatus.QUEUED)
        return queued._in_order().update(status=MessageStatus.DROPPED, last_error=reason, leased_until=None)

    @transaction.atomic
    def requeue(self, now) -> int:
        """Make the failed ones due again that still have their text; returns how many."""
        failed = self.failed().filter(emptied_at=None)
        return failed._in_order().update(
            status=MessageStatus.QUEUED,
            due_at=now,
            leased_until=None,
            refused_since=None,
            sent_again_at=now,
            settled_at=None,
            settled_by=None,
        )

    def ended_with_text(self):
        """Nobody will send them any more, and they still hold somebody's address."""
        return self.exclude(status__in=[MessageStatus.QUEUED, MessageStatus.SENDING]).filter(emptied_at=None)

    def past_term(self, before):
        """Sent before this moment; those that never left, queued before it."""
        # The second condition follows from the first and lets the index on `queued_at` find them.
        is_past = Q(sent_at__lt=before) | Q(sent_at=None)
        return self.ended_with_text().filter(is_past, queued_at__lt=before)

    @transaction.atomic
    def empty(self, now) -> int:
        """Remove text and address of those that nobody will send; what stays tells nobody who they were for."""
        gone = {"octets": b"", "written_from": {}, "recipient": "", "subject": "", "last_error": ""}
        return self.ended_with_text()._in_order().update(emptied_at=now, **gone)

    def _in_order(self):
        """Those rows, locked in the order of their ids before one of them is changed."""
        return self.model.objects.filter(pk__in=self.locked().values("pk"))

    def revocable(self):
        """Of a change of a time slot, or of people whom staff moved: until they leave, staff may take it back."""
        return self.filter(Q(change__isnull=False) | Q(transfer__isnull=False))

    def tried(self):
        """Somebody has tried to send them: their readers may have them."""
        return self.filter(Q(attempts__gt=0) | Q(status__in=[MessageStatus.SENT, MessageStatus.FAILED]))

    def unsent(self):
        return self.filter(status__in=[MessageStatus.QUEUED, MessageStatus.SENDING])
