"""Anonymises people and empties mails after their terms."""

import time
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session as BrowserSession
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from registrations.certificates import erasing
from registrations.figures import storing
from registrations.models import (
    AdmissionRequest,
    AttendanceInterval,
    Certificate,
    Delegation,
    FeedbackWords,
    Invitation,
    Mailbox,
    Message,
    NextSeasonSubscriber,
    Participant,
    Registration,
    StaffAction,
)
from registrations.next_season import subscription
from registrations.privacy import anonymisation
from sessions.models import Occurrence, Season
from sessions.seasons import season_days
from sessions.seasons.season_clocks import ALL

ROWS_A_BATCH = 500
# Long enough for staff to see made-up sign-ups of a night.
CLIENT_TERM = timedelta(days=1)
# Long enough for staff to find out who somebody was.
VISITOR_TERM = timedelta(days=30)


@dataclass
class Tally:
    """How many were, or would be, anonymised, emptied or deleted; not finished when the time was up before."""

    people: int = 0
    invitations: int = 0
    requests: int = 0
    mails: int = 0
    mailboxes: int = 0
    delegations: int = 0
    browser_sessions: int = 0
    subscribers: int = 0
    clients: int = 0
    reasons: int = 0
    visitors: int = 0
    certificates: int = 0
    feedback_texts: int = 0
    is_finished: bool = True


def apply(*, now, seasons=ALL, seconds=None) -> Tally:
    """Do what is due in these seasons, a batch a transaction, until all is done or the time is up.

    `now` is the time in them. Two at once do no harm.
    """
    tally, ends = Tally(), time.monotonic() + (seconds or float("inf"))
    for name, batch in BATCHES.items():
        while number := batch(now, seasons):
            setattr(tally, name, getattr(tally, name) + number)
            if time.monotonic() > ends:
                tally.is_finished = False
                return tally
    return tally


def preview(*, now, seasons=ALL) -> Tally:
    """What `apply` would do; changes nothing."""
    return Tally(**{name: rows(now, seasons).count() for name, rows in DUE.items()})


def seasons_past_term(now, seasons=ALL):
    past = season_days.ended(seasons.among(Season.objects.all(), "pk"), now=now, days=settings.DATA_TERM_DAYS)
    return Season.objects.filter(pk__in=[season.pk for season in past])


def _people(now, seasons):
    return Participant.objects.filter(season__in=seasons_past_term(now, seasons), anonymised_at=None)


def _invitations(now, seasons):
    return anonymisation.is_left(Invitation.objects.filter(session__season__in=seasons_past_term(now, seasons)))


def _requests(now, seasons):
    of_seasons = AdmissionRequest.objects.filter(invitation__session__season__in=seasons_past_term(now, seasons))
    return anonymisation.is_left(of_seasons)


def _mails(now, seasons):
    past = Message.objects.past_term(now - timedelta(days=settings.MAIL_TERM_DAYS))
    return seasons.among(past, "rehearsal")


def _mailboxes(now, seasons):
    """Of nobody who takes part any more: of people who were invited, or named, and of mails to addresses."""
    people = Participant.objects.filter(mailbox=OuterRef("address"))
    old = Mailbox.objects.filter(last_at__lt=now - timedelta(days=settings.MAIL_TERM_DAYS))
    return seasons.none_or(old.exclude(Exists(people)))


def _delegations(now, seasons):
    return seasons.among(Delegation.objects.past_term(now), "season")


def _subscribers(now, seasons):
    return seasons.none_or(NextSeasonSubscriber.objects.past_term(now))


def _clients(now, seasons):
    """Registrations that still say where their form came from."""
    old = Registration.objects.filter(registered_at__lt=now - CLIENT_TERM).exclude(client_digest="")
    return seasons.among(old, "session__season")


def _reasons(now, seasons):
    """What staff noted for colleagues about time slots of these seasons, and about what is not there any more.

    It may name somebody. Reasons about people and registrations go with the people.
    """
    about_slots = Q(kind=Occurrence._meta.label_lower)
    of_seasons = Occurrence.objects.filter(session__season__in=seasons_past_term(now, seasons)).values("pk")
    about_people = Q(kind__in=[Participant._meta.label_lower, Registration._meta.label_lower])
    has_season = (about_slots & Q(object_id__in=Occurrence.objects.values("pk"))) | about_people
    is_old = Q(made_at__lt=now - timedelta(days=settings.DATA_TERM_DAYS))
    due = about_slots & Q(object_id__in=of_seasons)
    if seasons.are_real:
        due |= is_old & ~has_season
    return StaffAction.objects.filter(due).exclude(why="")


def _visitors(now, seasons):
    """Times in reports of meetings that still name somebody who is not registered, or who was left open."""
    old = AttendanceInterval.objects.nobodys().filter(report__imported_at__lt=now - VISITOR_TERM)
    return seasons.among(old, "report__occurrence__session__season")


