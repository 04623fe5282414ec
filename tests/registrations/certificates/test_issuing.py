"""Certificates go to those who were counted, once, and nobody hears of them before they can not be taken back."""

from datetime import timedelta

import pytest

from registrations.certificates import checking, deserving, issuing, numbers
from registrations.certificates.checking import Answer
from registrations.certificates.deserving import Why
from registrations.mail import batches, composing
from registrations.mail.exceptions import Outdated
from registrations.models import Certificate, CertificateIssue, Message, Participant, StaffAction
from registrations.privacy import erasure
from tests.support.calendars import read_mail
from tests.support.registrations.certificates import AFTER, held, was_there

pytestmark = pytest.mark.django_db
LATER = AFTER + timedelta(hours=1)


@pytest.fixture
def slot():
    slot = held(session__title="Mercury in air")
    was_there(slot, participant__name="Ana", participant__language="fr")
    was_there(slot, 10)
    return slot


def seen(session, *, now=AFTER):
    found = deserving.candidates(session.season, session, now=now)
    return {"people": sum(each.why is Why.GETS for each in found), "seen": issuing.fingerprint(found)}


def issue(session, *, now=AFTER, **said):
    known = seen(session, now=now) | said
    return issuing.issue(season_id=session.season_id, session=session, now=now, by=None, **known)


def test_who_deserves_one_has_it_with_a_mail_in_their_language(slot, settings):
    made = issue(slot.session)

    certificate, mail = Certificate.objects.get(), Message.objects.get()
    assert (certificate.name, certificate.percent, certificate.entries.get().minutes) == ("Ana", 50, 45)
    assert (mail.due_at, made.prepared_at) == (AFTER + timedelta(minutes=settings.RECALL_MINUTES), AFTER)
    composing.prepare(mail, now=LATER)
    text = read_mail(mail).get_body(("plain",)).get_content()
    assert mail.subject.endswith("Mercury in air")
    assert f"/certificates/{certificate.key}/" in text
    assert certificate.number not in text
    assert "List-Unsubscribe" in bytes(mail.octets).decode("ascii", "replace")
    assert StaffAction.objects.get().after == {"people": 1, "percent": 50}


def test_nobody_sees_it_until_the_mails_leave(slot):
    made = issue(slot.session)
    certificate = Certificate.objects.get()

    def answer(now):
        return checking.check(number=certificate.number, name="Ana", now=now).answer

    assert answer(made.mails_leave_at - timedelta(seconds=1)) == Answer.NOTHING
    assert answer(made.mails_leave_at) == Answer.MATCHES


def test_taken_back_they_are_gone_and_can_be_issued_again(slot):
    made = issue(slot.session)

    assert issuing.take_back(issue_id=made.pk, now=AFTER, by=None) == 1

    assert not Certificate.objects.exists()
    assert Message.objects.get().status == Message.Status.DROPPED
    issue(slot.session)
    assert Certificate.objects.count() == 1


def test_what_left_is_not_taken_back(slot):
    made = issue(slot.session)

    with pytest.raises(issuing.TooLate):
        issuing.take_back(issue_id=made.pk, now=made.mails_leave_at, by=None)


@pytest.mark.parametrize("said", [{"people": 2}, {"seen": "other"}])
def test_other_people_than_were_seen_are_refused(slot, said):
    with pytest.raises(issuing.ChangedMeanwhile):
        issue(slot.session, **said)

    assert not CertificateIssue.objects.exists()


def test_other_minutes_than_were_seen_are_refused(slot):
    known = seen(slot.session)
    slot.registrations.filter(participant__name="Ana").update(attended_seconds=50 * 60)

    with pytest.raises(issuing.ChangedMeanwhile):
        issue(slot.session, **known)


def test_session_with_a_slot_to_come_is_not_over(slot):
    with pytest.raises(issuing.NotOver) as refused:
        issue(slot.session, now=slot.ends_at - timedelta(minutes=1))

    assert refused.value.ends_at == slot.ends_at


def test_second_time_nobody_is_left(slot):
    issue(slot.session)

    with pytest.raises(issuing.Nobody):
        issue(slot.session, now=LATER)


def test_those_of_many_are_made_by_the_worker_and_who_is_erased_meanwhile_gets_none(slot, monkeypatch):
    monkeypatch.setattr(batches, "PEOPLE_AT_ONCE", 1)
    monkeypatch.setattr(batches, "PEOPLE_A_BATCH", 1)
    erased, kept = was_there(slot).participant, was_there(slot).participant

    made = issue(slot.session)
    assert not Certificate.objects.exists()
    with pytest.raises(issuing.BeingPrepared):
        issue(slot.session)
    erasure.erase(participant_id=erased.pk, now=AFTER)
    assert issuing.prepare(issue_id=made.pk, now=LATER, seconds=60) is False

    assert {each.participant for each in Certificate.objects.all()} == {
        Participant.objects.get(name="Ana"),
        kept,
    }
    assert issuing.unprepared() == []


def test_mail_about_a_withdrawn_one_does_not_leave(slot):
    issue(slot.session)
    Certificate.objects.update(withdrawn_at=AFTER)

    with pytest.raises(Outdated):
        composing.prepare(Message.objects.get(), now=LATER)


def test_who_wants_no_such_mails_finds_it_on_their_page(slot):
    Participant.objects.update(wants_certificates=False)
    issue(slot.session)

    with pytest.raises(Outdated):
        composing.prepare(Message.objects.get(), now=LATER)
    assert Certificate.objects.exists()


def test_numbers_differ():
    slot = held()
    for _each in range(3):
        was_there(slot)

    issue(slot.session)

    found = Certificate.objects.values_list("number", flat=True)
    assert len({numbers.read(each) for each in found}) == 3
