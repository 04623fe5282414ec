"""Certificates are issued, taken back, withdrawn and replaced while others are at work."""

from datetime import timedelta

from registrations.certificates import changing, deserving, issuing
from registrations.certificates.deserving import Why
from registrations.models import Certificate, CertificateIssue, Registration

SPEAKER = {"name": "Zoe Ortiz", "language": "es", "by": None}


def issue_certificates(world, number, who):
    """Of the session that was held, then once more as the worker does; the first are taken back."""
    session, now = world.held.session, world.held.ends_at + timedelta(days=1)
    Registration.objects.filter(occurrence=world.held).update(joined_at=world.held.starts_at)
    found = deserving.candidates(world.season, session, now=now)
    people = [each.participant.pk for each in found if each.why is Why.GETS]
    seen = {"people": len(people), "seen": issuing.fingerprint(found)}
    issue = issuing.issue(season_id=world.season.pk, session=session, now=now, by=None, **seen)
    CertificateIssue.objects.filter(pk=issue.pk).update(prepared_at=None, left=people)
    issuing.prepare(issue_id=issue.pk, now=now, seconds=0)
    if number % 4 == 0:
        issuing.take_back(issue_id=issue.pk, now=now, by=None)


def replace_certificates(world, number, who):
    now = world.held.ends_at + timedelta(days=2)
    email = f"zoe{number}.{who}@example.org"
    changing.issue_to_speaker(session=world.held.session, email=email, now=now, **SPEAKER)
    for certificate in Certificate.objects.standing().order_by("-pk")[:2]:
        if certificate.part == Certificate.Part.SPOKE:
            changing.withdraw(certificate_id=certificate.pk, reason="Wrong", now=now, by=None)
        elif certificate.participant:
            attended = changing.now_attended(certificate, now=now)
            shown = changing.fingerprint(certificate, attended)
            changing.replace(certificate_id=certificate.pk, shown=shown, now=now, by=None)
