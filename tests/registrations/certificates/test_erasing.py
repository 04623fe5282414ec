"""Whoever has number and name checks a certificate also after its person was erased, and nothing else is left of it."""

from datetime import timedelta

import pytest
from django.db import connection

from registrations.certificates import changing, checking
from registrations.certificates.checking import Answer
from registrations.models import Certificate, CertificateEntry
from registrations.privacy import erasure, retention
from tests.support.registrations.certificates import AFTER, certificate_of, held, was_there
from tests.support.registrations.merging import merge

pytestmark = pytest.mark.django_db
YEARS_LATER = AFTER + timedelta(days=800)


def answer(number, name):
    return checking.check(number=number, name=name, now=AFTER).answer


def everything_stored() -> str:
    with connection.cursor() as cursor:
        texts = []
        for model in (Certificate, CertificateEntry):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            texts += [repr(row) for row in cursor.fetchall()]
    return "".join(texts)


def test_by_the_person():
    certificate = certificate_of(was_there(held(), participant__name="Nguyễn Thị Minh"))
    number = certificate.number

    erasure.erase(participant_id=certificate.participant_id, now=AFTER)

    certificate.refresh_from_db()
    assert (certificate.participant, certificate.entries.get().registration) == (None, None)
    assert answer(number, "nguyen thi minh") == Answer.MATCHES
    assert answer(number, "Amina") == Answer.NOTHING
    stored = everything_stored()
    assert not [each for each in (number, "Nguy", "Minh") if each in stored]


def test_by_the_data_clock_also_of_speakers():
    slot = held()
    person = certificate_of(was_there(slot, participant__name="Ana"))
    known = {"name": "Zoë", "email": "zoe@example.org", "language": "es", "now": AFTER, "by": None}
    speaker = changing.issue_to_speaker(session=slot.session, **known)

    retention.apply(now=YEARS_LATER)

    assert (answer(person.number, "Ana"), answer(speaker.number, "Zoe")) == (Answer.MATCHES, Answer.MATCHES)
    stored = everything_stored()
    assert not [each for each in ("Ana", "Zo", "example.org", person.number, speaker.number) if each in stored]


def test_of_two_people_who_are_one_both_are_those_of_who_stays():
    slot = held()
    kept = was_there(slot, participant__name="Ana").participant
    lost = was_there(slot, participant__name="Anna", participant__season=kept.season).participant
    certificate = certificate_of(lost.registrations.get())

    merge(kept, lost)

    certificate.refresh_from_db()
    assert (certificate.participant, certificate.is_standing, certificate.name) == (kept, True, "Anna")
