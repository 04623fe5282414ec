"""A decline from a calendar becomes one question by mail, and everything else nothing."""

import re
from datetime import timedelta

import pytest

from registrations import links
from registrations.calendar_replies import responding
from registrations.calendar_replies.parsing import Decline
from registrations.enrolment import enrolment
from registrations.mail.notices.letters import calendar_message_id
from registrations.models import Registration
from registrations.rescheduling import changes, preparing
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.registrations.calendar_replies.mails import calendar, event, mail_of
from tests.support.calendars import calendar_part, read_mail
from tests.support.registrations.declining import NOW, SLOT, Box, answer, invited, move, questions, text_of

pytestmark = pytest.mark.django_db


def test_decline_causes_one_question_to_the_participant():
    registration = invited(session__title="Emissions")

    was_asked = answer(registration)

    [question] = questions()
    assert was_asked
    assert (question.recipient, question.registration) == (registration.participant.email, registration)
    assert question.subject == "Do you want to cancel? Emissions, Thu 10 Oct, 16:00 (UTC+3)"
    assert Registration.objects.confirmed().filter(pk=registration.pk).exists()


def test_question_says_that_the_seat_is_kept_and_how_to_cancel():
    registration = invited()

    answer(registration)

    words = text_of(*questions())
    assert "You are still registered: your seat is kept." in words
    assert f"so that somebody else gets the seat:\n{links.cancel(registration)}\n" in words
    assert f"This file puts your sessions back:\n{links.my_calendar(registration.participant)}\n" in words
    assert "/time-slot/" not in words


def test_question_offers_the_other_time_slot():
    registration = invited()
    OccurrenceFactory(session=registration.session, starts_at=SLOT["starts_at"] + timedelta(days=1))

    answer(registration)

    assert f"To change your time slot:\n{links.change_slot(registration)}\n" in text_of(*questions())


def test_text_and_html_of_the_question_lead_to_the_same_addresses():
    registration = invited()
    OccurrenceFactory(session=registration.session)
    answer(registration)

    mail = read_mail(*questions())

    in_text = set(re.findall(r"https?://\S+", mail.get_body(("plain",)).get_content()))
    assert in_text == set(re.findall(r'href="(.*?)"', mail.get_body(("html",)).get_content()))


def test_who_proposes_a_time_reads_that_it_stays_and_what_to_do():
    registration = invited(session__title="Emissions")

    responding.answer(Decline(registration.uid, 0, proposes_time=True), now=NOW)

    [question] = questions()
    words = text_of(question)
    assert question.subject == "The time stays: Emissions, Thu 10 Oct, 16:00 (UTC+3)"
    assert "The time is the same for everybody and does not change." in words
    assert "You are still registered: your seat is kept." in words
    assert f"so that somebody else gets the seat:\n{links.cancel(registration)}\n" in words
    assert "declined" not in words


def test_decline_after_a_proposed_time_of_the_same_revision_causes_no_second_question():
    registration = invited()
    responding.answer(Decline(registration.uid, 0, proposes_time=True), now=NOW)

    assert not answer(registration)


def test_question_carries_no_calendar_part_and_is_in_the_thread_of_the_invitation():
    registration = invited()

    answer(registration)

    mail = read_mail(*questions())
    calendar_ids = {calendar_message_id(registration, sequence) for sequence in range(3)}
    assert calendar_part(mail) is None
    assert mail["References"] == calendar_message_id(registration, 0)
    assert mail["Message-ID"] not in calendar_ids


def test_hundred_answers_cause_one_question():
    registration = invited()

    asked = [answer(registration) for _ in range(100)]

    assert (asked.count(True), len(questions())) == (1, 1)


def test_new_revision_that_is_declined_again_causes_another_question():
    registration = invited()
    answer(registration)
    other = OccurrenceFactory(session=registration.session)
    enrolment.change_occurrence(registration_id=registration.pk, occurrence_id=other.pk, now=NOW)

    answer(registration, sequence=1)

    assert len(questions()) == 2


