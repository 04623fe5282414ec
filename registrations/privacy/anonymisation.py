"""What stays of people whose details go: registrations with their states, what they agreed to, and what many share."""

from django.db.models import CharField, Count, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, Lower

from registrations.certificates import erasing
from registrations.mail import kinds
from registrations.models import (
    AdmissionRequest,
    Answer,
    AttendanceInterval,
    ClearedSuspect,
    FeedbackTicket,
    Invitation,
    Mailbox,
    Message,
    Participant,
    Registration,
    SeatRemoval,
    StaffAction,
    new_key,
    not_sent,
)
from registrations.people import accounts
from registrations.people.preferences import WANTS_NO_MAILS
from registrations.privacy import related
from registrations.speaker_questions import forgetting
from sessions.models import Season

# Every folded address has an "@", so that this is nobody's.
NOBODYS = "erased-"
LAST = kinds.names(lambda kind: kind.is_last)
# Together they stay of somebody who shares them with so many people of the season, themselves included.
SHARED, SHARED_BY = ("language", "country", "stakeholder"), 5


def anonymise(people, *, now):
    """Take away all that says who these participants are; people who share a mailbox with them stay, with its account.

    Inside a transaction that has locked them. Old keys open nothing. Mails that wait are dropped, but for those that
    take an entry out of a calendar; text and address of the others go at once.
    """
    mailboxes, pks = {person.mailbox for person in people}, [person.pk for person in people]
    _empty_what_few_share(pks)
    Registration.objects.filter(participant__in=pks).update(
        join_key=_unguessable(), submission="", client_digest="", is_barred=False
    )
    Answer.objects.filter(participant__in=pks).delete()
    ClearedSuspect.objects.filter(participant__in=pks).delete()
    FeedbackTicket.objects.filter(participant__in=pks).delete()
    Participant.objects.filter(pk__in=pks).update(
        **{
            name: ""
            for name in ("name", "name_key", "email", "organisation", "search_text", "access_needs", "certificate_name")
        },
        **{name: _unguessable() for name in ("key", "feed_key", "stop_key")},
        **WANTS_NO_MAILS,
        unwanted_leads=[],
        mailbox=_nobodys(),
        timezone="UTC",
        calendar_entries=Participant.CalendarEntries.NONE,
        named_by=None,
        page_opened_at=None,
        anonymised_at=now,
    )
    _settle(Message.objects.filter(participant__in=pks), now)
    _forget_visits(pks, mailboxes)
    erasing.of_people(pks)
    _forget_accounts(mailboxes, now)
    _forget_words(pks)
    _forget_reasons(pks)
    forgetting.forget(pks)


def anonymise_invitations(invitations, *, now):
    """Inside a transaction; what became of them stays."""
    pks = [invitation.pk for invitation in invitations]
    gone = {name: "" for name in ("name", "name_key", "email", "organisation")}
    Invitation.objects.filter(pk__in=pks).update(key=_unguessable(), mailbox=_nobodys(), **gone)
    _settle(Message.objects.filter(invitation__in=pks), now)


def anonymise_requests(pks):
    AdmissionRequest.objects.filter(pk__in=pks).update(name="", email="", organisation="", words="", mailbox=_nobodys())


def is_left(rows):
    """Of invitations or requests those that still say who they are about."""
    return rows.filter(mailbox__contains="@")


def _empty_what_few_share(pks):
    """An empty language is not known: no figure may take it for English."""
    people = Participant.objects.filter(pk__in=pks)
    in_seasons = Participant.objects.filter(season__in=people.values("season")).order_by()
    many = in_seasons.values("season", *SHARED).annotate(number=Count("pk")).filter(number__gte=SHARED_BY)
    shared = set(many.values_list("season", *SHARED))
    rare = [pk for pk, *what in people.values_list("pk", "season", *SHARED) if tuple(what) not in shared]
    people.filter(pk__in=rare).update(**dict.fromkeys(SHARED, ""))


def _nobodys():
    """Another one for each row, because mailboxes are unique within a season or session."""
    return Concat(Value(NOBODYS), Cast("pk", CharField()))


def _unguessable():
    """Another one for each row, in one statement: random bits that nobody sees, and the number of the row."""
    return Concat(Value(new_key()), Cast("pk", CharField()))


def _settle(mails, now):
    mails.exclude(kind__in=LAST).drop(not_sent.ERASED)
    mails.empty(now)


def _forget_visits(pks, mailboxes):
    """In reports of meetings, also those in which nobody said that it was them; how long they were there stays."""
    seasons = Participant.objects.filter(pk__in=pks).values("season")
    AttendanceInterval.objects.filter(registration__participant__in=pks).exclude(name="", email="").forget()
    open_ones = AttendanceInterval.objects.nobodys().filter(report__occurrence__session__season__in=seasons)
    open_ones.annotate(address=Lower("email")).filter(address__in=mailboxes).forget()


def _forget_words(pks):
    """What staff wrote to people whose places they took away, when nobody is left to whom they wrote it."""
    left = Registration.objects.filter(removal=OuterRef("pk"), participant__anonymised_at=None)
    theirs = SeatRemoval.objects.filter(registrations__participant__in=pks)
    nobodys = SeatRemoval.objects.filter(~Exists(left), pk__in=theirs.values("pk")).exclude(words="")
    locked = list(nobodys.locked().values_list("pk", flat=True))
    SeatRemoval.objects.filter(pk__in=locked).update(words="")


def _forget_reasons(pks):
    """What staff noted for colleagues when they did something to these people, or to their registrations."""
    registrations = Registration.objects.filter(participant__in=pks).values("pk")
    of_people = Q(kind=Participant._meta.label_lower, object_id__in=pks)
    of_registrations = Q(kind=Registration._meta.label_lower, object_id__in=registrations)
    StaffAction.objects.filter(of_people | of_registrations).exclude(why="").update(why="")


def _forget_accounts(mailboxes, now):
    # Seasons are named one by one, because the index on mailboxes begins with the season.
    seasons = list(Season.objects.values_list("pk", flat=True))
    others = Participant.objects.filter(season__in=seasons, mailbox__in=mailboxes)
    lonely = mailboxes - set(others.values_list("mailbox", flat=True))
    accounts.forget(lonely)
    Mailbox.objects.filter(address__in=lonely).delete()
    related.mails_to_mailboxes(lonely).empty(now)
