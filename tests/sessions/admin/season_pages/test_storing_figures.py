"""Staff store the figures of a season that is over; pages show them from then on."""

from datetime import UTC, datetime, timedelta

import pytest

from registrations.figures import keeping
from registrations.models import Figures, Participant, StaffAction
from registrations.privacy import retention
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.messages import said
from tests.support.sessions.admin_pages import page

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2020, 9, 17, 13, 0, tzinfo=UTC)


def slot_at(starts_at):
    season = {"starts_on": starts_at.date(), "ends_on": starts_at.date()}
    return OccurrenceFactory(starts_at=starts_at, **{f"session__season__{name}": day for name, day in season.items()})


@pytest.fixture
def season():
    slot = slot_at(datetime.now(UTC) - timedelta(days=3))
    RegistrationFactory(occurrence=slot, joined_at=slot.starts_at)
    return slot.session.season


def store(client, season):
    return client.post(page("season_store_figures", season.pk), follow=True)


def test_figures_are_stored_and_the_page_says_when(admin_client, admin_user, season):
    assert "Store these figures …" in admin_client.get(page("season_figures", season.pk)).text
    assert "They are counted now and kept." in admin_client.get(page("season_store_figures", season.pk)).text
    assert not Figures.objects.exists()

    response = store(admin_client, season)

    assert said(response) == [f"The figures of “{season}” are stored."]
    assert "these figures stay as they are" in response.text
    assert "Store them again …" in response.text
    noted = StaffAction.objects.get()
    assert (noted.action, noted.made_by, noted.object_id) == ("figures-stored", admin_user, season.pk)


def test_figures_are_stored_again(admin_client, season):
    store(admin_client, season)
    before = keeping.kept(season)

    shown = admin_client.get(page("season_store_figures", season.pk)).text
    store(admin_client, season)

    assert "The new ones take their place." in shown
    assert keeping.kept(season).taken_at > before.taken_at


def test_published_figures_stay(admin_client, season):
    store(admin_client, season)
    before = keeping.kept(season)
    keeping.publish(season, now=datetime.now(UTC))

    shown = admin_client.get(page("season_figures", season.pk)).text
    response = store(admin_client, season)

    assert "Store them again" not in shown
    assert said(response) == [
        "The figures are final and stay as they are: they were published, or others have tables of them."
    ]
    assert keeping.kept(season).taken_at == before.taken_at


def test_season_that_is_not_over_is_refused(admin_client):
    season = slot_at(datetime.now(UTC) + timedelta(days=1)).session.season

    response = store(admin_client, season)

    assert said(response) == ["The season is not over: figures are stored once its last time slot has ended."]
    assert "Store these figures" not in response.text


def test_figures_that_were_stored_before_people_went_stay(admin_client):
    slot = slot_at(LONG_AGO)
    RegistrationFactory(occurrence=slot)
    retention.apply(now=datetime.now(UTC))

    response = store(admin_client, slot.session.season)

    assert Participant.objects.get().name == ""
    assert said(response) == ["The details of its people are being removed: the figures stay as they were stored."]


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        (
            datetime.now(UTC) - timedelta(days=3),
            "You can store them again until you publish them or take a table of them for others.",
        ),
        (LONG_AGO, "They can be stored once only: the details of its people are being removed."),
    ],
)
def test_page_says_how_often_figures_can_be_stored(admin_client, ended, said):
    season = slot_at(ended).session.season

    assert said in admin_client.get(page("season_store_figures", season.pk)).context["facts"]
