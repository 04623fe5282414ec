"""A person's own page with questions of staff: what was not asked in a sign-up is asked there."""

import json

import pytest
from django.urls import reverse

from registrations.enrolment import answering, enrolment
from registrations.models import Answer
from registrations.privacy import erasure
from tests.factories import AnswerFactory, InvitationFactory, OccurrenceFactory, QuestionFactory, RegistrationFactory
from tests.support.registrations.inviting import hidden_slot, page_of
from tests.support.registrations.signing_up import NOW, details

pytestmark = pytest.mark.django_db
LINK = "Answer it</a>"


@pytest.fixture
def registration(slot):
    return RegistrationFactory(occurrence=slot)


@pytest.fixture
def person(registration):
    return registration.participant


def own(name, person):
    return reverse(f"registrations:{name}", args=[person.key])


def of_season(person, **fields):
    return QuestionFactory(season=person.season, **fields)


def of_session(session, **fields):
    return QuestionFactory(season=None, session=session, **fields)


def answer(client, person, **values):
    return client.post(own("questions", person), {name.replace("_", "-"): value for name, value in values.items()})


def stored(person) -> dict:
    return answering.of(person)


def test_my_season_asks_until_it_is_answered(client, person):
    question = of_season(person, words="Why?", is_required=True)
    before = client.get(own("my_season", person)).text

    response = client.post(own("questions", person), {f"question-{question.pk}": "Because"})

    after = client.get(own("my_season", person)).text
    assert response.url == own("my_season", person)
    assert stored(person) == {question.pk: ["Because"]}
    assert (LINK in before, LINK in after) == (True, False)
    assert "See or change my answers" in after


def test_answers_are_shown_changed_and_taken_back(client, person):
    choices = {"choices": ["Trade", "Health", "Waste"]}
    topics = of_season(person, kind="several", **choices)
    line, tick = of_season(person), of_season(person, kind="tick")
    for question, value in ((topics, "Trade"), (line, "Mercury"), (tick, Answer.TICKED)):
        AnswerFactory(participant=person, question=question, value=value)

    shown = client.get(own("questions", person)).text
    client.post(own("questions", person), {f"question-{topics.pk}": ["Health", "Waste"], f"question-{line.pk}": ""})

    assert shown.count(" checked") == 2
    assert 'value="Mercury"' in shown
    assert stored(person) == {topics.pk: ["Health", "Waste"]}


def test_wrong_answer_is_said_beside_the_field_and_nothing_is_lost(client, person):
    needed, line = of_season(person, words="Why?", is_required=True), of_season(person)
    AnswerFactory(participant=person, question=needed, value="Because")

    response = client.post(own("questions", person), {f"question-{line.pk}": "see www.example.org"})

    assert response.status_code == 422
    assert "Please answer: Why?" in response.text
    assert 'value="see www.example.org"' in response.text
    assert stored(person) == {needed.pk: ["Because"]}


def test_only_what_concerns_the_person_is_asked(client, person, registration):
    elsewhere = OccurrenceFactory(session__season=person.season).session
    mine, closed = of_session(registration.session, words="Mine?"), of_season(person, words="Old?", is_closed=True)
    others = of_session(elsewhere, words="Others?")

    text = client.get(own("questions", person)).text
    sent = {f"question-{question.pk}": "x" for question in (mine, closed, others)}
    client.post(own("questions", person), sent)

    assert ("Mine?" in text, "Old?" in text, "Others?" in text) == (True, False, False)
    assert stored(person) == {mine.pk: ["x"]}


def test_nothing_is_asked_once_all_is_over_or_cancelled(client, person, registration):
    of_session(registration.session), of_season(person)
    enrolment.cancel(registration_id=registration.pk, now=NOW)

    assert "There is no question for you" in client.get(own("questions", person)).text
    assert LINK not in client.get(own("my_season", person)).text


def test_session_added_on_my_season_leads_to_its_questions(client, person):
    other = OccurrenceFactory(session__season=person.season, session__title="Mercury in fish")
    of_session(other.session, words="Which fish?", is_required=True)

    response = client.post(own("add", person), {"slot": other.pk}, follow=True)

    assert response.request["PATH_INFO"] == own("questions", person)
    assert "“Mercury in fish” is added." in response.text
    assert "Which fish?" in response.text


def test_person_named_by_a_focal_point_says_yes_before_they_are_asked(client, person):
    of_season(person, is_required=True)
    type(person).objects.update(confirmed_at=None)

    response = client.get(own("questions", person))
    yes = client.post(own("take_part", person))

    assert response.url == own("take_part", person)
    assert yes.url == own("questions", person)
    assert LINK in client.get(own("my_season", person)).text


def test_who_left_what_is_optional_empty_is_not_asked_again_and_finds_it(client, person):
    of_season(person)

    text = client.get(own("my_season", person)).text

    assert (LINK in text, own("questions", person) in text) == (False, True)


def test_accepting_an_invitation_asks_season_and_session(client):
    slot = hidden_slot()
    invited = InvitationFactory(session=slot.session, name="Amina Otieno", email="amina@ministry.example")
    needed, line = of_session(slot.session, is_required=True, words="Why?"), QuestionFactory(season=slot.session.season)
    client.post(page_of(invited), {"open": "1"})
    typed = vars(details()) | {"slot": slot.pk, "email": "amina@ministry.example", "consent": "on"}

    refused = client.post(page_of(invited), typed | {f"question-{line.pk}": "Typed"})
    client.post(page_of(invited), typed | {f"question-{line.pk}": "Typed", f"question-{needed.pk}": "Because"})

    assert refused.status_code == 422
    assert "Please answer: Why?" in refused.text
    assert 'value="Typed"' in refused.text
    invited.refresh_from_db()
    assert stored(invited.registration.participant) == {line.pk: ["Typed"], needed.pk: ["Because"]}


def test_own_data_has_them_on_the_page_and_in_the_file(client, person, registration):
    given = of_session(registration.session, words="Why?")
    for place, value in enumerate(["One", "Two"]):
        AnswerFactory(participant=person, question=given, place=place, value=value)

    text, file = client.get(own("own_data", person)).text, client.get(own("own_data_file", person))

    assert "One<br>Two" in text
    assert json.loads(file.content)["answers"] == [
        {"question": "Why?", "session": registration.session.title, "answers": ["One", "Two"]}
    ]


def test_erasing_the_person_erases_them(person, registration):
    AnswerFactory(participant=person, question=of_season(person))
    other = AnswerFactory()

    erasure.erase(participant_id=person.pk, now=NOW)

    assert list(Answer.objects.all()) == [other]


def test_numbers_of_choices_are_counted_without_own_words(person):
    topic = of_season(person, kind="one", choices=["Trade", "Health"])
    tick, line = of_season(person, kind="tick"), of_season(person)
    for value in ("Trade", "Trade", "Health"):
        AnswerFactory(participant__season=person.season, question=topic, value=value)
    AnswerFactory(participant=person, question=tick, value=Answer.TICKED)
    AnswerFactory(participant=person, question=line, value="My own words")

    counted = [(row["question"], row["value"], row["number"]) for row in Answer.objects.counted()]

    assert counted == [(topic.pk, "Health", 1), (topic.pk, "Trade", 2), (tick.pk, "yes", 1)]
