"""Stored figures are what counts, and need none of the rows from which they were counted."""

from datetime import UTC, datetime, timedelta

import pytest

from registrations.figures import keeping
from registrations.figures.names import Name, Names, names_of
from registrations.figures.tables import Row, Table
from registrations.models import Figures, StaffAction
from sessions.models import Session
from tests.factories import OccurrenceFactory, QuestionFactory, SeasonFactory, SessionFactory, StreamFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2031, 1, 10, 9, 0, 0, 123456, tzinfo=UTC)
TOTAL = Row("", (12, 9))


def by_country(*values) -> Table:
    return Table("country", ("registered", "came"), (Row("404", values or (12, 9)), Row("", (None, 0))), TOTAL)


def test_what_was_stored_is_read_as_it_was_counted():
    slot = OccurrenceFactory(session__title="Mercury in soils", called_off_at=NOW)
    season = slot.session.season
    question = QuestionFactory(season=season, words="What is your job?")
    kind = f"question-{question.pk}"
    tables = (
        by_country(),
        Table("region", ("came",), (Row("002", (9,), ("404", "800")),), Row("", (9,)), "country"),
        Table("slot", ("came",), (Row(f"{slot.pk}", (9,)),), Row("", (9,))),
        Table(kind, ("people",), (Row("Chemist", (9,)),), Row("", (9,))),
    )

    keeping.keep(season, tables, now=NOW)

    of_slot = Name("Mercury in soils", slot.starts_at, slot.ends_at, is_called_off=True)
    names = Names({"slot": {f"{slot.pk}": of_slot}}, {kind: "What is your job?"})
    assert keeping.kept(season) == keeping.Kept(NOW, None, tables, tables, names)


def test_nothing_stored_is_nothing():
    season = SeasonFactory()
    keeping.keep(SeasonFactory(), [by_country()], now=NOW)

    assert keeping.kept(season) is None


def test_names_stay_those_of_the_day_when_it_was_stored():
    slot = OccurrenceFactory(session__title="Mercury in soils", session__stream__title="Science")
    session, season = slot.session, slot.session.season
    ids = {"session": session.pk, "slot": slot.pk, "stream": session.stream.pk}
    before = names_of(season)
    tables = [Table(kind, ("came",), (Row(f"{pk}", (9,)),), Row("", (9,))) for kind, pk in ids.items()]
    keeping.keep(season, tables, now=NOW)

    slot.delete()
    session.title = "Mercury in air"
    session.save()
    session.stream.title = "Other"
    session.stream.save()

    assert keeping.kept(season).names == before
    assert before.rows["session"] == {f"{session.pk}": Name("Mercury in soils")}
    assert before.rows["stream"] == {f"{session.stream.pk}": Name("Science")}
    assert names_of(season).rows["stream"] == {f"{session.stream.pk}": Name("Other")}


def test_others_see_the_tables_of_the_sessions_that_everybody_can_see():
    seen, hidden = SessionFactory(), SessionFactory()
    all_rows = Row(f"{seen.pk}", (9,)), Row(f"{hidden.pk}", (40,))
    tables = Table("session", ("came",), all_rows, Row("", (49,))), by_country()
    of_seen = Table("session", ("came",), all_rows[:1], Row("", (9,)))
    keeping.keep(seen.season, tables, public=(of_seen, by_country()), now=NOW)

    final = keeping.make_final(seen.season)

    assert (final.tables, final.public) == (tables, (of_seen, by_country()))
    assert final.shown == (of_seen, by_country())


def test_sessions_withdrawn_since_are_shown_to_nobody():
    session = SessionFactory()
    tables = [Table("session", ("came",), (Row(f"{session.pk}", (9,)),), Row("", (9,)))]
    keeping.keep(session.season, tables, now=NOW)
    Session.objects.update(is_published=False)

    for give in (lambda: keeping.make_final(session.season), lambda: keeping.publish(session.season, now=NOW)):
        with pytest.raises(keeping.HiddenSince):
            give()

    assert keeping.kept(session.season).shown is None


