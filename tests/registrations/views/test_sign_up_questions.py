"""Questions of staff in the sign-up: once for the season, and of a session only from who takes part in it."""

import pytest
from django.urls import reverse

from registrations.models import Answer, Message, Registration
from tests.factories import OccurrenceFactory, QuestionFactory
from tests.support.registrations.sign_up_form import typed

pytestmark = pytest.mark.django_db
LISTS = {"choices": ["Trade", "Health", "Waste"]}
SEEN_IN_FORM = 'name="question-{}"'


def of_season(slot, **fields):
    return QuestionFactory(season=slot.session.season, **fields)


def of_session(slot, **fields):
    return QuestionFactory(season=None, session=slot.session, **fields)


def send(client, *slots, answers=None, **changes):
    named = {f"question-{question.pk}": value for question, value in (answers or {}).items()}
    address = reverse("sign_up:form", args=[slots[0].session.season.slug])
    return client.post(address, typed(*slots, **named, **changes))


def answers_stored() -> list:
    return list(Answer.objects.order_by("question", "place").values_list("question", "value"))


@pytest.mark.parametrize(
    ("fields", "sent", "stored"),
    [
        ({"kind": "line"}, " 42 %,  \u00a0mercury? ", ["42 %, mercury?"]),
        ({"kind": "text"}, "One.\r\nTwo.", ["One.\r\nTwo."]),
        ({"kind": "one"} | LISTS, "Health", ["Health"]),
        ({"kind": "one", "choices": [f"Choice {letter}" for letter in "ABCDEFGH"]}, "Choice C", ["Choice C"]),
        ({"kind": "several"} | LISTS, ["Waste", "Trade"], ["Waste", "Trade"]),
        ({"kind": "tick"}, "on", ["yes"]),
        ({"kind": "line"}, "", []),
        ({"kind": "several"} | LISTS, [], []),
        ({"kind": "tick"}, "", []),
        ({"kind": "line"}, "اسم المؤسسة 👩\u200d🔬", ["اسم المؤسسة 👩\u200d🔬"]),
    ],
)
def test_each_kind_is_stored_as_it_was_answered(client, slot, fields, sent, stored):
    question = of_season(slot, **fields)

    response = send(client, slot, answers={question: sent})

    assert response.status_code == 302
    assert answers_stored() == [(question.pk, value) for value in stored]


@pytest.mark.parametrize(
    ("fields", "sent", "words"),
    [
        ({"kind": "line", "is_required": True}, "", "Please answer: Why?"),
        ({"kind": "text", "is_required": True}, " \n", "Please answer: Why?"),
        ({"kind": "one", "is_required": True} | LISTS, "", "Please answer: Why?"),
        ({"kind": "several", "is_required": True} | LISTS, [], "Please answer: Why?"),
        ({"kind": "tick", "is_required": True}, "", "Please answer: Why?"),
        ({"kind": "one"} | LISTS, "Gold", "Please choose from the list."),
        ({"kind": "several"} | LISTS, ["Trade", "a\0b"], "Please choose from the list."),
        ({"kind": "line"}, "see www.example.org", "This looks like a web address."),
        ({"kind": "line"}, "a\0b", "There is an invisible or unreadable character"),
        ({"kind": "text"}, "a\0b", "There is an invisible or unreadable character"),
        ({"kind": "line"}, "a\u202eb", "There is an invisible or unreadable character"),
        ({"kind": "line"}, "x" * 201, "at most 200 characters"),
        ({"kind": "text"}, "x" * 2001, "at most 2000 characters"),
    ],
)
@pytest.mark.parametrize("whose", [of_season, of_session])
def test_wrong_answer_is_said_beside_the_field_and_nothing_is_lost(client, slot, fields, sent, words, whose):
    question = whose(slot, words="Why?", **fields)

    response = send(client, slot, answers={question: sent}, name="Amina Otieno")

    assert response.status_code == 422
    error = response.context["form"].errors[f"question-{question.pk}"][0]
    assert words in error
    assert error in response.text.replace("&#x27;", "'").replace("&quot;", '"')
    assert 'value="Amina Otieno"' in response.text
    assert not Registration.objects.exists()


def test_question_of_a_session_is_asked_of_who_ticks_it_alone(client, slot):
    other = OccurrenceFactory(session__season=slot.session.season)
    asked, unasked = of_session(slot, words="Yours?"), of_session(other, is_required=True, kind="one", **LISTS)

    response = send(client, slot, answers={asked: "Mine", unasked: "Gold"})

    assert response.status_code == 302
    assert answers_stored() == [(asked.pk, "Mine")]


def test_session_of_a_slot_chosen_without_a_tick_is_asked_about_before_its_question(client, slot, late_slot, address):
    other = OccurrenceFactory(session__season=slot.session.season)
    needed = of_session(slot, is_required=True, words="Yours?")
    shown = client.get(address).context["page"].shown
    [chosen] = {slot.pk, late_slot.pk} - shown.proposed
    sent = {f"slot-{slot.session.pk}": chosen, "shown": shown.text}

    review = send(client, other, **sent)
    hidden = dict(review.context["page"].hidden)
    sessions = [slot.session.slug, other.session.slug]
    answered = client.post(address, hidden | {"session": sessions, "reviewed": "1"})

    assert "Do you want these sessions?" in review.text
    assert answered.status_code == 422
    assert answered.context["form"].errors == {f"question-{needed.pk}": ["Please answer: Yours?"]}


def test_list_of_errors_has_the_order_of_the_page(client, slot):
    once, of_slot = of_season(slot, is_required=True, words="Once?"), of_session(slot, is_required=True, words="Here?")

    response = send(client, slot, answers={once: "", of_slot: ""}, name="", consent=None)

    assert [problem.words for problem in response.context["page"].problems] == [
        "Please answer: Here?",
        "Please write your name.",
        "Please answer: Once?",
        "We need your agreement to register you. Please tick the box.",
    ]


def test_closed_question_is_not_asked_and_its_answer_not_stored(client, slot, address):
    closed = of_season(slot, is_closed=True, is_required=True)

    response = send(client, slot, answers={closed: "Late"})

    assert response.status_code == 302
    assert answers_stored() == []
    assert SEEN_IN_FORM.format(closed.pk) not in client.get(address).text


def test_who_signs_up_again_changes_no_answer_and_nobody_sees_that(client, slot):
    question = of_season(slot)
    other = OccurrenceFactory(session__season=slot.session.season)
    more = of_session(other)
    first = send(client, slot, answers={question: "First"})

    again = send(client, slot, other, answers={question: "Second", more: "New"}, submission="form-2")

    assert (again.status_code, again.url) == (first.status_code, first.url)
    assert answers_stored() == [(question.pk, "First"), (more.pk, "New")]


def test_answers_are_in_no_mail(client, slot):
    question = of_season(slot, words="Which is your secret?")

    send(client, slot, answers={question: "Quicksilver"})

    octets = b"".join(bytes(mail.octets or b"") for mail in Message.objects.all())
    assert Message.objects.exists()
    assert b"Quicksilver" not in octets
    assert b"secret" not in octets


def test_form_that_is_opened_again_shows_a_question_added_meanwhile(client, slot, address):
    client.get(address)

    added = of_season(slot)

    assert SEEN_IN_FORM.format(added.pk) in client.get(address).text


def test_focal_point_answers_for_nobody(client, slot):
    question = of_season(slot, is_required=True)

    text = client.get(reverse("sign_up:delegation", args=[slot.session.season.slug])).text

    assert SEEN_IN_FORM.format(question.pk) not in text
