"""Two people have a draft open: neither undoes what the other has saved, field by field."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.models import Circular, StaffAction
from tests.factories import OccurrenceFactory
from tests.support.messages import said
from tests.support.registrations.circulars import draft, page
from tests.support.staff import registration_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    return registration_officer(client)


@pytest.fixture
def circular():
    slot = OccurrenceFactory(starts_at=timezone.now() + timedelta(days=3))
    return draft(slot.session.season, subject="First", text="One.\n\nTwo.", sessions=(slot.session_id,))


def opened(client, circular) -> dict:
    """The form as a browser sends it if nobody types."""
    form = client.get(page("write", circular)).context["form"]
    names = ["season", "subject", "text", "sessions", "shown"]
    values = {name: form[name].value() for name in names}
    return values | {
        "text": values["text"].replace("\n", "\r\n"),
        "sessions": list(values["sessions"]),
        "attendance": "",
    }


def state():
    circular = Circular.objects.get()
    words = circular.words_in("en")
    return words.subject, words.text.replace("\r\n", "\n"), circular.audience


def test_what_each_alone_changed_stays(officer, circular):
    mine, before = opened(officer, circular), state()
    officer.post(page("write", circular), opened(officer, circular) | {"subject": "Theirs"})

    response = officer.post(page("write", circular), mine | {"text": "Mine"}, follow=True)

    assert state() == ("Theirs", "Mine", before[2])
    [kept] = [words for words in said(response) if "That is kept." in words]
    assert kept.startswith("Subject: officer saved")


def test_what_both_changed_is_a_question_and_no_answer_is_none(officer, circular):
    mine = opened(officer, circular) | {"subject": "Mine", "text": "Also mine"}
    officer.post(page("write", circular), opened(officer, circular) | {"subject": "Theirs", "sessions": []})

    shown = officer.post(page("write", circular), mine)
    again = asked_again(shown, mine)
    still = officer.post(page("write", circular), again)

    for response in (shown, still):
        assert [question["name"] for question in response.context["questions"]] == ["subject"]
        assert response.context["form"]["subject"].value() == "Mine"
        assert "Theirs" in response.text
    assert "Who gets it: officer saved" in shown.text
    assert state() == ("Theirs", "One.\n\nTwo.", {})


@pytest.mark.parametrize(("answer", "subject"), [("theirs", "Theirs"), ("mine", "Mine")])
def test_answer_decides(officer, circular, answer, subject):
    mine = opened(officer, circular) | {"subject": "Mine", "text": "Also mine"}
    officer.post(page("write", circular), opened(officer, circular) | {"subject": "Theirs"})

    shown = officer.post(page("write", circular), mine)
    officer.post(page("write", circular), asked_again(shown, mine) | {"keep-subject": answer})

    assert state()[:2] == (subject, "Also mine")


def test_answer_is_about_what_was_shown(officer, circular):
    mine = opened(officer, circular) | {"subject": "Mine"}
    officer.post(page("write", circular), opened(officer, circular) | {"subject": "Theirs"})
    answer = asked_again(officer.post(page("write", circular), mine), mine) | {"keep-subject": "mine"}
    officer.post(page("write", circular), opened(officer, circular) | {"subject": "Newer"})

    shown = officer.post(page("write", circular), answer)

    assert "Newer" in shown.text
    assert state()[0] == "Newer"


@pytest.mark.parametrize("shown", ["", "nonsense", "[]", '{"subject": 1}'])
def test_form_that_does_not_say_what_it_showed_overwrites_nothing_unasked(officer, circular, shown):
    response = officer.post(page("write", circular), opened(officer, circular) | {"subject": "Mine", "shown": shown})

    assert [question["name"] for question in response.context["questions"]] == ["subject"]
    assert state()[0] == "First"


def test_writing_and_changing_is_on_record_without_the_words(officer, circular):
    officer.post(page("write", circular), opened(officer, circular) | {"text": "About Amina", "sessions": []})
    officer.post(page("write", circular), opened(officer, circular))

    noted = list(StaffAction.objects.order_by("pk").values_list("action", "after"))
    assert noted == [("circular-written", {}), ("circular-changed", {"changed": ["text", "recipients"]})]


def asked_again(response, mine) -> dict:
    form = response.context["form"]
    return mine | {
        "shown": form["shown"].value(),
        "asked": response.context["asked"],
        "sessions": form["sessions"].value(),
    }