def test_final_figures_are_never_stored_again(admin_user):
    season = SeasonFactory()
    keeping.keep(season, [of_three_countries()], now=NOW)

    first, again = keeping.make_final(season, by=admin_user), keeping.make_final(season, by=admin_user)

    assert first == again
    assert (first.is_final, first.is_public) == (True, False)
    assert list(StaffAction.objects.order_by("pk").values_list("action", flat=True))[1:] == ["figures-made-final"]
    with pytest.raises(keeping.FinalAlready):
        keeping.keep(season, [by_country(13, 10)], now=NOW + timedelta(days=1))
    keeping.publish(season, now=NOW)
    assert keeping.public(season).shown == first.shown


def test_names_are_those_of_one_season():
    season, _other = SeasonFactory(), StreamFactory()

    assert names_of(season) == Names({"session": {}, "slot": {}, "stream": {}})


def test_figures_stored_again_count_and_those_before_stay():
    season = SeasonFactory()
    keeping.keep(season, [by_country(12, 9), TOTALS], now=NOW)

    keeping.keep(season, [by_country(13, 10)], now=NOW + timedelta(days=1))

    kept = keeping.kept(season)
    assert (kept.taken_at, kept.tables) == (NOW + timedelta(days=1), (by_country(13, 10),))
    assert Figures.objects.filter(season=season, taken_at=NOW).count() == 2


TOTALS = Table("total", ("came",), (), Row("", (9,)))


def test_published_figures_are_never_stored_again():
    season = SeasonFactory()
    keeping.keep(season, [by_country()], now=NOW)
    published_at = NOW + timedelta(hours=1)
    keeping.publish(season, now=published_at)

    with pytest.raises(keeping.FinalAlready):
        keeping.keep(season, [by_country(13, 10)], now=NOW + timedelta(days=1))
    with pytest.raises(keeping.PublishedAlready):
        keeping.publish(season, now=NOW + timedelta(days=1))

    kept = keeping.kept(season)
    assert (kept.published_at, kept.tables) == (published_at, (by_country(),))


def test_what_was_not_stored_cannot_be_published():
    with pytest.raises(keeping.NothingStored):
        keeping.publish(SeasonFactory(), now=NOW)
    with pytest.raises(keeping.NothingStored):
        keeping.make_final(SeasonFactory())


def test_storing_and_publishing_are_on_record(admin_user):
    season = SeasonFactory()

    keeping.keep(season, [by_country()], now=NOW, by=admin_user)
    keeping.publish(season, now=NOW, by=admin_user)

    noted = StaffAction.objects.order_by("pk").values_list("action", "made_by", "kind", "object_id")
    about = (admin_user.pk, "online_sessions.season", season.pk)
    assert list(noted) == [("figures-stored", *about), ("figures-published", *about)]


def of_three_countries() -> Table:
    rows = (Row("404", (3, 1)), Row("756", (40, 30)), Row("604", (12, 9)))
    return Table("country", ("registered", "came"), rows, Row("", (55, 40)))


def test_others_see_what_was_published_without_small_numbers():
    season, of_questions = SeasonFactory(), Table("question-1", ("people",), (Row("Yes", (9,)),), Row("", (9,)))
    keeping.keep(season, [of_three_countries(), of_questions], now=NOW)
    before = keeping.public(season)

    keeping.publish(season, now=NOW)

    [table] = keeping.public(season).shown
    assert before is None
    assert [row.values for row in table.rows] == [(None, None), (40, 30), (None, None)]
    assert keeping.kept(season).tables == (of_three_countries(), of_questions)


def test_figures_that_were_taken_back_come_back_as_they_were(admin_user):
    season = SeasonFactory()
    keeping.keep(season, [of_three_countries()], now=NOW)
    keeping.publish(season, now=NOW)
    seen = keeping.public(season)

    keeping.take_back(season, now=NOW + timedelta(days=1), by=admin_user)

    assert keeping.public(season) is None
    assert keeping.for_others(keeping.kept(season)) == list(seen.shown)
    assert StaffAction.objects.order_by("pk").last().action == "figures-taken-back"
    with pytest.raises(keeping.FinalAlready):
        keeping.keep(season, [of_three_countries()], now=NOW + timedelta(days=2))
    with pytest.raises(keeping.NotPublished):
        keeping.take_back(season, now=NOW + timedelta(days=2))
    keeping.publish(season, now=NOW + timedelta(days=3))
    assert keeping.public(season) == seen


def test_what_is_not_published_is_not_taken_back():
    with pytest.raises(keeping.NotPublished):
        keeping.take_back(SeasonFactory(), now=NOW)
