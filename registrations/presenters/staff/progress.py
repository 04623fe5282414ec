"""How far the mails have come of what staff did: a slot changed, people moved, something announced or written."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _

from registrations.circulars import sending
from registrations.mailings import announcements
from registrations.models import Circular, Message, SeasonAnnouncement, SlotChange, Transfer
from registrations.next_season import announcing
from registrations.presenters.staff.recipients import hour
from registrations.rescheduling import preparing
from sessions.clocks.dates import listed, number
from sessions.models import Season


@dataclass(frozen=True)
class Published:
    """That a session was announced the last time."""

    people: int
    mails_leave_at: datetime
    taken_back_at: datetime | None


@dataclass(frozen=True)
class Progress:
    """The mails of one cause, by state; `being_prepared` are not in the outbox yet."""

    cause: SlotChange | Transfer | SeasonAnnouncement | Circular | Published
    season: Season
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
        return bool(self.waiting or self.being_prepared) and now < self.cause.mails_leave_at

    def in_words(self, now: datetime) -> str:
        if self.cause.taken_back_at:
            return _("taken back")
        if not self.total:
            return _("taken over by a later change") if self.cause.people else _("nobody to tell")
        if self.being_prepared:
            done = number(self.total - self.being_prepared)
            return _("mails are being prepared: %(done)s of %(total)s") % {"done": done, "total": number(self.total)}
        if self.is_held_back(now):
            return _("waiting until %(hour)s") % {"hour": self.leave_at}
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
    def leave_at(self) -> str:
        return hour(self.cause.mails_leave_at, self.season)

    def on_page(self, now: datetime, *, stays_still: bool) -> dict:
        """What a page about it shows; unless it `stays_still`, it loads again while mails leave (WCAG 2.2.1)."""
        return {
            "progress": self,
            "state": self.in_words(now),
            "leave_at": self.leave_at,
            "is_held_back": self.is_held_back(now),
            "loads_by_itself": self.unsent and not stays_still,
        }


NAMES = {
    Message.Status.QUEUED: "waiting",
    Message.Status.SENDING: "sending",
    Message.Status.SENT: "sent",
    Message.Status.FAILED: "failed",
    Message.Status.DROPPED: "dropped",
}


def of_each(changes) -> dict[int, Progress]:
    """The progress of each of these changes by its id, in one query but for those whose mails are being prepared.

    They come with their slot, session and season.
    """
    mails = Message.objects.filter(change__in=[change.pk for change in changes])
    counts = _by_status(mails.values_list("change", "status"))
    return {change.pk: _of_change(change, counts[change.pk]) for change in changes}


def of(change) -> Progress:
    return of_each([change])[change.pk]


def of_transfers(transfers) -> dict[int, Progress]:
    """The progress of each of these by its id, in one query; they come with their slot, session and season."""
    mails = Message.objects.filter(transfer__in=[transfer.pk for transfer in transfers])
    counts = _by_status(mails.values_list("transfer", "status"))
    return {each.pk: Progress(each, each.occurrence.session.season, **counts[each.pk]) for each in transfers}


def of_transfer(transfer) -> Progress:
    return of_transfers([transfer])[transfer.pk]


def of_announcement(announcement) -> Progress:
    counts = _by_status(announcement.messages.values_list("announcement", "status"))[announcement.pk]
    left = announcing.number_to_prepare(announcement)
    return Progress(announcement, announcement.season, being_prepared=left, **counts)


def of_session(session) -> Progress:
    """Of the last time it was announced; it comes with its season."""
    mails = announcements.mails(session).values_list("registration__session", "status")
    counts, left = _by_status(mails)[session.pk], announcements.number_to_prepare(session)
    cause = Published(sum(counts.values()) + left, announcements.leaves_at(session), session.announcement_taken_back_at)
    return Progress(cause, session.season, being_prepared=left, **counts)


def of_circulars(circulars) -> dict[int, Progress]:
    """The progress of each of these by its id; they come with their season."""
    mails = Message.objects.filter(circular__in=[circular.pk for circular in circulars])
    counts = _by_status(mails.values_list("circular", "status"))
    return {each.pk: _of_circular(each, counts[each.pk]) for each in circulars}


def of_circular(circular) -> Progress:
    return of_circulars([circular])[circular.pk]


def _of_circular(circular, counts) -> Progress:
    left = sending.number_to_prepare(circular) if circular.made_at and not circular.prepared_at else 0
    return Progress(circular, circular.season, being_prepared=left, **counts)


def _of_change(change, counts) -> Progress:
    left = preparing.number_left(change.occurrence) if change.prepared_at is None else 0
    return Progress(change, change.occurrence.session.season, being_prepared=left, **counts)


def _by_status(mails) -> dict[int, dict[str, int]]:
    counts = defaultdict(dict)
    for cause, status, count in mails.order_by().annotate(Count("pk")):
        counts[cause][NAMES[status]] = count
    return counts
