"""How far the mails of a change of a time slot have come."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _

from registrations.models import Message, SlotChange
from registrations.next_season import announcing
from registrations.presenters.staff.recipients import hour
from registrations.rescheduling import preparing
from sessions.clocks.dates import listed, number


@dataclass(frozen=True)
class Progress:
    """The mails of one change, by state; the change comes with its slot, session and season.

    `being_prepared` are not in the outbox yet.
    """

    change: SlotChange
    being_prepared: int = 0
    waiting: int = 0
    sending: int = 0
    sent: int = 0
    failed: int = 0
    dropped: int = 0

    @property
    def total(self) -> int:
        return self.unsent + self.settled

    @property
    def unsent(self) -> int:
        return self.being_prepared + self.waiting + self.sending

    @property
    def settled(self) -> int:
        """Sent, or never to be sent."""
        return self.sent + self.failed + self.dropped

    def is_held_back(self, now: datetime) -> bool:
        """Whether mails wait because their time has not come."""
        return bool(self.waiting or self.being_prepared) and now < self.change.mails_leave_at

    def in_words(self, now: datetime) -> str:
        if self.change.taken_back_at:
            return _("taken back")
        if not self.total:
            return _("taken over by a later change") if self.change.people else _("nobody to tell")
        if self.being_prepared:
            done = number(self.total - self.being_prepared)
            return _("mails are being prepared: %(done)s of %(total)s") % {"done": done, "total": number(self.total)}
        if self.is_held_back(now):
            return _("waiting until %(hour)s") % {"hour": hour(self.change.mails_leave_at, self._season)}
        if self.unsent:
            return _("sending: %(done)s of %(total)s") % {"done": number(self.settled), "total": number(self.total)}
        return _("done: %(outcomes)s") % {"outcomes": listed(self._outcomes())}

    @property
    def rows(self) -> list[tuple[str, str]]:
        counts = [
            *([(_("Being prepared"), self.being_prepared)] if self.being_prepared else []),
            (_("Waiting"), self.waiting),
            (_("Being sent"), self.sending),
            (_("Sent"), self.sent),
            (_("Failed"), self.failed),
            (_("Not needed any more"), self.dropped),
        ]
        return [(words, number(count)) for words, count in counts]

    def _outcomes(self):
        yield _("%(number)s sent") % {"number": number(self.sent)}
        if self.failed:
            yield _("%(number)s failed") % {"number": number(self.failed)}
        if self.dropped:
            yield _("%(number)s not needed any more") % {"number": number(self.dropped)}

    @property
    def _season(self):
        return self.change.occurrence.session.season


class AnnouncementProgress(Progress):
    """The mails of an announcement of a season, in the place of the change."""

    @property
    def _season(self):
        return self.change.season


NAMES = {
    Message.Status.QUEUED: "waiting",
    Message.Status.SENDING: "sending",
    Message.Status.SENT: "sent",
    Message.Status.FAILED: "failed",
    Message.Status.DROPPED: "dropped",
}


def of_each(changes) -> dict[int, Progress]:
    """The progress of each of these changes by its id, in one query but for those whose mails are being prepared."""
    counts = defaultdict(dict)
    mails = Message.objects.filter(change__in=[change.pk for change in changes])
    for change_id, status, count in mails.order_by().values_list("change", "status").annotate(Count("pk")):
        counts[change_id][NAMES[status]] = count
    for change in changes:
        if change.prepared_at is None:
            counts[change.pk]["being_prepared"] = preparing.number_left(change.occurrence)
    return {change.pk: Progress(change, **counts[change.pk]) for change in changes}


def of(change) -> Progress:
    return of_each([change])[change.pk]


def of_announcement(announcement) -> AnnouncementProgress:
    by_status = announcement.messages.order_by().values_list("status").annotate(Count("pk"))
    counts = {NAMES[status]: count for status, count in by_status}
    left = announcing.number_to_prepare(announcement)
    return AnnouncementProgress(announcement, being_prepared=left, **counts)
