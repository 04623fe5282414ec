"""What a sign-up asks besides: staff add it, change it, and close it once people have answered."""

import pytest
from django.contrib.messages import get_messages

from sessions.models import Question
from sessions.staff import groups
from tests.factories import AnswerFactory, QuestionFactory, RegistrationFactory, SeasonFactory, SessionFactory
from tests.support.sessions.admin_pages import edit_season, edit_session, errors_of, page, sent_by

pytestmark = pytest.mark.django_db


def typed(**changes):
    """One more question, and what is typed for it."""
    new = {"words": "Do you speak French?", "kind": "one", "choices": "Yes\r\n No \r\n", "position": "1"} | changes
    return {"questions__TOTAL_FORMS": 1} | {f"questions__0__{name}": value for name, value in new.items()}


def errors(response) -> dict:
    [found] = errors_of(response, "questions")
    return {field: " ".join(words) for field, words in found.items()}


def test_question_of_a_season_is_stored_with_its_choices_one_a_line(admin_client):
    season = SeasonFactory()

    edit_season(admin_client, season, **typed(is_required="on", help_text="For the interpreters."))

    stored = Question.objects.values("season", "session", "words", "kind", "choices", "is_required", "help_text").get()
    assert stored == {
        "season": season.pk,
        "session": None,
        "words": "Do you speak French?",
        "kind": "one",
        "choices": ["Yes", "No"],
        "is_required": True,
        "help_text": "For the interpreters.",
    }