def test_decline_of_the_time_before_a_move_is_nothing():
    registration = invited()
    move(registration.occurrence)

    assert not answer(registration, sequence=0)
    assert answer(registration, sequence=1)


def test_decline_of_the_time_before_the_person_changed_it_is_nothing():
    registration = invited()
    other = OccurrenceFactory(session=registration.session)
    enrolment.change_occurrence(registration_id=registration.pk, occurrence_id=other.pk, now=NOW)

    assert not answer(registration, sequence=0)


def test_decline_after_a_move_that_was_taken_back_before_its_mails_left_counts():
    registration = invited()
    change = move(registration.occurrence)
    changes.take_back(change_id=change.pk, now=NOW)

    assert answer(registration, sequence=0)


@pytest.mark.parametrize(("is_taken_back", "asked"), [(True, 1), (False, 0)])
@pytest.mark.usefixtures("many_people")
def test_decline_while_the_worker_prepares_the_mails_of_a_move_stays_until_it_is_known(is_taken_back, asked):
    # Given a move of so many that nobody has a mail of it yet, and somebody who declines the time that they know
    registration = invited()
    change = move(registration.occurrence)
    box = Box(mail_of(calendar(event(registration.uid))))

    # When the mailbox is read, then the answer stays there
    assert responding.answer_all(box.mails(), now=NOW) == responding.Tally(read=1, waiting=1)
    assert (len(box.kept), questions()) == (1, [])

    # When the mails are prepared, or the move was taken back before, then the answer counts or is outdated
    if is_taken_back:
        changes.take_back(change_id=change.pk, now=NOW)
    for unprepared in preparing.unprepared():
        preparing.prepare(change_id=unprepared, now=NOW, seconds=60)
    assert responding.answer_all(box.mails(), now=NOW) == responding.Tally(read=1, answered=asked)
    assert (box.kept, len(questions())) == ([], asked)


def test_decline_of_an_unknown_entry_is_nothing():
    invited()

    assert not responding.answer(Decline("unknown@minamata.test", 0), now=NOW)
    assert questions() == []


def test_decline_of_a_cancelled_registration_is_nothing():
    registration = invited()
    enrolment.cancel(registration_id=registration.pk, now=NOW)

    assert not answer(registration, sequence=1)


def test_decline_of_a_called_off_slot_is_nothing():
    registration = invited()
    changes.call_off(occurrence_id=registration.occurrence_id, now=NOW)

    assert not answer(registration, sequence=1)


def test_decline_of_a_place_on_the_waiting_list_is_nothing():
    assert not answer(invited(status=Registration.Status.WAITLISTED))


@pytest.mark.parametrize(("minutes_to_the_end", "is_asked"), [(1, True), (0, False)])
def test_decline_counts_until_the_slot_is_over(minutes_to_the_end, is_asked):
    registration = invited()

    moment = SLOT["ends_at"] - timedelta(minutes=minutes_to_the_end)

    assert responding.answer(Decline(registration.uid, 0), now=moment) is is_asked


def test_question_goes_to_the_stored_address_whoever_answered():
    registration = invited(participant__email="amina@ministry.example")

    box = Box(mail_of(calendar(event(registration.uid)).replace("amina@", "forger@")))
    responding.answer_all(box.mails(), now=NOW)

    assert [question.recipient for question in questions()] == ["amina@ministry.example"]


def test_one_of_two_people_behind_one_mailbox_is_asked():
    slot = OccurrenceFactory(**SLOT)
    first, second = (invited(occurrence=slot, participant__email="ministry@example.net") for _ in range(2))

    answer(second)

    assert [question.registration for question in questions()] == [second]
    assert first.participant.email == second.participant.email


@pytest.mark.parametrize("others", [0, 3])
def test_number_of_queries_does_not_depend_on_other_registrations(django_assert_num_queries, others):
    registration = invited()
    RegistrationFactory.create_batch(others, occurrence=registration.occurrence)

    with django_assert_num_queries(7):
        answer(registration)
