"""Mails that wait stand on the page about a season, and leave at their moment to as many people as it says."""

from datetime import timedelta

import pytest

from registrations.certificates import deserving, issuing
from registrations.models import Message, SlotChange
from registrations.presenters.staff import waiting_mails
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations import announcing, next_seasons
from tests.support.registrations.certificates import AFTER, held, was_there
from tests.support.registrations.changes import move as move_slot
from tests.support.registrations.changes import slot_with_people
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.removing import take_away
from tests.support.registrations.signing_up import NOW
from tests.support.registrations.transferring import move, sign_up, two_slots

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def waiting(season, now=NOW):
    """Words, what it is about, people and moment of each line."""
    found = waiting_mails.of_season(season, now=now, names_letters=True)
    return [(event.words, event.about, event.people, event.at) for event in found]


def due(at):
    return Message.objects.due(at).values_list("pk", flat=True)


def held_back(season, now=NOW):
    """The one line; its mails are due at its moment and not before, and the worker's task sends them to its people."""
    [(words, about, people, at)] = waiting(season, now)
    assert (list(due(at - SECOND)), due(at).exists(), waiting(season, at)) == ([], True, [])
    assert len({mail.recipient for mail in send_waiting_mails()}) == people
    return words, about, people


def test_mails_about_a_slot_that_was_moved():
    slot = slot_with_people(3)

    move_slot(slot, now=NOW)

    assert held_back(slot.session.season) == ("Mails about a changed time slot leave", slot.session.title, 3)


def test_change_whose_mails_are_being_prepared_counts_all_whom_it_concerns():
    slot = slot_with_people(3)
    change = move_slot(slot, now=NOW)
    Message.objects.all().delete()
    SlotChange.objects.update(prepared_at=None, people=3)

    assert [people for _words, _about, people, _at in waiting(slot.session.season)] == [3]
    assert change.mails_leave_at > NOW


def test_change_that_was_taken_back_is_left_out():
    slot = slot_with_people(1)
    change = move_slot(slot, now=NOW)
    assert waiting(slot.session.season)

    changes.take_back(change_id=change.pk, now=NOW, by=None)

    assert waiting(slot.session.season) == []


def test_mails_to_people_who_were_moved():
    here, there = two_slots()
    people = sign_up(here, "Ana", "Ben")
    Message.objects.all().delete()

    move(people, there)

    words = "Mails to people who were moved to another time slot leave"
    assert held_back(here.session.season) == (words, here.session.title, 2)


def test_announcement_of_the_season():
    season = next_seasons.open_season()
    next_seasons.subscribers(2)

    next_seasons.announce(season, 2)

    assert held_back(season) == ("The announcement of the season leaves", "", 2)


def test_mails_about_a_published_recording():
    session = announcing.published_session()
    announcing.somebody(session)
    announcing.somebody(session)

    announcing.announce(session)

    words = "Mails about what was published leave"
    assert held_back(session.season, announcing.NOW) == (words, session.title, 2)


def test_mails_about_places_that_were_taken_away():
    slot = OccurrenceFactory()
    people = sign_up(slot, "Ana", "Ben")
    Message.objects.all().delete()

    take_away(*people)

    assert held_back(slot.session.season) == ("Mails about places that were taken away leave", slot.session.title, 2)


def test_certificates():
    slot = held()
    was_there(slot)
    session, season = slot.session, slot.session.season
    found = deserving.candidates(season, session, now=AFTER)

    seen = issuing.fingerprint(found)
    issuing.issue(season_id=season.pk, session=session, people=1, seen=seen, now=AFTER, by=None)

    words = "Certificates can be opened, and the mails about them leave"
    assert held_back(season, AFTER) == (words, session.title, 1)


def test_nothing_is_said_of_another_season_and_there_are_as_many_queries_for_more(django_assert_num_queries):
    first, other = slot_with_people(1), slot_with_people(1)
    season = first.session.season
    move_slot(other, now=NOW)
    assert waiting(season) == []

    move_slot(first, now=NOW)
    for _time in range(2):
        slot = OccurrenceFactory(session__season=season)
        RegistrationFactory(occurrence=slot)
        move_slot(slot, now=NOW)

    with django_assert_num_queries(7):
        assert len(waiting(season)) == 3