def test_question_of_a_session_belongs_to_no_season(admin_client):
    session = SessionFactory()

    edit_session(admin_client, session, **typed(kind="line", choices=""))

    assert Question.objects.values("season", "session").get() == {"season": None, "session": session.pk}


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"choices": "Yes"}, "choices", "Write at least two choices, one per line."),
        ({"choices": "Yes\nYes"}, "choices", "Write each choice once."),
        ({"choices": "\n".join("abc" * 70 for _line in "ab") + "x"}, "choices", "Write at most 50 choices"),
        ({"kind": "tick"}, "choices", "Only a list has choices."),
        ({"words": ""}, "words", "This field is required."),
        ({"words": "a\0b"}, "words", "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_field(admin_client, changes, field, words):
    response = edit_season(admin_client, SeasonFactory(), **typed(**changes))

    assert list(errors(response)) == [field]
    assert words in errors(response)[field]
    assert not Question.objects.exists()


def test_question_nobody_has_answered_is_deleted(admin_client):
    asked = QuestionFactory()

    edit_season(admin_client, asked.season, questions__0__DELETE="on")

    assert not Question.objects.exists()


def test_question_with_answers_is_not_deleted_and_says_no_answer(admin_client):
    given = AnswerFactory(value="My own secret")

    response = edit_season(admin_client, given.question.season, questions__0__DELETE="on")

    assert errors(response) == {
        "__all__": "People have answered this question. Close it instead: then it is asked no more."
    }
    assert "My own secret" not in response.text
    assert given.participant.answers.get() == given


def test_question_with_answers_is_closed(admin_client):
    given = AnswerFactory()

    edit_season(admin_client, given.question.season, questions__0__is_closed="on")

    assert list(Question.objects.asked()) == []
    assert given.participant.answers.get() == given


def test_choice_that_was_made_keeps_its_words_and_others_may_go(admin_client):
    asked = QuestionFactory(kind="one", choices=["Yes", "No", "Perhaps"])
    AnswerFactory(participant__season=asked.season, question=asked, value="Yes")

    refused = edit_season(admin_client, asked.season, questions__0__choices="No\nYes, well")
    edit_season(admin_client, asked.season, questions__0__choices="Yes\nNever")

    assert errors(refused) == {
        "choices": "People have chosen “Yes”. Leave this line as it is; you can add others.",
    }
    assert Question.objects.get().choices == ["Yes", "Never"]


def test_question_with_answers_keeps_its_kind(admin_client):
    given = AnswerFactory()

    response = edit_season(admin_client, given.question.season, questions__0__kind="text")

    assert errors(response) == {"kind": "People have answered this question. Close it, and ask a new one."}


def test_other_words_of_a_question_with_answers_are_confirmed(admin_client):
    asked = QuestionFactory(words="Do you come?", kind="tick")
    AnswerFactory(participant=RegistrationFactory(occurrence__session__season=asked.season).participant, question=asked)

    response = edit_season(admin_client, asked.season, questions__0__words="Do you stay away?")

    assert response.context["effects"].facts == [
        "“Do you come?” is asked as “Do you stay away?” from now on: 1 person has answered the old words, and that "
        "answer is shown beside the new ones."
    ]
    assert Question.objects.get().words == "Do you come?"
    confirmed = sent_by(response) | {"effects-seen": response.context["effects_entry"][1], "people": "1"}
    admin_client.post(page("season_change", asked.season.pk), confirmed)
    assert Question.objects.get().words == "Do you stay away?"


@pytest.mark.parametrize(("status", "number"), [("waitlisted", {"people": "1"}), ("cancelled", {})])
def test_other_words_are_confirmed_when_nobody_who_answered_has_a_place(admin_client, status, number):
    asked = QuestionFactory(words="Do you come?", kind="tick")
    registration = RegistrationFactory(occurrence__session__season=asked.season, status=status)
    AnswerFactory(participant=registration.participant, question=asked)

    response = edit_season(admin_client, asked.season, questions__0__words="Do you stay away?")

    assert "1 person has answered the old words" in response.text
    assert ("Nobody is registered at present." in response.text) == (status == "cancelled")
    assert Question.objects.get().words == "Do you come?"
    confirmed = sent_by(response) | {"effects-seen": response.context["effects_entry"][1]} | number
    admin_client.post(page("season_change", asked.season.pk), confirmed)
    assert Question.objects.get().words == "Do you stay away?"


def test_other_effects_are_not_asked_about_with_those_on_answers_when_nobody_is_registered(admin_client):
    asked = AnswerFactory(question__words="Do you come?").question

    response = edit_season(admin_client, asked.season, questions__0__words="Do you stay?", reminder_hours="48")

    assert [fact[:16] for fact in response.context["effects"].facts] == ["“Do you come?” i"]


def test_other_words_of_a_question_nobody_has_answered_are_saved_at_once(admin_client):
    asked = QuestionFactory(words="Do you come?")
    RegistrationFactory(occurrence__session__season=asked.season)

    edit_season(admin_client, asked.season, questions__0__words="Do you stay away?")

    assert Question.objects.get().words == "Do you stay away?"


def test_two_who_change_one_question_are_asked_which_words_stay(admin_client):
    asked = QuestionFactory(words="Your language?")
    address = page("season_change", asked.season.pk)
    open_form = sent_by(admin_client.get(address))
    edit_season(admin_client, asked.season, questions__0__words="Your languages?")

    response = admin_client.post(address, open_form | {"questions-0-words": "Which language?"})

    assert "words" in errors(response)
    assert Question.objects.get().words == "Your languages?"


@pytest.mark.parametrize(("number", "warned"), [(2, False), (3, True)])
def test_from_four_questions_on_staff_are_warned(admin_client, number, warned):
    session = SessionFactory()
    QuestionFactory.create_batch(number, season=session.season)
    QuestionFactory(season=session.season, is_closed=True)

    response = edit_session(admin_client, session, **typed())

    said = [message.message for message in get_messages(response.wsgi_request)]
    assert any("This sign-up asks 4 questions of yours." in words for words in said) is warned


def test_programme_editor_writes_questions_and_sees_no_answers():
    allowed = groups.GROUPS["Programme editor"]

    assert {("online_sessions", f"{action}_question") for action in ("view", "add", "change", "delete")} <= allowed
    assert not {codename for _label, codename in allowed if "answer" in codename or "participant" in codename}
