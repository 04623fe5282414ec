"""Erasing one's own data: what goes, what stays, who else stays, and what happens at the same moment."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User

from registrations.accounts.owners import owner_of
from registrations.enrolment import enrolment, own_details, refusals
from registrations.models import AdmissionRequest, Invitation, Message, Participant, Registration
from registrations.rescheduling import changes
from tests.factories import (
    AttendanceIntervalFactory,
    InvitationFactory,
    MessageFactory,
    OccurrenceFactory,
    ParticipantFactory,
    RegistrationFactory,
)
from tests.support.registrations.erasing import erase, somebody
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, details, register

pytestmark = pytest.mark.django_db

WHO = {"name", "email", "organisation", "access_needs"}
KEYS = ["key", "feed_key", "stop_key"]


def invitation(session, name="Amina Otieno", email="amina@example.org"):
    return InvitationFactory(session=session, name=name, email=email)


def everything_stored() -> str:
    """Whatever is in any row of ours about people, and in the accounts."""
    models = [Participant, Registration, Message, Invitation, AdmissionRequest, User, EmailAddress]
    return " ".join(
        bytes(value).decode("utf-8", "replace") if isinstance(value, (bytes, memoryview)) else str(value)
        for model in models
        for row in model.objects.values()
        for value in row.values()
    )


def test_who_it_was_goes_and_what_they_agreed_to_stays():
    person = erase(somebody())

    assert {getattr(person, field) for field in WHO} == {""}
    assert person.anonymised_at == NOW
    assert (person.consent_version, bool(person.consent_text)) == ("1", True)
    assert str(person) == "(erased)"


def test_name_in_reports_of_meetings_goes_and_how_long_somebody_was_there_stays():
    person = somebody()
    slot = OccurrenceFactory(session__season=person.season)
    registration = RegistrationFactory(participant=person, occurrence=slot, attended_seconds=1800)
    known = AttendanceIntervalFactory(registration=registration)
    left_open = AttendanceIntervalFactory(report=known.report, registration=None, name="A", email=person.email.upper())
    other = AttendanceIntervalFactory(report=known.report, registration=None, name="Zoe", email="zoe@example.org")

    erase(person)

    for row in (registration, known, left_open, other):
        row.refresh_from_db()
    assert [(each.name, each.email) for each in (known, left_open, other)] == [
        ("", ""),
        ("", ""),
        ("Zoe", "zoe@example.org"),
    ]
    assert (registration.attended_seconds, known.registration) == (1800, registration)


def test_old_keys_are_gone():
    registration = RegistrationFactory(participant=somebody(), submission="form-1")
    person = registration.participant
    before = {getattr(person, key) for key in KEYS} | {registration.join_key}

    erase(person)

    registration.refresh_from_db()
    assert before.isdisjoint({getattr(person, key) for key in KEYS} | {registration.join_key})
    assert registration.submission == ""


def test_nothing_of_the_person_is_left_anywhere_once_the_mails_have_left(smtp_server):
    slot = OccurrenceFactory()
    [registration] = register(slot, email="Amina@example.org", organisation="Ministry of Mercury")
    person = registration.participant
    owner_of(person.mailbox)
    invited = invitation(slot.session)
    MessageFactory(participant=None, recipient="amina@example.org", kind="sign_in_code", status="sent", sent_at=NOW)
    MessageFactory(participant=None, recipient="amina@example.org", invitation=invited, status="sent", sent_at=NOW)
    asked = {"name": "Amina Otieno", "email": "amina@example.org", "mailbox": person.mailbox, "words": "Amina here"}
    AdmissionRequest.objects.create(invitation=invitation(slot.session, "Else", "e@example.org"), asked_at=NOW, **asked)
    assert "amina" in everything_stored().lower()

    erase(person)
    send_waiting_mails()

    left = everything_stored().lower()
    assert [word for word in ("amina", "otieno", "ministry") if word in left] == []
    assert not User.objects.exists()


def test_registrations_to_come_are_cancelled_and_those_that_are_over_stay():
    person = somebody()
    over = RegistrationFactory(
        participant=person, occurrence=OccurrenceFactory(session__season=person.season), joined_at=NOW
    )
    to_come = RegistrationFactory(participant=person, occurrence=OccurrenceFactory(session__season=person.season))
    after_the_first = over.occurrence.ends_at + timedelta(hours=1)
    assert to_come.occurrence.ends_at > after_the_first

    erase(person, now=after_the_first)

    states = dict(Registration.objects.values_list("pk", "status"))
    assert states == {over.pk: "confirmed", to_come.pk: "cancelled"}
    assert Registration.objects.get(pk=over.pk).joined_at == NOW


def test_freed_place_goes_to_who_waits():
    slot = OccurrenceFactory(capacity=1)
    [registration] = register(slot)
    waiting = RegistrationFactory(occurrence=slot, status="waitlisted", waiting_since=NOW)

    erase(registration.participant)

    waiting.refresh_from_db()
    assert waiting.is_confirmed


def test_who_waits_leaves_the_list():
    waiting = RegistrationFactory(status="waitlisted", waiting_since=NOW, entry_was_mailed=False)
    address = waiting.participant.email

    erase(waiting.participant)

    waiting.refresh_from_db()
    assert waiting.is_cancelled
    assert Message.objects.get(kind="erased").recipient == address


@pytest.mark.parametrize("is_called_off", [False, True])
def test_slot_that_is_held_later_keeps_no_place_for_who_erased_their_data_meanwhile(is_called_off):
    """Whoever waited in vain, or for a slot that was called off, had a seat again that nobody could give back."""
    past = {"starts_at": NOW - timedelta(hours=3), "ends_at": NOW - timedelta(hours=2)}
    slot = OccurrenceFactory(**past, capacity=1, called_off_at=past["starts_at"] if is_called_off else None)
    seated = RegistrationFactory(occurrence=slot)
    waiting = RegistrationFactory(occurrence=slot, status="waitlisted", waiting_since=past["starts_at"])
    for registration in (waiting, seated):
        erase(registration.participant)
    if is_called_off:
        changes.revive(occurrence_id=slot.pk, now=NOW)

    later = {"starts_at": NOW + timedelta(days=3), "ends_at": NOW + timedelta(days=3, hours=1)}
    changes.reschedule(occurrence_id=slot.pk, **later, now=NOW)

    slot.refresh_from_db()
    states = [Registration.objects.get(pk=each.pk).status for each in (seated, waiting)]
    assert states == ["cancelled" if is_called_off else "confirmed", "cancelled"]
    assert (slot.taken, slot.waiting) == (0 if is_called_off else 1, 0)
    assert not Message.objects.filter(registration=waiting).exists()


def test_others_behind_the_mailbox_stay_with_their_account_and_other_seasons_too():
    person = somebody()
    others = [
        somebody(season=person.season, name="Omar Otieno"),
        somebody(name="Amina Otieno"),
    ]
    owner_of(person.mailbox)

    erase(person)

    for other in others:
        other.refresh_from_db()
    assert [other.email for other in others] == ["amina@example.org"] * 2
    assert User.objects.count() == EmailAddress.objects.count() == 1


def test_invitation_of_the_person_is_withdrawn_and_that_of_another_stays():
    person = somebody()
    session = OccurrenceFactory(session__season=person.season).session
    mine, other = invitation(session), invitation(session, name="Omar Otieno")
    old_key = mine.key

    erase(person)

    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.name, mine.email, mine.withdrawn_at, mine.key == old_key) == ("", "", NOW, False)
    assert (other.name, other.withdrawn_at) == ("Omar Otieno", None)


def test_invitation_accepted_under_a_corrected_name_goes_too():
    person = somebody()
    accepted = invitation(OccurrenceFactory(session__season=person.season).session, name="A. Otieno")
    registration = RegistrationFactory(participant=person, occurrence=accepted.session.occurrences.get())
    Invitation.objects.filter(pk=accepted.pk).update(registration=registration)

    erase(person)

    accepted.refresh_from_db()
    assert (accepted.name, accepted.email) == ("", "")


def test_people_whom_a_focal_point_named_stay_and_point_to_nobody():
    focal_point = somebody()
    named = ParticipantFactory(season=focal_point.season, named_by=focal_point, name="Omar")

    erase(focal_point)

    named.refresh_from_db()
    assert (named.name, named.named_by) == ("Omar", None)


def test_erasing_twice_is_erasing_once():
    [registration] = register(OccurrenceFactory())
    person = erase(registration.participant)
    kept = (person.key, Message.objects.count())

    erase(person, now=NOW + timedelta(hours=1))

    assert (person.key, Message.objects.count(), person.anonymised_at) == (*kept, NOW)


def test_same_name_and_address_sign_up_again_as_somebody_new():
    slot = OccurrenceFactory()
    [registration] = register(slot)
    erase(registration.participant)

    [again] = register(slot)

    assert again.participant_id != registration.participant_id
    assert again.participant.email == "amina@example.org"


def test_details_that_arrive_late_do_not_bring_the_person_back():
    person = somebody()
    erase(person)

    own_details.correct(participant=person, details=details("Amina Otieno"), now=NOW)

    person.refresh_from_db()
    assert person.name == ""


def test_erased_person_cannot_come_back():
    [registration] = register(OccurrenceFactory())
    person = erase(registration.participant)

    with pytest.raises(refusals.RegistrationClosed):
        enrolment.add_session(participant=person, occurrence_id=registration.occurrence_id, now=NOW)
