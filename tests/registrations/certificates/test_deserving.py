"""Who was there long enough gets a certificate, and of everybody else it is known why not."""

from datetime import timedelta

import pytest

from registrations.certificates import deserving
from registrations.certificates.deserving import Why
from sessions.models import Session
from tests.factories import RegistrationFactory, SessionFactory
from tests.support.registrations.certificates import AFTER, MINUTE, STARTS_AT, certificate_of, held, was_there

pytestmark = pytest.mark.django_db


def found(slot, session=None):
    session = session or slot.session
    return [(each.participant.name, each.why) for each in deserving.candidates(session.season, session, now=AFTER)]


@pytest.mark.parametrize(
    ("percent", "seconds", "why"),
    [
        (50, 30 * MINUTE, Why.GETS),
        (50, 30 * MINUTE - 1, Why.TOO_SHORT),
        (100, 60 * MINUTE, Why.GETS),
        (100, 60 * MINUTE - 1, Why.TOO_SHORT),
        (1, 36, Why.GETS),
        (1, 35, Why.TOO_SHORT),
        (50, 0, Why.ABSENT),
    ],
)
def test_share_of_the_time_slot_decides(percent, seconds, why):
    slot = held(session__season__certificate_percent=percent)
    RegistrationFactory(occurrence=slot, participant__name="Ana", attended_seconds=seconds, joined_at=STARTS_AT)

    assert found(slot) == [("Ana", why)]


@pytest.mark.parametrize(("joined_at", "why"), [(STARTS_AT, Why.GETS), (None, Why.ABSENT)])
def test_without_a_report_the_click_decides_and_no_minutes_are_claimed(joined_at, why):
    slot = held()
    RegistrationFactory(occurrence=slot, joined_at=joined_at)

    [candidate] = deserving.candidates(slot.session.season, slot.session, now=AFTER)

    assert candidate.why == why
    assert [each.minutes for each in candidate.attended] == ([None] if joined_at else [])


def test_words_for_who_was_there_too_short_have_both_numbers():
    slot = held()
    was_there(slot, 29)

    [candidate] = deserving.candidates(slot.session.season, slot.session, now=AFTER)

    assert (candidate.why, candidate.there, candidate.needed) == (Why.TOO_SHORT, 29, 30)


def test_who_is_waiting_cancelled_erased_or_still_to_come_is_nobody():
    slot = held()
    was_there(slot, status="waitlisted")
    was_there(slot, status="cancelled")
    was_there(slot, participant__anonymised_at=AFTER)

    assert found(slot) == []
    was_there(slot)
    assert deserving.candidates(slot.session.season, slot.session, now=slot.ends_at - timedelta(seconds=1)) == []


def test_slot_that_was_called_off_counts_for_nobody():
    slot = held(called_off_at=STARTS_AT)
    was_there(slot)

    assert found(slot) == []


def test_who_has_not_said_yes_gets_none():
    slot = held()
    was_there(slot, participant__name="Ana", participant__confirmed_at=None)

    assert found(slot) == [("Ana", Why.NOT_CONFIRMED)]


def test_nobody_gets_a_second_one_while_the_first_stands():
    slot = held()
    registration = was_there(slot, participant__name="Ana")
    certificate = certificate_of(registration)

    assert found(slot) == [("Ana", Why.HAS_ONE)]
    certificate.withdrawn_at = AFTER
    certificate.save()
    assert found(slot) == [("Ana", Why.GETS)]


def test_that_of_the_season_has_each_open_session_that_counts():
    slot = held()
    season, stream = slot.session.season, slot.session.stream
    more = {"season": season, "stream": stream}
    other = held(session=SessionFactory(**more))
    hidden = held(session=SessionFactory(access=Session.Access.INVITATION, **more))
    short = held(session=SessionFactory(**more))
    person = was_there(slot, 40).participant
    for each, minutes in ((other, 50), (hidden, 60), (short, 5)):
        was_there(each, minutes, participant=person)

    [candidate] = deserving.candidates(season, None, now=AFTER)

    counted = {each.registration.session: each.minutes for each in candidate.attended}
    assert (candidate.why, counted) == (Why.GETS, {slot.session: 40, other.session: 50})


def test_one_question_more_for_no_person_more(django_assert_num_queries):
    slot = held()
    for people in (1, 3):
        for _each in range(people):
            was_there(slot)
        with django_assert_num_queries(2):
            deserving.candidates(slot.session.season, slot.session, now=AFTER)
