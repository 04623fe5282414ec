"""The list and the form of seasons, and the list of all time slots."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.models import Registration
from sessions.models import Season
from tests.factories import OccurrenceFactory, RegistrationFactory, SeasonFactory
from tests.support.registrations.certificates import certificate_of, held, was_there
from tests.support.sessions.admin_pages import page, season_form
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db


def test_list_shows_numbers_of_sessions_slots_and_confirmed_people(admin_client):
    slot = OccurrenceFactory()
    OccurrenceFactory.create_batch(2, session=slot.session)
    RegistrationFactory.create_batch(2, occurrence=slot)
    RegistrationFactory(occurrence=slot, status=Registration.Status.CANCELLED)

    [season] = admin_client.get(page("season_changelist")).context["cl"].result_list

    assert (season.sessions_held, season.slots, season.confirmed) == (1, 3, 2)


@pytest.mark.parametrize("address", ["season_changelist", "admin:registrations_circular_add"])
def test_season_under_way_comes_first_and_a_rehearsal_last(admin_client, address):
    today = timezone.now().date()
    began = {"over": -400, "long ago": -800, "rehearsal": 2, "next year": 360, "under way": -5, "soon": 20}
    for title, days in began.items():
        starts_on = today + timedelta(days=days)
        ends_on = starts_on + timedelta(days=30)
        SeasonFactory(title=title, starts_on=starts_on, ends_on=ends_on, is_rehearsal=title == "rehearsal")

    shown = admin_client.get(page(address) if ":" not in address else reverse(address)).context
    seasons = shown["cl"].result_list if "cl" in shown else shown["seasons"]

    assert [season.title for season in seasons] == ["under way", "soon", "next year", "over", "long ago", "rehearsal"]


@pytest.mark.parametrize("name", ["season_changelist", "occurrence_changelist"])
def test_lists_have_one_number_of_queries(admin_client, django_assert_max_num_queries, name):
    counts = []

    for more in (1, 2):
        for _registration in range(more):
            RegistrationFactory()
        with django_assert_max_num_queries(12) as captured:
            admin_client.get(page(name))
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_form_leads_to_the_public_page_and_to_the_sessions(admin_client):
    season = SeasonFactory()

    shown = admin_client.get(page("season_change", season.pk)).content.decode()

    assert f"{page('session_changelist')}?season__id__exact={season.pk}" in shown
    assert "View on site" in shown


def test_clock_of_a_season_with_slots_cannot_be_changed(admin_client):
    empty, season = SeasonFactory(), OccurrenceFactory().session.season

    forms = [admin_client.get(page("season_change", pk)).context["adminform"].form for pk in (empty.pk, season.pk)]

    assert ["timezone" in form.fields for form in forms] == [True, False]


def test_state_of_a_slot_is_said_in_words(admin_client):
    past = datetime(2020, 10, 8, 7, 0, tzinfo=UTC)
    OccurrenceFactory(starts_at=past)
    OccurrenceFactory(starts_at=timezone.now() + timedelta(days=9), called_off_at=past)

    shown = admin_client.get(page("occurrence_changelist")).content.decode()

    assert 'data-heading="State">called off</td>' in shown
    assert 'data-heading="State">over</td>' in shown


def test_slots_are_added_in_the_form_of_their_session_only(admin_client):
    assert admin_client.get(page("occurrence_add")).status_code == 403


@pytest.mark.parametrize("hours", first_always(["0", "soon", "72 24", "1,", "721", "72, x", "1\x00", "9" * 60], 2))
def test_wrong_hours_of_reminders_are_an_error_beside_the_field(admin_client, hours):
    season = SeasonFactory()

    response = admin_client.post(page("season_change", season.pk), season_form(season, reminder_hours=hours))

    assert list(response.context["adminform"].form.errors) == ["reminder_hours"]


@pytest.mark.parametrize("hours", ["", "none", "48, 2", " 12 "])
def test_hours_of_reminders_are_stored(admin_client, hours):
    season = SeasonFactory()

    response = admin_client.post(page("season_change", season.pk), season_form(season, reminder_hours=hours))

    season.refresh_from_db()
    assert (response.status_code, season.reminder_hours) == (302, hours.strip())


def test_form_names_the_usual_hours(admin_client):
    shown = admin_client.get(page("season_change", SeasonFactory().pk)).content.decode()

    assert "Empty: 72, 24, 1." in shown


def test_last_day_before_the_first_is_an_error_beside_the_field(admin_client):
    season = SeasonFactory()
    typed = season_form(season, starts_on="2030-03-31", ends_on="2030-03-01")

    errors = admin_client.post(page("season_change", season.pk), typed).context["adminform"].form.errors

    assert errors == {"ends_on": ["The last day is before the first day."]}


@pytest.mark.parametrize("field", ["starts_on", "ends_on"])
@pytest.mark.parametrize("day", first_always(["0001-01-01", "1989-12-31", "2101-01-01", "9999-12-31"]))
def test_year_that_not_every_zone_could_show_is_an_error_beside_the_field(admin_client, field, day):
    """A last day in 9999, typed for "open end", with a slot on it made the home page fail for everybody."""
    season = SeasonFactory()

    response = admin_client.post(page("season_change", season.pk), season_form(season, **{field: day}))

    assert response.context["adminform"].form.errors[field] == ["Choose a year from 1990 to 2100."]


def test_name_that_no_address_can_hold_is_refused_in_plain_words(admin_client):
    response = admin_client.post(page("season_add"), season_form(SeasonFactory(), slug="Season 9"))

    words = "Use letters without accents, digits and hyphens only, for example “season-2”."
    assert response.context["adminform"].form.errors["slug"] == [words]


def test_new_season_is_a_draft_that_is_no_home_page(client, admin_client):
    shown = SeasonFactory(title="Held")
    form = admin_client.get(page("season_add")).context["adminform"].form

    fields = {field.html_name: field.value() or "" for field in form if field.value() is not False}
    typed = {"title": "Next", "slug": "next", "starts_on": "2040-01-10", "ends_on": "2040-02-10"}
    rows = {f"{inline}-{name}_FORMS": 0 for inline in ("streams", "questions") for name in ("TOTAL", "INITIAL")}
    admin_client.post(page("season_add"), fields | typed | rows)

    assert Season.objects.get(slug="next").is_published is False
    assert shown.title in client.get("/").text


@pytest.mark.parametrize("is_rehearsal", [True, False])
def test_season_stays_what_the_papers_of_its_certificates_say(admin_client, is_rehearsal):
    registration = was_there(held(session__season__is_rehearsal=is_rehearsal))
    season = registration.session.season
    certificate_of(registration)
    typed = season_form(season, is_rehearsal="" if is_rehearsal else "on")

    answer = admin_client.post(page("season_change", season.pk), typed)

    assert list(answer.context["adminform"].form.errors) == ["is_rehearsal"]
