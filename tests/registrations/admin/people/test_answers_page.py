"""What people answered, in numbers: of a season, a session or a time slot."""

import pytest
from django.urls import reverse

from registrations.models import Answer
from sessions.models import Question
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.messages import said

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:registrations_registration_answers")
LIST = reverse("admin:registrations_registration_changelist")


@pytest.fixture
def slot():
    return OccurrenceFactory()


@pytest.fixture
def role(slot):
    choices = ["Delegate", "Observer", "Press"]
    return Question.objects.create(season=slot.session.season, words="Your role", kind="one", choices=choices)


def somebody(slot, question=None, *values, **fields):
    person = RegistrationFactory(occurrence=slot, **fields).participant
    for place, value in enumerate(values):
        Answer.objects.create(participant=person, question=question, place=place, value=value)


def shown(client, **filters):
    response = client.get(PAGE, filters)
    asked = response.context["questions"]
    return [(each["words"], [row[:2] for row in each["rows"]], each["answered"]) for each in asked]


def test_each_choice_has_the_number_of_people_who_have_a_place_or_wait(admin_client, slot, role):
    somebody(slot, role, "Delegate")
    somebody(slot, role, "Delegate", status="waitlisted")
    somebody(slot, role, "Press", status="cancelled")
    somebody(slot)

    assert shown(admin_client, season=role.season_id) == [
        ("Your role", [("Delegate", "2"), ("Observer", "0"), ("Press", "0")], "2 of 3 people have answered.")
    ]


def test_who_is_in_several_sessions_counts_once(admin_client, slot, role):
    somebody(slot, role, "Delegate")
    other = OccurrenceFactory(session__season=role.season)
    RegistrationFactory(occurrence=other, participant=slot.registrations.get().participant)

    [(_words, rows, answered)] = shown(admin_client, season=role.season_id)

    assert (rows[0], answered) == (("Delegate", "1"), "1 of 1 person has answered.")


def test_session_has_its_own_people_and_questions_besides_those_of_the_season(admin_client, slot, role):
    session = slot.session
    Question.objects.create(session=session, words="I bring a poster", kind="tick")
    somebody(slot, session.questions.get(), Answer.TICKED)
    somebody(OccurrenceFactory(session__season=session.season), role, "Press")

    for filters in ({"session": session.pk}, {"slot": slot.pk}):
        found = {words: rows for words, rows, _answered in shown(admin_client, **filters)}
        assert found["I bring a poster"] == [("yes", "1")]
        assert dict(found["Your role"])["Press"] == "0"


def test_several_of_a_list_count_each_and_words_of_people_are_not_shown(admin_client, slot):
    season = slot.session.season
    topics = Question.objects.create(season=season, words="Topics", kind="several", choices=["Air", "Gold"])
    title = Question.objects.create(season=season, words="Job title", kind="line")
    somebody(slot, topics, "Air", "Gold")
    somebody(slot, title, "Head of unit")

    response = admin_client.get(PAGE, {"season": season.pk})

    assert shown(admin_client, season=season.pk) == [
        ("Topics", [("Air", "1"), ("Gold", "1")], "1 of 2 people have answered."),
        ("Job title", [], "1 of 2 people have answered."),
    ]
    assert "Head of unit" not in response.text


def test_choice_that_is_none_any_more_is_still_what_people_said(admin_client, slot, role):
    somebody(slot, role, "Trainee")

    [(_words, rows, _answered)] = shown(admin_client, season=role.season_id)

    assert rows[-1] == ("Trainee", "1")


def test_list_of_people_leads_there_where_something_is_asked(admin_client, slot, role):
    season, other = role.season_id, OccurrenceFactory().session.season_id

    assert f'href="{PAGE}?season={season}"' in admin_client.get(LIST, {"season": season, "status": "confirmed"}).text
    assert PAGE not in admin_client.get(LIST, {"season": other}).text
    assert PAGE not in admin_client.get(LIST).text


@pytest.mark.parametrize("filters", [{}, {"season": "x"}, {"session": "9" * 30}, {"slot": "1"}])
def test_where_nothing_is_asked_the_page_leads_back_and_says_so(admin_client, filters):
    assert said(admin_client.get(PAGE, filters)) == ["Nothing is asked there besides what every sign-up asks."]


def test_questions_to_the_database_do_not_grow(admin_client, slot, role, django_assert_max_num_queries):
    for number in range(6):
        Question.objects.create(season=role.season, words=f"Question {number}", kind="tick")
        somebody(slot, role, "Press")

    with django_assert_max_num_queries(12):
        admin_client.get(PAGE, {"season": role.season_id})


def test_bars_show_the_part_of_those_who_answered(admin_client, slot, role):
    for answer in ("Delegate", "Delegate", "Delegate", "Press"):
        somebody(slot, role, answer)
    somebody(slot)

    [question] = admin_client.get(PAGE, {"season": role.season_id}).context["questions"]

    assert [(value, bar.all, bar.part) for value, _people, bar in question["rows"]] == [
        ("Delegate", 100, 75),
        ("Observer", 100, 0),
        ("Press", 100, 25),
    ]
