"""Staff publish the stored figures of a season, having seen what everybody will see, and take them back."""

from datetime import UTC, datetime, timedelta

import pytest

from registrations.figures import keeping, storing
from registrations.models import StaffAction
from sessions.models import Season
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.messages import said
from tests.support.sessions.admin_pages import page

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2020, 9, 17, 13, 0, tzinfo=UTC)
NOW = datetime(2031, 1, 10, 9, 0, 0, 123456, tzinfo=UTC)
PUBLIC = "/seasons/autumn/figures/"


@pytest.fixture
def season():
    slot = OccurrenceFactory(starts_at=LONG_AGO, session__season__title="Autumn", session__season__slug="autumn")
    for country, number in {"404": 3, "756": 40, "604": 2, "250": 12}.items():
        RegistrationFactory.create_batch(number, occurrence=slot, participant__country=country)
    return slot.session.season


@pytest.fixture
def stored(season):
    storing.store(season_id=season.pk, now=NOW)
    return season


def publish(client, season, version=None):
    address = page("season_publish_figures", season.pk)
    if version is None:
        version = client.get(address).context["version"]
    return client.post(address, {"version": version}, follow=True)


def rows(response) -> list:
    return [(table.title, table.rows, table.total) for table in response.context["found"].tables]


def test_staff_see_in_full_what_everybody_will_see(admin_client, client, stored):
    before = admin_client.get(page("season_publish_figures", stored.pk))
    publish(admin_client, stored)
    public = client.get(PUBLIC)

    assert rows(before) == rows(public)
    assert before.context["found"] == public.context["found"]
    assert "Nothing has been changed yet." in before.text


def test_publishing_and_taking_back_are_said_and_on_record(admin_client, admin_user, client, stored):
    figures = admin_client.get(page("season_figures", stored.pk)).text
    published = publish(admin_client, stored)
    seen = client.get(PUBLIC)
    taken_back = admin_client.post(page("season_take_back_figures", stored.pk), follow=True)

    assert "Publish the figures …" in figures
    assert said(published) == ["The figures of “Autumn” are published."]
    assert "Take the published figures back …" in published.text
    assert PUBLIC in published.text
    assert seen.status_code == 200
    assert said(taken_back) == ["The figures of “Autumn” are taken back: staff alone see them."]
    assert client.get(PUBLIC).status_code == 404
    noted = StaffAction.objects.filter(made_by=admin_user.pk).order_by("pk").values_list("action", "object_id")
    assert list(noted) == [("figures-published", stored.pk), ("figures-taken-back", stored.pk)]


def test_what_was_taken_back_comes_back_as_it_was(admin_client, client, stored):
    publish(admin_client, stored)
    before = rows(client.get(PUBLIC))
    admin_client.post(page("season_take_back_figures", stored.pk))

    offered = admin_client.get(page("season_publish_figures", stored.pk))
    publish(admin_client, stored)

    assert "everybody sees the same numbers as then" in offered.text
    assert rows(offered) == before == rows(client.get(PUBLIC))


@pytest.mark.parametrize("version", ["", "\0", "2020-01-01", "{{7*7}}"])
def test_other_figures_than_those_looked_at_are_not_published(admin_client, stored, version):
    response = publish(admin_client, stored, version)

    assert said(response)[0].startswith("Meanwhile somebody stored the figures again")
    assert keeping.public(stored) is None


def test_figures_stored_again_meanwhile_are_looked_at_first(admin_client, stored):
    version = admin_client.get(page("season_publish_figures", stored.pk)).context["version"]
    storing.store(season_id=stored.pk, now=NOW + timedelta(days=1))

    response = publish(admin_client, stored, version)

    assert response.redirect_chain == [(page("season_publish_figures", stored.pk), 302)]
    assert keeping.public(stored) is None
    with pytest.raises(keeping.StoredMeanwhile):
        keeping.publish(stored, now=NOW, taken_at=NOW)


def refused(client, season, name="publish") -> list:
    answers = [getattr(client, how)(page(f"season_{name}_figures", season.pk), follow=True) for how in ("get", "post")]
    assert said(answers[0]) == said(answers[1])
    return said(answers[0])


def test_what_cannot_be_published_is_refused(admin_client, season):
    not_stored = refused(admin_client, season)
    storing.store(season_id=season.pk, now=NOW)
    Season.objects.update(is_rehearsal=True)
    rehearsal = refused(admin_client, season)
    Season.objects.update(is_rehearsal=False, is_published=False)
    draft = refused(admin_client, season)
    Season.objects.update(is_published=True)
    not_published = refused(admin_client, season, "take_back")
    publish(admin_client, season)
    published = refused(admin_client, season)

    assert not_stored == ["Store the figures first: what is published is what was stored."]
    assert rehearsal == ["It is a rehearsal: its figures are for the staff alone."]
    assert draft == ["The season is a draft: publish it first."]
    assert not_published == ["The figures are not published."]
    assert published == ["The figures are published already."]


@pytest.mark.parametrize("hidden", [{"is_rehearsal": True}, {"is_published": False}])
def test_figures_of_a_draft_or_rehearsal_are_never_published(stored, hidden):
    Season.objects.update(**hidden)

    with pytest.raises(keeping.NotForEverybody):
        keeping.publish(stored, now=NOW)
