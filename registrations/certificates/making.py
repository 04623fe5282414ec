"""A certificate and what stands on it, ready to be stored."""

from dataclasses import dataclass

from registrations.certificates import names, numbers
from registrations.models import Certificate, CertificateEntry
from sessions import translations


@dataclass(frozen=True)
class Made:
    """Not stored yet; entries refer to the certificate."""

    certificate: Certificate
    entries: list[CertificateEntry]


def of_person(person, attended, *, session, percent, now, by, issue=None) -> Made:
    """For somebody who took part in the session, or without one in the season."""
    certificate = Certificate(
        season=person.season,
        session=session,
        issue=issue,
        part=Certificate.Part.TOOK_PART,
        participant=person,
        language=person.reads,
        percent=percent,
        issued_at=now,
        issued_by=by,
    )
    _name(certificate, person.name_on_certificates)
    entries = [_of_registration(certificate, each) for each in attended]
    return Made(certificate, entries)


def of_speaker(session, *, name, email, language, participant, now, by) -> Made:
    """For somebody who spoke in the session: no minutes are counted."""
    certificate = Certificate(
        season=session.season,
        session=session,
        part=Certificate.Part.SPOKE,
        participant=participant,
        email=email,
        language=language,
        issued_at=now,
        issued_by=by,
    )
    _name(certificate, name)
    held = session.occurrences.filter(called_off_at=None).in_order().first()
    times = {"starts_at": held.starts_at, "ends_at": held.ends_at} if held else {}
    return Made(
        certificate, [CertificateEntry(certificate=certificate, session=session, titles=titles(session), **times)]
    )


def store(made: list[Made]) -> list[Certificate]:
    """With their entries, in two statements."""
    certificates = Certificate.objects.bulk_create([each.certificate for each in made])
    CertificateEntry.objects.bulk_create([entry for each in made for entry in each.entries])
    return certificates


def titles(session) -> dict[str, str]:
    """In English, and in each language that has a translation."""
    found = {language: translations.said(session, "title", language) for language in translations.LANGUAGES}
    return {"en": session.title} | {language: said.text for language, said in found.items() if not said.is_fallback}


def _name(certificate, name):
    certificate.name, certificate.number = name, numbers.new()
    certificate.number_digest = numbers.digest(certificate.number)
    certificate.name_digest = names.digest(name, certificate.number)


def _of_registration(certificate, attended) -> CertificateEntry:
    slot, session = attended.registration.occurrence, attended.registration.session
    return CertificateEntry(
        certificate=certificate,
        session=session,
        registration=attended.registration,
        titles=titles(session),
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        minutes=attended.minutes,
    )
