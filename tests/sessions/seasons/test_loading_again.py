"""Loading a season file again: what staff and people brought stays unless staff say otherwise, and often even then."""

from datetime import UTC, date, datetime, timedelta

import pytest

from registrations.models import Invitation, Message
from registrations.rescheduling import changes
from sessions import translations
from sessions.models import Material, Occurrence, Season, Session, Stream
from sessions.seasons import loading, season_file
from sessions.seasons.load_report import Act
from sessions.translations import State
from tests.factories import MaterialFactory, OccurrenceFactory, SessionFactory, SpeakerFactory
from tests.support.database_dump import whole_database
from tests.support.registrations.inviting import invite
from tests.support.registrations.signing_up import register

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 8, 1, 12, tzinfo=UTC)
EVERYTHING = frozenset(Act)
FILE = """
[season]
slug = "2030"
title = "Season"
timezone = "Europe/Zurich"
[[stream]]
slug = "science"
title = "Science"
[[session]]
slug = "air"
title = "Air"
stream = "science"
duration_minutes = 60
slots = [{ start = "2030-10-08T09:00" }, { start = "2030-10-08T15:00" }]
"""
MORE = """
[[stream]]
slug = "trade"
title = "Trade"
[[session]]
slug = "ships"
title = "Ships"
stream = "trade"
duration_minutes = 60
slots = [{ start = "2030-12-20T09:00" }]
"""


def load(toml=FILE, allowed=frozenset()):
    return loading.load(entry=season_file.read(toml), now=NOW, allowed=allowed)


def hours() -> list[str]:
    return [f"{slot.starts_at:%d %H:%M}-{slot.ends_at:%H:%M}" for slot in Occurrence.objects.in_order()]


def move(slot, **by):
    by = timedelta(**by)
    changes.reschedule(occurrence_id=slot.pk, starts_at=slot.starts_at + by, ends_at=slot.ends_at + by, now=NOW)


@pytest.fixture
def season():
    return load().season


@pytest.fixture
def slots(season):
    return list(Occurrence.objects.in_order())


def test_without_options_everything_staff_did_is_shown_and_stays(season, slots):
    Session.objects.update(title="Clean air")
    SessionFactory(season=season, stream=season.streams.get(), slug="water")
    SpeakerFactory(session=Session.objects.get(slug="air"), name="Ada")
    Season.objects.update(ends_on=date(2030, 10, 20))
    slots[1].delete()
    before = whole_database()

    report = load(FILE.replace('title = "Season"', 'title = "Season 11"') + MORE)

    assert whole_database() == before
    assert report.done == []
    assert report.remarks == [
        'stream "trade" is added: only with --add',
        'session "air": title Clean air becomes Air: only with --overwrite',
        'session "air": slot 2030-10-08 15:00 to 16:00 is added: only with --add',
        'session "ships" is added: only with --add',
        'session "water": not in the file, is removed with its slots: only with --remove',
        'season "2030": title Season becomes Season 11: only with --overwrite',
        'season "2030": ends_on 2030-10-20 becomes 2030-12-20: only with --overwrite',
    ]


def test_adding_changes_no_word_and_widens_the_dates(season):
    Session.objects.update(title="Clean air")
    Season.objects.update(starts_on=date(2030, 9, 1))

    report = load(FILE + MORE, {Act.ADD})

    season.refresh_from_db()
    assert list(Session.objects.order_by("pk").values_list("title", flat=True)) == ["Clean air", "Ships"]
    assert (season.starts_on, season.ends_on) == (date(2030, 9, 1), date(2030, 12, 20))
    assert (season.changed_at, report.outcomes[Session, "created"]) == (NOW, 1)


def test_session_that_people_are_invited_to_stays_whatever_is_allowed(season):
    session = SessionFactory(season=season, stream=season.streams.get(), access="invitation", is_published=False)
    OccurrenceFactory(session=session)
    invite(session)

    report = load(allowed=EVERYTHING)

    assert (Invitation.objects.count(), Message.objects.count()) == (1, 1)
    assert report.remarks == [
        f'session "{session.slug}": not in the file, is removed with its slots: not done, people are invited to it'
    ]


def test_slot_of_a_session_that_people_are_invited_to_is_neither_moved_nor_removed(season, slots):
    Session.objects.update(access="invitation")
    invite(Session.objects.get())
    before = hours()

    load(
        FILE.replace("2030-10-08T09:00", "2030-10-09T09:00").replace(', { start = "2030-10-08T15:00" }', ""), EVERYTHING
    )

    assert hours() == before


def test_two_slots_of_a_session_never_come_to_overlap(season, slots):
    first, second = slots
    register(first)
    move(second, hours=2)
    move(first, hours=5, minutes=30)

    report = load(allowed=EVERYTHING)

    assert hours() == ["08 12:30-13:30", "08 15:00-16:00"]
    assert [line.rpartition(": ")[2] for line in report.remarks] == [
        "not done, it has registrations; move it in the admin",
        "not done, another slot of the session is held then",
    ]


def test_slots_that_move_into_each_others_old_times_all_move(season):
    load(FILE.replace("T09:00", "T09:30").replace("T15:00", "T10:30"), EVERYTHING)
    assert hours() == ["08 07:30-08:30", "08 08:30-09:30"]

    load(FILE.replace("T09:00", "T10:00").replace("T15:00", "T11:00"), EVERYTHING)

    assert hours() == ["08 08:00-09:00", "08 09:00-10:00"]


