"""Staff issue certificates to the people who were counted; until their mails leave that can be taken back."""

import hashlib
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from registrations import audit
from registrations.certificates import deserving, making, telling
from registrations.certificates.deserving import Why
from registrations.mail import batches, outbox
from registrations.models import Certificate, CertificateIssue, Participant
from registrations.people import identification
from sessions.models import Occurrence, Season


class Nobody(Exception):
    """Nobody gets one."""


class NotOver(Exception):
    """The session, or the season, ends at `ends_at`; None where no time slot of it is held."""

    def __init__(self, ends_at):
        super().__init__(ends_at)
        self.ends_at = ends_at


class ChangedMeanwhile(Exception):
    """Other people would get one, or with other minutes, than those who were confirmed."""


class BeingPrepared(Exception):
    """The worker is still issuing those that somebody confirmed before."""


class TooLate(Exception):
    """The mails have left, or it was taken back already."""


def is_over(season, session, *, now) -> bool:
    """Whether what a certificate is about has been held, and nothing of it is to come."""
    ends_at = last_end(season, session)
    return ends_at is not None and ends_at <= now


def last_end(season, session) -> datetime | None:
    """When the last time slot that is held is over; None where none is."""
    slots = Occurrence.objects.filter(session__season=season, called_off_at=None)
    slots = slots.filter(session=session) if session else slots
    return slots.aggregate(last=Max("ends_at"))["last"]


def has_any(season) -> bool:
    """Whether certificates of it are issued, or on the way."""
    issues = CertificateIssue.objects.unprepared().filter(season=season)
    return issues.exists() or Certificate.objects.filter(season=season).exists()


def fingerprint(candidates) -> str:
    """Another one as soon as other people would get one, or with other minutes or under other names."""
    said = [
        f"{each.participant.pk}:{each.participant.name_on_certificates}:{[a.minutes for a in each.attended]}"
        for each in candidates
        if each.why is Why.GETS
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


@transaction.atomic
def issue(*, season_id, session, people, seen, now, by) -> CertificateIssue:
    """To everybody who deserves one and has none, of whom staff have confirmed the number and what they had `seen`.

    Locks the season, then the people. Nobody hears of it for RECALL_MINUTES; those of many are made by the worker.
    Raises NotOver, Nobody, BeingPrepared or ChangedMeanwhile.
    """
    season = Season.objects.locked().get(pk=season_id)
    if not is_over(season, session, now=now):
        raise NotOver(last_end(season, session))
    if CertificateIssue.objects.unprepared().filter(season=season, session=session).exists():
        raise BeingPrepared
    found = deserving.candidates(season, session, now=now)
    ids = [each.participant.pk for each in found if each.why is Why.GETS]
    if not ids:
        raise Nobody
    if len(ids) != people or fingerprint(found) != seen:
        raise ChangedMeanwhile
    made = CertificateIssue.objects.create(
        season=season,
        session=session,
        percent=season.certificate_percent,
        made_at=now,
        made_by=by,
        mails_leave_at=now + timedelta(minutes=settings.RECALL_MINUTES),
        people=people,
        left=ids,
    )
    audit.record("certificates-issued", session or season, by=by, after={"people": people, "percent": made.percent})
    batches.begin(people, partial(_issue_some, made, now), task="prepare_certificates", argument=made.pk)
    return made


@transaction.atomic
def take_back(*, issue_id, now, by) -> int:
    """Delete its certificates, of which nobody has heard; returns of how many people. Locks it. Raises TooLate."""
    issue = CertificateIssue.objects.locked().select_related("season", "session").get(pk=issue_id)
    if not can_be_taken_back(issue, now):
        raise TooLate
    made = Certificate.objects.filter(issue=issue)
    people = made.count() + len(issue.left)
    telling.take_back(issue)
    made.delete()
    issue.taken_back_at, issue.left = now, []
    issue.save(update_fields=["taken_back_at", "left"])
    audit.record("certificates-taken-back", issue.session or issue.season, by=by, after={"people": people})
    return people


def can_be_taken_back(issue, now) -> bool:
    return issue.taken_back_at is None and now < issue.mails_leave_at


def prepare(*, issue_id, now, seconds) -> bool:
    """Make certificates of an issue for so long, a batch after the other; returns whether some are left."""
    return batches.work_off(partial(_locked, issue_id), partial(_issue_some, now=now), seconds=seconds)


def unprepared() -> list[int]:
    """Ids of the issues with certificates left to make, the oldest first."""
    return list(CertificateIssue.objects.unprepared().order_by("pk").values_list("pk", flat=True))


def _locked(issue_id) -> CertificateIssue | None:
    found = CertificateIssue.objects.locked().unprepared().select_related("season", "session", "made_by")
    return found.filter(pk=issue_id).first()


def _issue_some(issue, now) -> bool:
    """For a locked or new issue; returns whether some are left. Who deserves none any more is left out.

    Locks the people, so that nobody is erased in between.
    """
    batch, issue.left = issue.left[: batches.PEOPLE_A_BATCH], issue.left[batches.PEOPLE_A_BATCH :]
    season = issue.season
    season.certificate_percent = issue.percent
    identification.lock(Participant.objects.filter(pk__in=batch))
    found = deserving.candidates(season, issue.session, now=now, only=batch)
    terms = {"session": issue.session, "percent": issue.percent, "now": issue.made_at, "by": issue.made_by}
    getting = [each for each in found if each.why is Why.GETS]
    stored = making.store([making.of_person(each.participant, each.attended, issue=issue, **terms) for each in getting])
    outbox.post([telling.mail(each, now=now, due_at=issue.mails_leave_at) for each in stored])
    issue.prepared_at = None if issue.left else now
    issue.save(update_fields=["left", "prepared_at"])
    return bool(issue.left)
