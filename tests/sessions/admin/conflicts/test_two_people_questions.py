"""Questions of a sign-up that two people write at once, and that somebody answers meanwhile."""

import pytest

from sessions.models import Question
from tests.factories import AnswerFactory, QuestionFactory, SeasonFactory
from tests.support.sessions.admin_pages import errors_of
from tests.support.sessions.desks import two_at, with_prefix

pytestmark = pytest.mark.django_db


def two_at_form_of(asked):
    return two_at("season_change", asked.season)


def new(words) -> dict:
    typed = {"words": words, "kind": "one", "choices": "Yes\nNo", "position": 0}
    return {"questions__TOTAL_FORMS": 1, **with_prefix("questions-0-", typed)}


def test_questions_that_both_add_are_asked_both():
    anna, ben = two_at("season_change", SeasonFactory())

    anna.save(**new("Of Anna?"))
    ben.save(**new("Of Ben?"))

    stored = Question.objects.order_by("pk").values_list("words", "choices")
    assert list(stored) == [("Of Anna?", ["Yes", "No"]), ("Of Ben?", ["Yes", "No"])]


def test_two_entries_of_one_question_are_both_saved():
    anna, ben = two_at_form_of(QuestionFactory(words="Why?"))

    anna.save(questions__0__help_text="For the interpreters.")
    ben.save(questions__0__words="Why do you come?")

    assert Question.objects.values_list("words", "help_text").get() == ("Why do you come?", "For the interpreters.")


@pytest.mark.parametrize(("choice", "stored"), [("theirs", ["Yes", "No", "Anna"]), ("mine", ["Yes", "No", "Ben"])])
def test_choices_that_both_change_are_asked_for(choice, stored):
    anna, ben = two_at_form_of(QuestionFactory(words="Why?", kind="one", choices=["Yes", "No"]))
    anna.save(questions__0__choices="Yes\nNo\nAnna")

    ben.save(questions__0__choices="Yes\nNo\nBen")

    [(label, theirs, mine)] = ben.questions
    assert label == "Question “Why?”: Choices"
    assert (theirs.split(), mine.split()) == (["Yes", "No", "Anna"], ["Yes", "No", "Ben"])
    ben.choose(choice)
    assert Question.objects.get().choices == stored


@pytest.mark.parametrize(("choice", "words"), [("theirs", []), ("mine", ["Of Ben?"])])
def test_question_that_a_colleague_deleted_while_somebody_typed_into_it_is_asked_for(choice, words):
    anna, ben = two_at_form_of(QuestionFactory(words="Why?"))
    anna.save(questions__0__DELETE="on")

    ben.save(questions__0__words="Of Ben?")

    [(label, theirs, mine)] = ben.questions
    assert (label, theirs, "Of Ben?" in mine) == ("Question", "Deleted", True)
    ben.choose(choice)
    assert list(Question.objects.values_list("words", flat=True)) == words


def test_question_that_a_colleague_closed_keeps_what_somebody_else_types():
    anna, ben = two_at_form_of(QuestionFactory(words="Why?"))
    anna.save(questions__0__is_closed="on")

    ben.save(questions__0__words="Of Ben?")

    assert Question.objects.values_list("words", "is_closed").get() == ("Of Ben?", True)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"questions__0__DELETE": "on"}, "People have answered this question."),
        ({"questions__0__kind": "several"}, "People have answered this question."),
        ({"questions__0__choices": "Maybe\nNo"}, "People have chosen “Yes”."),
    ],
)
def test_question_answered_since_the_form_was_opened_keeps_what_was_answered(typed, reason):
    asked = QuestionFactory(kind="one", choices=["Yes", "No"])
    _anna, ben = two_at_form_of(asked)
    AnswerFactory(participant__season=asked.season, question=asked, value="Yes")

    answer = ben.save(**typed)

    [errors] = errors_of(answer, "questions")
    assert reason in str(errors)
    assert Question.objects.values_list("kind", "choices").get() == ("one", ["Yes", "No"])
