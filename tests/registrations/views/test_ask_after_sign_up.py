"""A question to the speakers on the page after a sign-up, which proves nobody."""

import pytest
from django.urls import reverse

from registrations.models import AskedQuestion, Registration
from registrations.views.support import typed_form
from sessions.models import Occurrence, Session
from tests.factories import AskedQuestionFactory, OccurrenceFactory
from tests.support.registrations.sign_up_form import filled_in
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db
TEXT = "Which rice takes up the least?"


@pytest.fixture
def ask(season):
    return reverse("sign_up:ask_speakers", args=[season.slug])


@pytest.fixture
def signed_up(client, address, slot):
    """The page after the form of somebody who chose one session."""
    return client.post(address, filled_in(client.get(address, {"slot": slot.pk})), follow=True)


def test_question_is_one_of_the_person_who_signed_up_without_a_name(client, signed_up, ask):
    assert "session" not in signed_up.context["question"].fields
    assert '<textarea name="text"' in signed_up.text

    answer = client.post(ask, {"text": TEXT, "with_name": "on"}, follow=True)

    assert "Your question goes with your registration." in answer.text
    asked = AskedQuestion.objects.get()
    registration = Registration.objects.get()
    assert (asked.participant, asked.question.session) == (registration.participant, registration.session)
    assert (asked.text, asked.with_name, asked.with_sign_up) == (TEXT, False, True)


def test_what_is_refused_comes_back_with_its_words(client, signed_up, ask):
    answer = client.post(ask, {"text": "www.example.org"})

    assert (answer.status_code, answer.context["question"]["text"].value()) == (422, "www.example.org")
    assert answer.context["question"].errors["text"]


def test_anybody_asks_one_question_in_the_name_of_somebody_and_changes_none(client, signed_up, ask):
    person, session = Registration.objects.get().participant, Registration.objects.get().session
    own = AskedQuestionFactory(participant=person, question__session=session, text="Mine?", with_name=True)

    answers = [client.post(ask, {"text": text}, follow=True) for text in ("Mine?", TEXT, "Another one?")]

    assert len({answer.text.count("Your question goes with your registration.") for answer in answers}) == 1
    assert set(AskedQuestion.objects.values_list("text", flat=True)) == {"Mine?", TEXT}
    assert AskedQuestion.objects.get(pk=own.pk).with_name


def test_who_is_not_registered_any_more_reads_the_same(client, signed_up, ask):
    Registration.objects.update(status=Registration.Status.CANCELLED, cancelled_at=NOW)

    answer = client.post(ask, {"text": TEXT}, follow=True)

    assert "Your question goes with your registration." in answer.text
    assert not AskedQuestion.objects.exists()


CLOSED = [
    (lambda: Occurrence.objects.update(called_off_at=NOW), "It takes no questions at the moment."),
    (lambda: Session.objects.update(takes_questions=False), "This session takes no questions."),
]


@pytest.mark.parametrize("is_registered", [True, False])
@pytest.mark.parametrize(("close", "words"), CLOSED)
def test_closed_session_says_so_whoever_is_registered(client, signed_up, ask, close, words, is_registered):
    if not is_registered:
        Registration.objects.update(status=Registration.Status.CANCELLED, cancelled_at=NOW)
    close()

    answer = client.post(ask, {"text": TEXT})

    question = answer.context["question"]
    assert (answer.status_code, question["text"].value()) == (409, TEXT)
    assert words in question.errors["text"][0]


def test_session_without_questions_has_no_form_after_a_sign_up(client, signed_up, ask):
    Session.objects.update(takes_questions=False)

    page = client.get(ask, follow=True)

    assert f'action="{ask}"' not in page.text
    assert "Questions to the speakers" not in page.text
    assert "You can ask the speakers" not in page.text


def test_without_the_cookie_the_page_says_where_to_ask(client, ask):
    answer = client.post(ask, {"text": TEXT}, follow=True)

    assert "You can ask the speakers on “My season”" in answer.text
    assert f'action="{ask}"' not in answer.text


def test_of_several_sessions_one_is_chosen(client, address, ask, slot):
    other_slot = OccurrenceFactory(session__season=slot.session.season)
    form = filled_in(client.get(address, {"slot": slot.pk}))
    form |= {"session": [slot.session.slug, other_slot.session.slug], f"slot-{other_slot.session.pk}": other_slot.pk}
    client.post(address, form)

    missing = client.post(ask, {"text": TEXT})
    foreign = client.post(ask, {"text": TEXT, "session": "999999"})
    client.post(ask, {"text": TEXT, "session": other_slot.session.pk})

    assert [answer.status_code for answer in (missing, foreign)] == [422, 422]
    assert '<select name="session"' in missing.text
    assert AskedQuestion.objects.get().question.session == other_slot.session


def test_one_of_several_sessions_without_questions_is_not_offered_and_refused_in_words(client, address, ask, slot):
    off = OccurrenceFactory(session__season=slot.session.season).session
    form = filled_in(client.get(address, {"slot": slot.pk}))
    form |= {"session": [slot.session.slug, off.slug], f"slot-{off.pk}": off.occurrences.get().pk}
    client.post(address, form)
    Session.objects.filter(pk=off.pk).update(takes_questions=False)

    offered = client.get(ask, follow=True).context["question"].sessions
    answer = client.post(ask, {"text": TEXT, "session": off.pk})
    client.post(ask, {"text": TEXT})

    assert offered == [(slot.session.pk, slot.session.title)]
    assert answer.context["question"].errors["text"] == ["This session takes no questions."]
    assert answer.context["question"]["text"].value() == TEXT
    assert AskedQuestion.objects.get().question.session == slot.session


def test_too_many_questions_from_one_network_are_refused_in_words(client, signed_up, ask):
    for number in range(20):
        client.post(ask, {"text": f"Question {'abcdefghijklmnopqrst'[number]}?"})

    answer = client.post(ask, {"text": TEXT})

    assert (answer.status_code, answer.context["question"]["text"].value()) == (429, TEXT)
    assert typed_form.COOKIES["form"] in client.cookies
