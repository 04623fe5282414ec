"""The page of a season's figures, for staff."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from registrations.figures import storing
from registrations.models import Participant, Registration
from sessions.clocks import moment
from sessions.staff import groups
from tests.factories import (
    AnswerFactory,
    AttendanceReportFactory,
    OccurrenceFactory,
    QuestionFactory,
    RegistrationFactory,
    SeasonFactory,
    SessionFactory,
)
from tests.support import staff
from tests.support.registrations import random_season
from tests.support.sessions.admin_pages import page

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2020, 9, 17, 13, 0, tzinfo=UTC)


@pytest.fixture
def slot():
    return OccurrenceFactory(session__title="Air", session__season__title="Autumn", starts_at=LONG_AGO)


def shown(client, season) -> dict:
    """By kind of table, the cells of its rows by name, and of the whole season under None."""
    tables = client.get(page("season_figures", season.pk)).context["tables"]
    return {table.kind: {row.name: row.cells for row in table.rows} | {None: table.total.cells} for table in tables}


def test_page_says_of_how_many_time_slots_the_hours_are(admin_client, slot):
    season = slot.session.season
    AttendanceReportFactory(occurrence=slot)
    RegistrationFactory(occurrence=slot, attended_seconds=5400)
    address = page("season_figures", season.pk)
    before = admin_client.get(address).text

    other = OccurrenceFactory(session__season=season, starts_at=LONG_AGO)
    RegistrationFactory(occurrence=other, joined_at=LONG_AGO)

    words = "Hours attended are those of 1 time slot with a report, of 2 of which it is known who came."
    assert (words in before, words in admin_client.get(address).text) == (False, True)


def test_numbers_of_a_small_season_are_the_true_ones(admin_client, slot):
    AttendanceReportFactory(occurrence=slot)
    for seconds, country in [(5400, "404"), (1800, "404"), (0, "250")]:
        person = {"participant__country": country, "participant__stakeholder": "ngo"}
        RegistrationFactory(occurrence=slot, attended_seconds=seconds, **person)
    RegistrationFactory(occurrence=slot, status="cancelled", participant__country="250")

    found = shown(admin_client, slot.session.season)

    season = ("4", "3", "2", "67%", "4", "2", "–", "2")
    assert found["country"] == {
        "Kenya": ("2", "2", "2", "100%", "2", "2", "–", "2"),
        "France": ("2", "1", "0", "0%", "2", "0", "–", "0"),
        None: season,
    }
    assert found["session"]["Air"] == ("4", "3", "2", "67%", "–", "2")
    assert found["slot"] == {
        "Thu 17 Sep 2020, 15:00–16:00: Air": ("4", "3", "2", "67%", "–", "2"),
        None: ("4", "3", "2", "67%", "–", "2"),
    }
    assert list(found["un-group"]) == ["African States", "Western European and other States", None]
    assert list(found["region"]) == ["Africa", "Europe", None]
    assert found["week"] == {"Week of 14 Sep 2020": season, None: season}
    assert list(found["stakeholder"]) == ["Non-governmental organisation", "Not known", None]
    assert list(found["language"]) == ["English", None]
    assert "sids-ldc" not in found


def test_season_without_anything_and_one_without_registrations_say_so(admin_client, slot):
    empty = admin_client.get(page("season_figures", SeasonFactory().pk))
    nobody = admin_client.get(page("season_figures", slot.session.season_id))

    assert "Nobody has registered yet." in empty.text
    assert "Nobody has registered yet." in nobody.text
    assert empty.context["tables"] == []
    assert shown(admin_client, slot.session.season)["session"]["Air"] == ("0", "0", "–", "–", "–", "–")


def test_one_registration(admin_client):
    slot = OccurrenceFactory(starts_at=moment.now() + timedelta(days=3))
    RegistrationFactory(occurrence=slot)

    found = shown(admin_client, slot.session.season)

    assert found["session"][None] == ("1", "1", "–", "–", "–", "–")
    assert "Nobody has registered yet." not in admin_client.get(page("season_figures", slot.session.season_id)).text


def test_slot_that_was_called_off_says_so_and_gives_nobody_a_place(admin_client, slot):
    type(slot).objects.update(called_off_at=LONG_AGO - timedelta(days=1))
    RegistrationFactory(occurrence=slot)

    found = shown(admin_client, slot.session.season)

    assert found["slot"]["Thu 17 Sep 2020, 15:00–16:00 (called off): Air"] == ("1", "0", "–", "–", "–", "–")


def test_session_by_invitation_is_one_of_the_sessions(admin_client, slot):
    hidden = SessionFactory(season=slot.session.season, access="invitation", is_published=False, title="Closed")
    RegistrationFactory(occurrence=OccurrenceFactory(session=hidden, starts_at=LONG_AGO), joined_at=LONG_AGO)

    found = shown(admin_client, slot.session.season)

    assert found["session"]["Closed"] == ("1", "1", "1", "100%", "–", "–")


def test_rehearsal_is_called_one(admin_client):
    season = SeasonFactory(is_rehearsal=True)

    assert "It is a rehearsal." in admin_client.get(page("season_figures", season.pk)).text


def test_choices_stand_in_their_order_under_the_words_of_their_question(admin_client, slot):
    season = slot.session.season
    question = QuestionFactory(season=season, words="Your role", kind="one", choices=["Press", "<b>Delegate</b>"])
    person = RegistrationFactory(occurrence=slot).participant
    AnswerFactory(participant=person, question=question, value="<b>Delegate</b>")

    response = admin_client.get(page("season_figures", season.pk))

    [table] = [table for table in response.context["tables"] if table.kind == f"question-{question.pk}"]
    assert (table.title, [(row.name, row.cells) for row in table.rows]) == (
        "Your role",
        [("Press", ("0", "–", "–")), ("<b>Delegate</b>", ("1", "–", "–"))],
    )
    assert "&lt;b&gt;Delegate&lt;/b&gt;" in response.text


def test_stored_figures_are_shown_as_they_were(admin_client, slot):
    RegistrationFactory(occurrence=slot, participant__country="404")
    season = slot.session.season
    storing.store(season_id=season.pk, now=moment.now())
    Registration.objects.all().delete()
    Participant.objects.all().delete()
    slot.session.title = "Renamed"
    slot.session.save()

    response = admin_client.get(page("season_figures", season.pk))

    assert shown(admin_client, season)["country"]["Kenya"][0] == "1"
    assert "Air" in shown(admin_client, season)["session"]
    assert "these figures stay as they are" in response.text


def test_viewer_sees_numbers_and_nobody(admin_client, slot):
    person = RegistrationFactory(occurrence=slot, participant__country="404").participant
    groups.set_up()
    user = User.objects.create_user("viewer", is_staff=True)
    user.groups.add(Group.objects.get(name="Viewer"))
    client = staff.sign_in(Client(), user)

    text = client.get(page("season_figures", slot.session.season_id)).text

    assert "Kenya" in text
    assert not any(word in text for word in (person.name, person.email))
    assert (
        page("season_figures", slot.session.season_id)
        in client.get(page("season_overview", slot.session.season_id)).text
    )
    assert page("season_figures", slot.session.season_id) in client.get(page("season_changelist")).text


def test_number_of_queries_is_that_of_an_empty_season(admin_client, django_assert_max_num_queries):
    counts = []
    for people in (1, 30):
        season = random_season.make(4, people=people)
        with django_assert_max_num_queries(25) as captured:
            admin_client.get(page("season_figures", season.pk))
        counts.append(len(captured))

    assert counts[0] == counts[1]