def test_slot_is_not_added_onto_one_that_people_have(season, slots):
    register(slots[0])
    slots[1].delete()
    Occurrence.objects.update(ends_at=slots[0].starts_at + timedelta(hours=7))

    report = load(FILE.replace("[{ start", '[{ start = "2030-10-08T11:00" }, { start'), EVERYTHING)

    assert hours() == ["08 07:00-14:00"]
    assert len(report.remarks) == 3


def test_slot_that_was_called_off_stays_so_and_is_named(season, slots):
    changes.call_off(occurrence_id=slots[0].pk, now=NOW)

    same = load(allowed=EVERYTHING)
    moved = load(FILE.replace("T09:00", "T08:00"), EVERYTHING)

    assert same.remarks == ['session "air", slot 2030-10-08 09:00: was called off, and stays so']
    assert hours() == ["08 07:00-08:00", "08 13:00-14:00"]
    assert moved.remarks[0].endswith("not done, it was called off")


@pytest.mark.parametrize("allowed", [frozenset(), EVERYTHING])
def test_last_day_is_never_before_a_slot_that_staff_moved(season, slots, allowed):
    register(slots[0])
    Season.objects.update(ends_on=date(2030, 10, 20))
    move(slots[0], days=7)

    load(allowed=allowed)

    season.refresh_from_db()
    assert season.ends_on >= date(2030, 10, 15)


def test_clock_on_which_slots_are_promised_stays(season):
    report = load(FILE.replace("Europe/Zurich", "Africa/Nairobi"), {Act.ADD})

    season.refresh_from_db()
    assert season.timezone == "Europe/Zurich"
    assert any("its time slots are promised on this clock" in line for line in report.remarks)


@pytest.mark.parametrize(
    ("zone", "more", "place"),
    [
        ("Europe/Zurich", "", "Geneva"),
        ("Africa/Nairobi", "", "Nairobi"),
        ("Africa/Nairobi", 'place = "Gigiri"', "Gigiri"),
    ],
)
def test_clock_of_a_new_season_has_the_name_of_its_city(zone, more, place):
    season = load(FILE.replace('"Europe/Zurich"', f'"{zone}"\n{more}')).season

    assert (season.timezone, season.place) == (zone, place)


def test_materials_and_panel_of_staff_are_replaced_only_when_told_to(season):
    session = Session.objects.get()
    MaterialFactory(session=session, title="Typed by staff")
    SpeakerFactory(session=session, name="Ada")
    toml = FILE + 'documents = ["Paper"]\nspeakers = [{ name = "Grace" }]\n'

    load(toml, {Act.ADD, Act.REMOVE})
    before = [list(rows.values_list(name, flat=True)) for rows, name in _published(session)]
    load(toml, {Act.OVERWRITE})

    assert before == [["Typed by staff"], ["Ada"]]
    assert [list(rows.values_list(name, flat=True)) for rows, name in _published(session)] == [["Paper"], ["Grace"]]


def _published(session):
    return [(Material.objects, "title"), (session.speakers, "name")]


def test_stream_without_a_session_is_removed_when_told_to(season):
    load(FILE + MORE, EVERYTHING)

    load(allowed={Act.REMOVE})

    assert list(Stream.objects.values_list("slug", flat=True)) == ["science"]
    assert list(Session.objects.values_list("slug", flat=True)) == ["air"]


# Translations

ARABIC = '[session.translations.ar]\ntitle = "الهواء"\n'
PANEL = 'speakers = [{ name = "Ana", role = "Chair", translations = { fr = { role = "Présidente" } } }]\n'


def said(row, name, language):
    return translations.words(type(row).objects.get(pk=row.pk), name, language)


def test_translations_of_the_file_are_loaded_and_up_to_date():
    load(FILE + PANEL + ARABIC)

    session = Session.objects.get()
    assert said(session, "title", "ar") == "الهواء"
    assert translations.state(session, "title", "ar") == State.THERE
    assert said(session.speakers.get(), "role", "fr") == "Présidente"


def test_translations_that_staff_wrote_stay_where_the_file_has_none():
    load(FILE + PANEL)
    session = Session.objects.get()
    speaker = session.speakers.get()
    translations.put(session, "title", "fr", "L’air")
    translations.put(speaker, "role", "ar", "رئيسة")
    session.save()
    speaker.save()

    load(FILE.replace('title = "Air"', 'title = "Air and water"') + PANEL.replace("Chair", "Head") + ARABIC, EVERYTHING)

    assert [said(session, "title", code) for code in ("ar", "fr")] == ["الهواء", "L’air"]
    assert said(session.speakers.get(), "role", "ar") == "رئيسة"


def test_loading_the_same_translations_again_changes_nothing():
    load(FILE + PANEL + ARABIC)
    before = whole_database()

    load(FILE + PANEL + ARABIC, EVERYTHING)

    assert whole_database() == before


def test_new_translation_is_shown_before_it_is_loaded_and_renews_its_language_alone():
    load()
    before = Occurrence.objects.values_list("sequence", flat=True).get(starts_at__hour=7)

    assert any("translations" in line for line in load(FILE + ARABIC).remarks)
    load(FILE + ARABIC, EVERYTHING)

    assert Session.objects.get().reworded["ar"][0] == 1
    assert Occurrence.objects.values_list("sequence", flat=True).get(starts_at__hour=7) == before
