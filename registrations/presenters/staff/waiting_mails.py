"""Mails of a season that wait until what staff did to many cannot be taken back any more: when they leave."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from registrations.mailings import announcements
from registrations.models import CertificateIssue, Circular, Message, SeasonAnnouncement, SlotChange, Transfer
from registrations.presenters.staff.event import Event
from registrations.seat_removals.returning import KIND as PLACE_TAKEN_AWAY

SESSION = "occurrence__session"
# Of a change of several days a person has a mail for each.
PEOPLE = Count("recipient", distinct=True)
WAITS = Q(messages__status__in=[Message.Status.QUEUED, Message.Status.SENDING])
PEOPLE_OF_CAUSE = Count("messages__recipient", filter=WAITS, distinct=True)


def of_season(season, *, now, names_letters) -> list[Event]:
    """Without mails to nobody. Subjects of letters are for who may read letters."""
    found = [
        *_changes(season, now),
        *_transfers(season, now),
        *_circulars(season, now, names_letters),
        *_announcements_of_season(season, now),
        *_announcements_of_sessions(season, now),
        *_removals(season, now),
        *_certificates(season, now),
    ]
    return [event for event in found if event.people]


def _standing(rows, now):
    return rows.filter(mails_leave_at__gt=now, taken_back_at=None)


def _changes(season, now):
    words = _("Mails about a changed time slot leave")
    changes = SlotChange.objects.filter(occurrence__session__season=season).select_related(SESSION)
    for change in _standing(changes, now).annotate(waiting=PEOPLE_OF_CAUSE):
        yield Event(change.mails_leave_at, words, change.occurrence.session.title, _number(change))


def _transfers(season, now):
    words = _("Mails to people who were moved to another time slot leave")
    transfers = Transfer.objects.filter(occurrence__session__season=season).select_related(SESSION)
    for transfer in _standing(transfers, now).annotate(waiting=PEOPLE_OF_CAUSE):
        yield Event(transfer.mails_leave_at, words, transfer.occurrence.session.title, transfer.waiting)


def _circulars(season, now, names_letters):
    waiting = Circular.objects.standing().filter(season=season, mails_leave_at__gt=now).prefetch_related("words")
    for circular in waiting:
        subject = next((words.subject for words in circular.words.all()), "") if names_letters else ""
        yield Event(circular.mails_leave_at, _("Your letter leaves"), subject, circular.people)


def _announcements_of_season(season, now):
    announced = _standing(SeasonAnnouncement.objects.filter(season=season), now).annotate(waiting=PEOPLE_OF_CAUSE)
    for announcement in announced:
        yield Event(
            announcement.mails_leave_at, _("The announcement of the season leaves"), people=_number(announcement)
        )


def _announcements_of_sessions(season, now):
    for session in announcements.held_back_in(season, now):
        waiting = announcements.mails(session).unsent().aggregate(people=PEOPLE)["people"]
        people = waiting + announcements.number_to_prepare(session)
        words = _("Mails about what was published leave")
        yield Event(announcements.leaves_at(session), words, session.title, people)


def _removals(season, now):
    """A line for all that leave at one moment."""
    mails = Message.objects.unsent().filter(kind=PLACE_TAKEN_AWAY, registration__session__season=season, due_at__gt=now)
    # A mail that the server has put off waits for something else.
    untried = mails.filter(attempts=0).order_by()
    found = untried.values_list("due_at", "registration__session__title").annotate(people=PEOPLE)
    words = _("Mails about places that were taken away leave")
    return [Event(due_at, words, title, people) for due_at, title, people in found]


def _certificates(season, now):
    words = _("Certificates can be opened, and the mails about them leave")
    issues = CertificateIssue.objects.filter(season=season).select_related("session")
    for issue in _standing(issues, now):
        yield Event(issue.mails_leave_at, words, issue.session.title if issue.session else "", issue.people)


def _number(cause) -> int:
    """As long as its mails are being prepared, all whom staff were told of."""
    return cause.people if cause.prepared_at is None else cause.waiting
