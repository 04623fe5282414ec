"""Copying a season to other dates."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions import translations
from sessions.models import Occurrence, Part, Question, Season, Session, Stream
from sessions.seasons import cloning
from sessions.translations import State
from tests.factories import (
    MaterialFactory,
    OccurrenceFactory,
    QuestionFactory,
    SeasonFactory,
    SpeakerFactory,
)
from tests.support.sessions.cloning import GENEVA, NOW, clone, geneva, source, wall_times


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("starting", "first"),
    [
        (date(2030, 9, 17), "Tue 2030-09-17 14:00"),
        (date(2030, 9, 18), "Tue 2030-09-24 14:00"),
        (date(2019, 9, 17), "Tue 2019-09-17 14:00"),
    ],
)
def test_first_slot_keeps_its_weekday_on_or_after_the_wanted_day(starting, first):
    season = source(geneva(2020, 9, 15, 14))

    copy = clone(season, starting)

    assert wall_times(copy) == [first]


@pytest.mark.django_db
def test_hours_in_geneva_stay_where_the_clock_change_falls_between_other_slots():
    season = source(geneva(2020, 10, 22, 9), geneva(2020, 10, 29, 9))

    copy = clone(season, date(2021, 10, 24))

    assert wall_times(copy) == ["Thu 2021-10-28 09:00", "Thu 2021-11-04 09:00"]
    moments = Occurrence.objects.filter(session__season=copy).in_order().values_list("starts_at", flat=True)
    assert [moment.hour for moment in moments] == [7, 8]


@given(
    first=st.dates(date(2015, 1, 1), date(2035, 1, 1)),
    weeks=st.integers(-800, 800),
    hour=st.integers(6, 21),
)
def test_any_shift_keeps_weekday_and_hour_in_geneva(first, weeks, hour):
    moment = datetime(first.year, first.month, first.day, hour, tzinfo=GENEVA).astimezone(UTC)

    moved = cloning.shifted(moment, timedelta(weeks=weeks), GENEVA.key).astimezone(GENEVA)

    assert (moved.hour, moved.minute, moved.weekday()) == (hour, 0, first.weekday())
    assert moved.date() == first + timedelta(weeks=weeks)


@pytest.mark.django_db
def test_programme_is_copied_and_its_history_is_not():
    season = source(
        geneva(2020, 9, 15, 14),
        title="Air",
        summary="About air",
        partners="GEN",
        languages="en, fr",
        expect_afterwards="A certificate",
        is_published=False,
        access=Session.Access.INVITATION,
        attendance_total=100,
        is_unconfirmed=True,
        unconfirmed_fields=["title"],
        sources=["https://example.org/"],
        note="Was held late",
    )
    SpeakerFactory(session=season.sessions.get())
    MaterialFactory(session=season.sessions.get())

    session = clone(season).sessions.get()

    assert (session.title, session.summary, session.partners) == ("Air", "About air", "GEN")
    assert (session.expect_afterwards, session.is_published) == ("A certificate", False)
    assert (session.languages, session.is_by_invitation) == ("en, fr", True)
    assert (session.attendance_total, session.is_unconfirmed, session.unconfirmed_fields) == (None, False, [])
    assert (session.sources, session.note) == ([], "")
    assert (session.speakers.count(), session.materials.count()) == (0, 0)
    assert session.stream.season == session.season != season


@pytest.mark.django_db
def test_copied_slot_is_a_new_calendar_entry_without_past():
    season = source(geneva(2020, 9, 15, 14))
    Occurrence.objects.update(
        attendance=70, sequence=3, capacity=9, meeting_url="https://a.test/", part_urls={"1": "https://a.test/"}
    )

    old, new = Occurrence.objects.filter(session__season__in=[season, clone(season)]).in_order()

    assert new.uid != old.uid
    assert (new.attendance, new.sequence, new.changed_at) == (None, 0, NOW)
    assert (new.capacity, new.ends_at - new.starts_at) == (9, timedelta(hours=1))
    assert (new.meeting_url, new.part_urls) == ("", {})


@pytest.mark.django_db
def test_registration_of_the_copy_is_open_at_once():
    season = source(geneva(2020, 9, 15, 14), registration_opens_at=NOW, registration_closes_at=NOW)

    session = clone(season).sessions.get()

    assert (session.registration_opens_at, session.registration_closes_at) == (None, None)


@pytest.mark.django_db
def test_introduction_stays_with_the_season_it_tells_of():
    season = source(geneva(2020, 9, 15, 9), season__introduction="People attended 1,700 times.")

    copy, rehearsal = clone(season), clone(season, slug="rehearsal", rehearsal=True)

    assert copy.introduction == ""
    assert rehearsal.introduction.startswith("This is a rehearsal with the programme of Minamata Online, Season 1")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "reason"),
    [("taken", "There is a season with the slug 'taken' already."), ("a b", "slug: Enter a valid “slug”")],
)
def test_slug_that_cannot_be_used_is_refused(slug, reason):
    SeasonFactory(slug="taken")
    season = source(geneva(2020, 9, 15, 9))

    with pytest.raises(cloning.CannotCopy) as refusal:
        clone(season, slug=slug)

    assert str(refusal.value).startswith(reason)


@pytest.mark.django_db
def test_season_without_slots_cannot_be_copied():
    season = source()

    with pytest.raises(cloning.CannotCopy, match="has no time slots"):
        clone(season)


@pytest.mark.django_db
def test_copy_of_a_session_by_invitation_waits_for_staff_to_announce_it():
    season = source(geneva(2020, 9, 15, 9), access=Session.Access.INVITATION, is_published=True)

    assert clone(season).sessions.get().is_published is False


@pytest.mark.parametrize(
    ("model", "same"),
    [
        (Season, cloning.SAME_IN_SEASON),
        (Stream, cloning.SAME_IN_STREAM),
        (Session, cloning.SAME_IN_SESSION),
        (Occurrence, cloning.SAME_IN_SLOT),
        (Question, cloning.SAME_IN_QUESTION),
    ],
)
def test_every_field_is_copied_or_named_as_one_that_is_not(model, same):
    fields = [field.name for field in model._meta.fields if not field.primary_key]

    assert sorted([*same, *cloning.MADE_ANEW[model], *cloning.LEFT_BEHIND[model]]) == sorted(fields), (
        f"copy each field of {model.__name__} (SAME_IN_...), or name it in MADE_ANEW or LEFT_BEHIND of cloning.py"
    )


@pytest.mark.django_db
def test_clock_its_name_and_the_hours_of_reminders_are_those_of_the_source():
    season = source(
        geneva(2020, 9, 15, 2), season__timezone="Asia/Tokyo", season__place="Tokyo", season__reminder_hours="48"
    )

    copy = clone(season)

    assert (copy.timezone, copy.place, copy.reminder_hours) == ("Asia/Tokyo", "Tokyo", "48")


@pytest.mark.django_db
@pytest.mark.parametrize("is_published", [True, False])
def test_copy_is_a_draft_unless_it_is_to_be_published(is_published):
    season = source(geneva(2020, 9, 15, 9), season__is_published=is_published)

    assert clone(season).is_published is False
    assert clone(season, slug="shown", publish=True).is_published is True


@pytest.mark.django_db
def test_slot_that_was_called_off_stays_behind():
    season = source(geneva(2020, 9, 15, 9), geneva(2020, 9, 22, 9))
    Occurrence.objects.filter(starts_at=geneva(2020, 9, 15, 9)).update(called_off_at=NOW)

    assert wall_times(clone(season)) == ["Tue 2030-09-03 09:00"]


@pytest.mark.django_db
@pytest.mark.parametrize(("starts_on", "night"), [(date(2030, 10, 26), "10-26"), (date(2031, 3, 29), "03-29")])
def test_length_stays_in_the_night_in_which_the_clocks_change(starts_on, night):
    season = source()
    saturday = geneva(2020, 9, 19, 23)
    OccurrenceFactory(session=season.sessions.get(), starts_at=saturday, ends_at=saturday + timedelta(hours=5))

    slot = Occurrence.objects.get(session__season=clone(season, starts_on))

    assert f"{slot.starts_at.astimezone(GENEVA):%m-%d %H:%M}" == f"{night} 23:00"
    slot.refresh_from_db()
    assert slot.ends_at - slot.starts_at == timedelta(hours=5)


@pytest.mark.django_db
def test_hour_that_the_clocks_skip_is_refused_in_words():
    season = source(geneva(2020, 9, 20, 2, 30))

    with pytest.raises(cloning.CannotCopy, match="2031-03-30 02:30 does not exist in Europe/Zurich"):
        clone(season, date(2031, 3, 30))

    assert Season.objects.count() == 1


@pytest.mark.django_db
def test_slot_beyond_the_dates_of_its_season_is_within_those_of_the_copy():
    dates = {"season__starts_on": date(2020, 9, 20), "season__ends_on": date(2020, 12, 15)}
    season = source(geneva(2020, 9, 15, 9), geneva(2020, 12, 29, 9), **dates)

    copy = clone(season, date(2030, 9, 17))

    assert (copy.starts_on, copy.ends_on) == (date(2030, 9, 17), date(2030, 12, 31))


@pytest.mark.django_db
def test_questions_of_season_and_session_are_asked_again_unless_they_are_closed():
    season = source(geneva(2020, 9, 15, 2))
    QuestionFactory(season=season, words="Do you speak French?", kind="one", choices=["Yes", "No"], is_required=True)
    QuestionFactory(season=season, words="Old", is_closed=True)
    QuestionFactory(season=None, session=season.sessions.get(), words="Which mercury do you use?")

    copy = clone(season)

    [of_season], [of_session] = copy.questions.all(), copy.sessions.get().questions.all()
    assert (of_season.words, of_season.choices, of_season.is_required) == ("Do you speak French?", ["Yes", "No"], True)
    assert of_session.words == "Which mercury do you use?"


@pytest.mark.django_db
def test_translations_go_with_the_texts_that_are_copied():
    season = source(geneva(2030, 9, 19, 14))
    session = season.sessions.get()
    for row, name in [(season, "title"), (season, "place"), (session, "title"), (session.stream, "title")]:
        translations.put(row, name, "ar", f"{name} in Arabic")
        row.save()

    copy = clone(season, date(2031, 9, 1))

    session = copy.sessions.get()
    rows = [(copy, "place"), (session, "title"), (session.stream, "title")]
    assert [translations.words(row, name, "ar") for row, name in rows] == [f"{name} in Arabic" for _row, name in rows]
    assert translations.state(copy, "title", "ar") == State.MISSING


@pytest.mark.django_db
def test_parts_come_along_at_their_hours_without_what_was_called_off():
    season = source(geneva(2020, 10, 22, 9))
    slot = Occurrence.objects.get()
    starts = [geneva(2020, 10, day, 9) for day in (22, 23, 29)]
    slot.parts = tuple(
        Part(number, start, start + timedelta(hours=1), is_called_off=number == 2)
        for number, start in enumerate(starts, 1)
    )
    slot.ends_at = slot.parts[-1].ends_at
    slot.save()

    copy = clone(season, date(2021, 10, 21))

    [copied] = Occurrence.objects.filter(session__season=copy)
    assert [(part.number, part.typed_start) for part in copied.parts] == [
        (1, "2021-10-21T09:00"),
        (2, "2021-10-28T09:00"),
    ]
    assert (copied.starts_at, copied.ends_at) == (copied.parts[0].starts_at, copied.parts[1].ends_at)
