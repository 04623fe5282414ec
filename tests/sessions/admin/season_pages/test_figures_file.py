"""Tables of figures as files: for the staff with true numbers, for others without small ones."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from registrations.figures import keeping, storing
from registrations.models import StaffAction
from registrations.presenters.figures_file import FOR_OTHERS, INTERNAL
from sessions.clocks import moment
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.messages import said
from tests.support.sessions.admin_pages import page
from tests.support.staff import member

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2020, 9, 17, 13, 0, tzinfo=UTC)
# In another order than their names, both by code and by size.
COUNTRIES = {"404": 3, "756": 40, "604": 12, "008": 9}


@pytest.fixture
def season():
    slot = OccurrenceFactory(
        session__title='=HYPERLINK("https://evil.example")',
        session__season__title="Autumn",
        session__season__slug="autumn",
        starts_at=LONG_AGO,
    )
    for country, number in COUNTRIES.items():
        RegistrationFactory.create_batch(number, occurrence=slot, participant__country=country)
    return slot.session.season


def test_others_do_not_get_small_numbers(admin_client, season):
    about, _headings, *rows = lines(taken(admin_client, season, table="country", csv=""))

    assert about.startswith('"Autumn, By country. For others')
    names_and_numbers = [row.split(";")[:2] for row in rows]
    assert names_and_numbers == [
        ['"Albania"', '"hidden"'],
        ['"Kenya"', '"hidden"'],
        ['"Peru"', '"12"'],
        ['"Switzerland"', '"40"'],
        ['"Whole season"', '"64"'],
    ]


def test_observer_states_have_a_row_for_staff_alone(admin_client, season):
    [session] = season.sessions.all()
    for country, number in {"275": 6, "630": 7}.items():
        RegistrationFactory.create_batch(number, occurrence=session.occurrences.get(), participant__country=country)

    for_others, internal = (
        "\n".join(lines(taken(admin_client, season, table="un-group", csv="", **{"for": whose})))
        for whose in (FOR_OTHERS, INTERNAL)
    )

    assert '"In no group: territories, international organisations";"13"' in for_others
    assert ("Observer" in for_others, '"Observer States";"6"' in internal) == (False, True)


def test_staff_get_the_true_numbers(admin_client, season):
    response = taken(admin_client, season, table="country", xlsx="", **{"for": INTERNAL})

    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    values = [row[:2] for row in sheet.iter_rows(values_only=True)]
    assert values[0][0].startswith("Autumn, By country. Internal")
    assert values[2:] == [("Albania", 9), ("Kenya", 3), ("Peru", 12), ("Switzerland", 40), ("Whole season", 64)]
    assert response["Content-Disposition"].startswith('attachment; filename="internal-autumn-country-')


@pytest.mark.parametrize("table", ["session", "slot"])
def test_others_are_not_told_of_sessions_that_are_not_published(admin_client, season, table):
    slot = OccurrenceFactory(
        session__season=season, session__title="Ministers only", session__is_published=False, starts_at=LONG_AGO
    )
    RegistrationFactory.create_batch(9, occurrence=slot)

    for_others, internal = (
        lines(taken(admin_client, season, table=table, csv="", **{"for": whose})) for whose in (FOR_OTHERS, INTERNAL)
    )

    assert ("Ministers" in "".join(for_others), "Ministers" in "".join(internal)) == (False, True)
    assert [rows[-1].split(";")[1] for rows in (for_others, internal)] == ['"64"', '"73"']


def test_others_get_nothing_before_figures_are_stored(admin_client, season):
    page_of_file = page("season_figures_file", season.pk)

    response = admin_client.post(page_of_file, {"table": "country", "for": FOR_OTHERS, "csv": ""}, follow=True)

    assert said(response)[0].startswith("Others get tables of stored figures only")
    assert FOR_OTHERS not in admin_client.get(page_of_file).text
    assert not StaffAction.objects.exists()


def test_figures_are_final_once_others_have_a_table(admin_client, season):
    storing.store(season_id=season.pk, now=moment.now())
    said_before = "the figures are final: they cannot be stored again"
    assert said_before in admin_client.get(page("season_figures_file", season.pk)).text

    taken(admin_client, season, table="country", csv="")

    assert keeping.kept(season).is_final
    assert said_before not in admin_client.get(page("season_figures_file", season.pk)).text
    assert "they cannot be stored again" in admin_client.get(page("season_figures", season.pk)).text
    with pytest.raises(keeping.FinalAlready):
        storing.store(season_id=season.pk, now=moment.now())


def test_who_may_not_change_the_season_makes_no_figures_final(client, season):
    storing.store(season_id=season.pk, now=moment.now())
    member(client, "Viewer")

    response = taken(client, season, table="country", csv="")

    assert not keeping.kept(season).is_final
    assert FOR_OTHERS not in client.get(page("season_figures_file", season.pk)).text
    assert response.url == page("season_figures", season.pk)
    keeping.make_final(season)
    assert "For others" in lines(taken(client, season, table="country", csv=""))[0]


def test_figures_stored_again_meanwhile_are_looked_at_first(admin_client, season):
    storing.store(season_id=season.pk, now=moment.now())

    response = taken(admin_client, season, table="country", csv="", version="2020-01-01")

    assert response.url == page("season_figures", season.pk)
    assert not keeping.kept(season).is_final


def test_no_cell_is_computed(admin_client, season):
    text = "\n".join(lines(taken(admin_client, season, table="session", csv="")))

    assert """"'=HYPERLINK""" in text


def test_who_takes_which_table_is_on_record(admin_client, admin_user, season):
    taken(admin_client, season, table="country", csv="")

    noted = StaffAction.objects.values_list("action", "made_by", "object_id", "after").get(action="exported")
    facts = {"table": "country", "for": "for-others", "file": "csv"}
    assert noted == ("exported", admin_user.pk, season.pk, facts)


@pytest.mark.parametrize("table", ["subregion", "nothing", ""])
def test_what_others_may_not_have_is_refused_on_the_page(admin_client, season, table):
    response = taken(admin_client, season, table=table, csv="")

    assert response.url == page("season_figures", season.pk)
    assert not StaffAction.objects.filter(action="exported").exists()


def test_the_page_offers_the_tables_that_have_rows(admin_client, season):
    choices = dict(admin_client.get(page("season_figures_file", season.pk)).context["choices"])

    assert choices["country"] == "By country"
    assert not any(kind.startswith("question") for kind in choices)


def taken(client, season, **typed):
    """For others, if nothing else is typed, of figures that are stored for it."""
    if typed.setdefault("for", FOR_OTHERS) == FOR_OTHERS and not keeping.kept(season):
        storing.store(season_id=season.pk, now=moment.now())
    address = page("season_figures_file", season.pk)
    return client.post(address, {"version": client.get(address).context["version"]} | typed)


def lines(response) -> list[str]:
    return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()


def test_tables_that_others_do_not_get_say_so_in_the_list(admin_client, season):
    choices = dict(admin_client.get(page("season_figures_file", season.pk)).context["choices"])

    assert choices["country"] == "By country"
    assert choices["region"] == "By region (for the staff alone)"
