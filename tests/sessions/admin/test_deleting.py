"""Deleting seasons, sessions and time slots: with all that staff typed, never with people."""

import pytest
from django.utils import timezone

from registrations.models import StaffAction
from registrations.rescheduling import changes
from sessions.models import Material, Occurrence, Season, Session, Stream
from tests.factories import InvitationFactory, OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.messages import said
from tests.support.sessions.admin_pages import page
from tests.support.sessions.uploads import files_in, material_with_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
NAMES = ["season", "session", "occurrence"]


def row_of(name, slot):
    return {"season": slot.session.season, "session": slot.session, "occurrence": slot}[name]


def delete(client, name, row):
    return client.post(page(f"{name}_delete", row.pk), {"post": "yes"})


@pytest.mark.django_db(transaction=True)
def test_season_goes_with_its_sessions_and_their_files(admin_client, media):
    material = material_with_file()
    slot = OccurrenceFactory(session=material.session)
    changes.call_off(occurrence_id=slot.pk, now=timezone.now())
    season = slot.session.season
    assert admin_client.get(page("season_delete", season.pk)).status_code == 200

    delete(admin_client, "season", season)

    assert [model.objects.count() for model in (Season, Stream, Session, Occurrence, Material)] == [0] * 5
    assert files_in(media) == []
    assert StaffAction.objects.filter(action="deleted", about=str(season)).exists()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_deleted_with_people_and_none_is_named(admin_client, name):
    registration = RegistrationFactory(participant__name="Wanjiru Kamau")
    row = row_of(name, registration.occurrence)

    shown = admin_client.get(page(f"{name}_delete", row.pk)).content.decode()
    delete(admin_client, name, row)

    assert "cannot be deleted, because people have to do with it" in shown
    assert "Registrations: 1" in shown
    assert "Wanjiru" not in shown
    assert type(row).objects.filter(pk=row.pk).exists()


def test_season_is_not_deleted_with_people_who_have_cancelled_all_or_are_invited_only(admin_client):
    person, invitation = ParticipantFactory(), InvitationFactory()

    for season in (person.season, invitation.session.season):
        delete(admin_client, "season", season)

    assert Season.objects.count() == 2


BUTTONS = [
    *("season_delete", "session_delete", "session_invite", "session_announce"),
    *("occurrence_delete", "occurrence_move", "occurrence_call_off", "occurrence_revive"),
]


@pytest.mark.parametrize("name", BUTTONS)
def test_button_for_what_a_colleague_deleted_says_so(admin_client, name):
    slot = OccurrenceFactory()
    pk = row_of(name.partition("_")[0], slot).pk
    slot.session.season.delete()

    answer = admin_client.post(page(name, pk), {"post": "yes", "confirm": "yes"})

    assert answer.status_code == 302
    assert "deleted" in said(answer)[0]


def test_address_of_what_is_not_there_is_not_found(admin_client):
    assert admin_client.get(page("occurrence_move", 999)).status_code == 404
