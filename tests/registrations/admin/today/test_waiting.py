"""The start page leads to what staff did to many and can still take back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from registrations.models import Circular, SeasonAnnouncement, SlotChange, Transfer
from registrations.next_season import announcing
from registrations.rescheduling import changes
from registrations.seat_removals import returning
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations import circulars, removing
from tests.support.registrations.announcing import announce, published_session, somebody, take_back
from tests.support.registrations.next_seasons import open_season, subscribers
from tests.support.registrations.transferring import move, sign_up, two_slots
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db


def listed(client) -> list[tuple[str, str]]:
    """Each sentence up to the hour, and its page."""
    found = client.get(reverse("admin:index")).context["can_be_taken_back"]
    return [(sentence.partition(" The mails leave at ")[0], page) for sentence, page in found]


@pytest.fixture
def slot():
    return RegistrationFactory(occurrence__session__title="Trade").occurrence


def call_off(slot):
    changes.call_off(occurrence_id=slot.pk, now=timezone.now())


def send_circular(slot):
    now = timezone.now()
    circulars.send(circulars.draft(slot.session.season, sessions=[slot.session_id], now=now), now=now)


def test_called_off_slot_and_circular_are_listed_until_their_mails_leave(admin_client, slot):
    send_circular(slot)
    call_off(slot)

    assert listed(admin_client) == [
        (
            f"The circular “{circulars.SUBJECT}” is on its way.",
            reverse("admin:registrations_circular_change", args=[Circular.objects.get().pk]),
        ),
        (
            "A time slot of “Trade” was called off.",
            reverse("admin:registrations_slotchange_change", args=[SlotChange.objects.get().pk]),
        ),
    ]

    for model in (Circular, SlotChange):
        model.objects.update(mails_leave_at=timezone.now() - timedelta(seconds=1))

    assert listed(admin_client) == []


def test_moved_people_are_listed_until_it_is_taken_back(admin_client):
    here, there = two_slots()
    transfer = move(sign_up(here, "Ana"), there, now=timezone.now())

    sentence = f"People of “{here.session.title}” were moved to another time slot."
    assert listed(admin_client) == [(sentence, reverse("admin:registrations_transfer_change", args=[transfer.pk]))]

    Transfer.objects.update(taken_back_at=timezone.now())

    assert listed(admin_client) == []


def test_announced_season_is_listed_until_it_is_taken_back(admin_client):
    subscribers(1, consented_at=timezone.now())
    season = open_season(now=timezone.now())
    announcing.announce(season_id=season.pk, people=1, now=timezone.now(), by=None)

    page = reverse("admin:online_sessions_season_announce", args=[season.pk])
    assert listed(admin_client) == [(f"“{season.title}” was announced.", page)]

    SeasonAnnouncement.objects.update(taken_back_at=timezone.now())

    assert listed(admin_client) == []


def test_who_may_not_see_it_is_not_told(client, slot):
    call_off(slot)
    sign_in(client, User.objects.create_user("newcomer", is_staff=True))

    assert listed(client) == []


def test_announced_recording_is_listed_until_its_mails_leave_or_it_is_taken_back(admin_client):
    session, now = published_session(title="Trade"), timezone.now()
    Occurrence.objects.update(starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1))
    somebody(session)
    announce(session, now=now)

    page = reverse("admin:online_sessions_session_announce", args=[session.pk])
    assert listed(admin_client) == [("What is published of “Trade” was announced.", page)]
    take_back(session, now=now)
    assert listed(admin_client) == []


def test_places_taken_away_are_listed_once_until_they_are_given_back(admin_client):
    slot = OccurrenceFactory(session__title="Trade", starts_at=timezone.now() + timedelta(days=9))
    people = RegistrationFactory.create_batch(2, occurrence=slot)
    removal = removing.take_away(*people, now=timezone.now())

    page = reverse("admin:registrations_seatremoval_change", args=[removal.pk])
    assert listed(admin_client) == [("Places in “Trade” were taken away.", page)]
    returning.give_back(removal_id=removal.pk, by=None, now=timezone.now())
    assert listed(admin_client) == []


def test_mail_of_a_place_that_belongs_to_no_removal_any_more_is_no_error(admin_client):
    slot = OccurrenceFactory(starts_at=timezone.now() + timedelta(days=9))
    removing.take_away(RegistrationFactory(occurrence=slot), now=timezone.now())
    slot.registrations.update(removal=None)

    assert listed(admin_client) == []
