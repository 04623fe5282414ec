"""What staff did to many whose mails have not left, for the start page: until then it can be taken back."""

from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from registrations.admin.transfers.pages import page_of
from registrations.mailings import announcements
from registrations.models import Circular, Message, SeasonAnnouncement, SeatRemoval, SlotChange, Transfer
from registrations.presenters.staff.recipients import hour
from registrations.seat_removals.returning import KIND
from sessions.seasons import season_clocks

ROWS = 8
SEASON_OF_SLOT = "occurrence__session__season"
# Places are taken away from so many people at most in one go.
MAILS = 500


def part(request) -> dict:
    """Sentences with the page on which to take it back, those that leave first before the others."""
    clocks, may = season_clocks.every(), request.user.has_perm
    found = [
        *(_of_changes(clocks) if may("registrations.view_slotchange") else []),
        *(_of_transfers(clocks) if may("registrations.view_transfer") else []),
        *(_of_circulars(clocks) if may("registrations.view_circular") else []),
        *(_of_announcements(clocks) if may("online_sessions.change_season") else []),
        *(_of_removals(clocks) if may("registrations.change_registration") else []),
        *(_of_materials(clocks) if may("online_sessions.change_session") else []),
    ]
    in_order = sorted(found, key=lambda each: each[0])
    return {"can_be_taken_back": [(sentence, page) for _leave_at, sentence, page in in_order[:ROWS]]}


def _waiting(rows, season, clocks):
    held_back = rows.filter(season_clocks.where(season, lambda now: Q(mails_leave_at__gt=now), clocks))
    return held_back.filter(taken_back_at=None, people__gt=0).order_by("mails_leave_at", "pk")[:ROWS]


def _of_changes(clocks):
    words = {
        SlotChange.Kind.MOVED: _("A time slot of “%(what)s” was moved. The mails leave at %(hour)s."),
        SlotChange.Kind.CALLED_OFF: _("A time slot of “%(what)s” was called off. The mails leave at %(hour)s."),
        SlotChange.Kind.REVIVED: _("A time slot of “%(what)s” is held after all. The mails leave at %(hour)s."),
    }
    for change in _waiting(SlotChange.objects.select_related(SEASON_OF_SLOT), SEASON_OF_SLOT, clocks):
        session = change.occurrence.session
        page = reverse("admin:registrations_slotchange_change", args=[change.pk])
        yield _row(change, words[change.kind], session.title, session.season, page)


def _of_transfers(clocks):
    words = _("People of “%(what)s” were moved to another time slot. The mails leave at %(hour)s.")
    for transfer in _waiting(Transfer.objects.select_related(SEASON_OF_SLOT), SEASON_OF_SLOT, clocks):
        session = transfer.occurrence.session
        yield _row(transfer, words, session.title, session.season, page_of(transfer))


def _of_circulars(clocks):
    words = _("The circular “%(what)s” is on its way. The mails leave at %(hour)s.")
    for circular in _waiting(Circular.objects.sent().select_related("season"), "season", clocks):
        page = reverse("admin:registrations_circular_change", args=[circular.pk])
        yield _row(circular, words, str(circular), circular.season, page)


def _of_announcements(clocks):
    words = _("“%(what)s” was announced. The mails leave at %(hour)s.")
    for announcement in _waiting(SeasonAnnouncement.objects.select_related("season"), "season", clocks):
        page = reverse("admin:online_sessions_season_announce", args=[announcement.season_id])
        yield _row(announcement, words, announcement.season.title, announcement.season, page)


def _of_removals(clocks):
    """The mails of one leave at one moment; those to people of a slot that is near left at once."""
    is_held_back = season_clocks.where("registration__session__season", lambda now: Q(due_at__gt=now), clocks)
    mails = Message.objects.filter(is_held_back, kind=KIND, status=Message.Status.QUEUED)
    standing = SeatRemoval.objects.filter(undone_at=None)
    held_back = mails.filter(registration__removal__in=standing).order_by("due_at", "pk")
    related = ["registration__removal", "registration__session__season"]
    # The first mail of each is enough.
    by_removal = {mail.registration.removal: mail for mail in reversed(held_back.select_related(*related)[:MAILS])}
    words = _("Places in “%(what)s” were taken away. The mails leave at %(hour)s.")
    for removal, mail in by_removal.items():
        session, page = mail.registration.session, reverse("admin:registrations_seatremoval_change", args=[removal.pk])
        yield mail.due_at, words % {"what": session.title, "hour": hour(mail.due_at, session.season)}, page


def _of_materials(clocks):
    words = _("What is published of “%(what)s” was announced. The mails leave at %(hour)s.")
    for session in announcements.held_back(clocks)[:ROWS]:
        page = reverse("admin:online_sessions_session_announce", args=[session.pk])
        leave_at = announcements.leaves_at(session)
        yield leave_at, words % {"what": session.title, "hour": hour(leave_at, session.season)}, page


def _row(cause, words, what, season, page):
    leave_at = cause.mails_leave_at
    return leave_at, words % {"what": what, "hour": hour(leave_at, season)}, page


admin.site.parts.append(part)