def _certificates(now, seasons):
    """Of speakers whom staff typed; those of people go with them, but from a process of an earlier version."""
    due = Q(season__in=seasons_past_term(now, seasons), participant=None) | Q(participant__anonymised_at__isnull=False)
    return erasing.is_left(seasons.among(Certificate.objects.filter(due), "season"))


def _feedback_texts(now, seasons):
    """What people wrote about sessions and staff have not published: it may name somebody."""
    of_seasons = FeedbackWords.objects.filter(feedback__session__season__in=seasons_past_term(now, seasons))
    return of_seasons.filter(is_published=False)


def _browser_sessions(now, seasons):
    return seasons.none_or(BrowserSession.objects.filter(expire_date__lt=now))


@transaction.atomic
def _anonymise_people(now, seasons) -> int:
    """Locks the slots of their seasons first, so that nobody else changes several registrations of the season.

    Then, before anybody goes, figures of these seasons are stored where there are none. People named by one of them are
    in the same season, and lose that with their own batch.
    """
    past = set(_people(now, seasons).order_by().values_list("season", flat=True).distinct())
    list(Occurrence.objects.filter(session__season__in=past).locked().values_list("pk"))
    storing.store_first(past, now=now)
    people = _batch(_people(now, seasons))
    anonymisation.anonymise(people, now=now)
    return len(people)


@transaction.atomic
def _anonymise_invitations(now, seasons) -> int:
    invitations = _batch(_invitations(now, seasons))
    anonymisation.anonymise_invitations(invitations, now=now)
    return len(invitations)


@transaction.atomic
def _anonymise_requests(now, seasons) -> int:
    requests = _batch(_requests(now, seasons))
    anonymisation.anonymise_requests([asked.pk for asked in requests])
    return len(requests)


def _empty_mails(now, seasons) -> int:
    pks = list(_mails(now, seasons).order_by("queued_at").values_list("pk", flat=True)[:ROWS_A_BATCH])
    return Message.objects.filter(pk__in=pks).empty(now)


def _delete_mailboxes(now, seasons) -> int:
    deleted, _by_model = _mailboxes(now, seasons).delete()
    return deleted


@transaction.atomic
def _delete_delegations(now, seasons) -> int:
    asked = _batch(_delegations(now, seasons))
    Delegation.objects.filter(pk__in=[each.pk for each in asked]).delete()
    return len(asked)


def _delete_browser_sessions(now, seasons) -> int:
    deleted, _by_model = _browser_sessions(now, seasons).delete()
    return deleted


@transaction.atomic
def _delete_subscribers(now, seasons) -> int:
    subscribers = _batch(_subscribers(now, seasons))
    subscription.stop(NextSeasonSubscriber.objects.filter(pk__in=[each.pk for each in subscribers]), now=now)
    return len(subscribers)


@transaction.atomic
def _forget_clients(now, seasons) -> int:
    pks = [registration.pk for registration in _batch(_clients(now, seasons))]
    return Registration.objects.filter(pk__in=pks).update(client_digest="")


def _forget_reasons(now, seasons) -> int:
    pks = list(_reasons(now, seasons).order_by("pk").values_list("pk", flat=True)[:ROWS_A_BATCH])
    return StaffAction.objects.filter(pk__in=pks).update(why="")


@transaction.atomic
def _forget_visitors(now, seasons) -> int:
    return AttendanceInterval.objects.filter(pk__in=[each.pk for each in _batch(_visitors(now, seasons))]).forget()


@transaction.atomic
def _forget_certificates(now, seasons) -> int:
    pks = [each.pk for each in _batch(_certificates(now, seasons))]
    return erasing.forget(Certificate.objects.filter(pk__in=pks))


def _delete_feedback_texts(now, seasons) -> int:
    deleted, _by_model = _feedback_texts(now, seasons).delete()
    return deleted


def _batch(rows):
    """Locked; what a second run or somebody's own page holds at this moment is left to them, or to the next run."""
    return list(rows.select_for_update(of=("self",), no_key=True, skip_locked=True).order_by("pk")[:ROWS_A_BATCH])


DUE = {
    "people": _people,
    "invitations": _invitations,
    "requests": _requests,
    "mails": _mails,
    "mailboxes": _mailboxes,
    "delegations": _delegations,
    "browser_sessions": _browser_sessions,
    "subscribers": _subscribers,
    "clients": _clients,
    "reasons": _reasons,
    "visitors": _visitors,
    "certificates": _certificates,
    "feedback_texts": _feedback_texts,
}
BATCHES = {
    "people": _anonymise_people,
    "invitations": _anonymise_invitations,
    "requests": _anonymise_requests,
    "mails": _empty_mails,
    "mailboxes": _delete_mailboxes,
    "delegations": _delete_delegations,
    "browser_sessions": _delete_browser_sessions,
    "subscribers": _delete_subscribers,
    "clients": _forget_clients,
    "reasons": _forget_reasons,
    "visitors": _forget_visitors,
    "certificates": _forget_certificates,
    "feedback_texts": _delete_feedback_texts,
}
