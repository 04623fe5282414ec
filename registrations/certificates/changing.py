"""A certificate is withdrawn for a reason, or replaced by a corrected one; single ones are issued to speakers."""

import hashlib

from django.db import transaction
from django.db.models import Q

from registrations import audit
from registrations.certificates import deserving, making, paper, telling
from registrations.mail import outbox
from registrations.models import Certificate, Participant
from registrations.people import identification
from registrations.people.identity import fold_address
from sessions.models import Season


class ChangedMeanwhile(Exception):
    """It was withdrawn or replaced, its person erased their details, or they are not as they were shown."""


class NothingLeft(Exception):
    """By what is known now, its person deserves none."""


class NotPrintable(Exception):
    """No font has these `characters` of the name."""

    def __init__(self, characters: str):
        super().__init__(f"No font has {characters!a}.")
        self.characters = characters


class HasOne(Exception):
    """The speaker has one of the session already."""


@transaction.atomic
def withdraw(*, certificate_id, reason, now, by):
    """Whoever checks it reads that it is withdrawn, its person reads the reason. Raises ChangedMeanwhile."""
    certificate = _locked(certificate_id)
    certificate.withdrawn_at, certificate.withdrawn_by, certificate.reason = now, by, reason
    certificate.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    audit.record("certificate-withdrawn", certificate, by=by)


@transaction.atomic
def replace(*, certificate_id, shown, now, by) -> Certificate:
    """By one with the present name and minutes, whose fingerprint staff were `shown`. A mail says so.

    Raises ChangedMeanwhile, NothingLeft or NotPrintable.
    """
    old = _locked(certificate_id)
    if old.participant is None or old.part != Certificate.Part.TOOK_PART:
        raise ChangedMeanwhile
    attended = now_attended(old, now=now)
    if not attended:
        raise NothingLeft
    if fingerprint(old, attended) != shown:
        raise ChangedMeanwhile
    if missing := paper.missing(old.participant.name_on_certificates):
        raise NotPrintable(missing)
    known = {"session": old.session, "percent": old.season.certificate_percent}
    return _store_in_place_of(old, making.of_person(old.participant, attended, now=now, by=by, **known), now, by)


@transaction.atomic
def replace_of_speaker(*, certificate_id, name, now, by) -> Certificate:
    """By one with this name. A mail says so. Raises ChangedMeanwhile."""
    old = _locked(certificate_id)
    if old.part != Certificate.Part.SPOKE:
        raise ChangedMeanwhile
    known = {"email": old.email, "language": old.language, "participant": old.participant}
    return _store_in_place_of(old, making.of_speaker(old.session, name=name, now=now, by=by, **known), now, by)


@transaction.atomic
def issue_to_speaker(*, session, name, email, language, now, by) -> Certificate:
    """To somebody whom staff typed; on the page of the participant of the same name behind the same mailbox, too.

    Locks the season, then the participant. Raises HasOne.
    """
    list(Season.objects.filter(pk=session.season_id).locked().values_list("pk"))
    standing = Certificate.objects.standing().filter(session=session, part=Certificate.Part.SPOKE, name=name)
    if standing.filter(Q(email__iexact=email) | Q(participant__mailbox=fold_address(email))).exists():
        raise HasOne
    people = Participant.objects.behind(fold_address(email), seasons=[session.season])
    same = [person for person in people if person.name == name]
    identification.lock(Participant.objects.filter(pk__in=[person.pk for person in same]))
    same = [person for person in people.filter(anonymised_at=None) if person.name == name]
    known = {"email": email, "language": language, "participant": same[0] if same else None}
    [certificate] = making.store([making.of_speaker(session, name=name, now=now, by=by, **known)])
    outbox.post_new([telling.mail(certificate, now=now, due_at=now)])
    audit.record("certificate-of-speaker", session, by=by)
    return certificate


def move(lost, *, to):
    """To the person who stays, when two people turn out to be one; staff see where the name is another one."""
    Certificate.objects.filter(participant=lost).update(participant=to)


def now_attended(certificate, *, now):
    """What its person deserves it for by what is known now, on the terms of the season now."""
    season, session = certificate.season, certificate.session
    found = deserving.candidates(season, session, now=now, only=[certificate.participant_id])
    return found[0].attended if found else ()


def would_differ(certificate, attended) -> bool:
    """Whether the one that would replace it said something else than it does, besides its number and its day."""
    known = {"session": certificate.session, "percent": certificate.season.certificate_percent}
    new = making.of_person(certificate.participant, attended, now=certificate.issued_at, by=None, **known)
    return _said_by(new.certificate, new.entries) != _said_by(certificate, certificate.entries.all())


def fingerprint(certificate, attended) -> str:
    """Another one as soon as the one that would replace it said something else."""
    said = [f"{each.registration.pk}:{each.minutes}:{each.registration.occurrence.starts_at}" for each in attended]
    said.append(certificate.participant.name_on_certificates)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _said_by(certificate, entries) -> tuple:
    """The share stands there only beside minutes."""
    entries, language = list(entries), certificate.language
    lines = {
        (each.session_id, each.titles["en"], each.titles.get(language), each.starts_at, each.ends_at, each.minutes)
        for each in entries
    }
    has_minutes = any(each.minutes is not None for each in entries)
    return certificate.name, language, lines, certificate.percent if has_minutes else None


def _locked(certificate_id) -> Certificate:
    """As long as it stands and says whose it is. Its person is locked before, as everywhere."""
    identification.lock(Participant.objects.filter(certificates=certificate_id))
    standing = Certificate.objects.locked().standing().exclude(number="")
    found = standing.select_related("season", "session", "participant__season").filter(pk=certificate_id).first()
    if found is None:
        raise ChangedMeanwhile
    return found


def _store_in_place_of(old, made, now, by) -> Certificate:
    [new] = making.store([made])
    old.replaced_by = new
    old.save(update_fields=["replaced_by"])
    outbox.post_new([telling.mail(new, now=now, due_at=now)])
    audit.record("certificate-replaced", old, by=by)
    return new
