"""Hidden entries of staff forms that no browser sends: a page in answer, and nothing is written that was not typed."""

import json

import pytest
from django.urls import reverse

from sessions.models import Session, Speaker
from tests.factories import SpeakerFactory
from tests.support.sessions.admin_pages import page
from tests.support.sessions.desks import Desk
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db

FORGED = {
    "nested too deep": '{"title":' + "[" * 5000 + "]" * 5000 + "}",
    "objects too deep": '{"title":' * 5000 + "1" + "}" * 5000,
    "half a character": r'{"title": "\ud800"}',
    "half a character as a name": r'{"\ud800": "Words"}',
    "no texts": '{"title": 1, "summary": null, "platform": {"of": {"a": "row"}}}',
    "not finite": '{"title": NaN}',
    "a list": '["title"]',
}


@pytest.fixture
def speaker():
    return SpeakerFactory(name="Wanjiru Kamau")


@pytest.fixture
def desk(speaker):
    return Desk("Anna", page("session_change", speaker.session_id))


@pytest.mark.parametrize("name", ["shown", "asked"])
@pytest.mark.parametrize("forged", first_always(FORGED.values()), ids=FORGED)
def test_hidden_entry_that_is_not_ours_counts_as_missing(desk, speaker, name, forged):
    answer = desk.save(**{name: forged}, title="Typed")

    assert answer.status_code == 302
    assert Session.objects.get(pk=speaker.session_id).title == "Typed"


def test_half_a_character_does_not_come_back_with_a_question(desk, speaker):
    Session.objects.filter(pk=speaker.session_id).update(title="Of a colleague")

    answer = desk.save(shown=json.dumps({"title": "\ud800"}), title="Typed")

    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("rows", "number"),
    first_always(
        [
            *[(rows, "2000") for rows in ("speakers", "new_slots", "occurrences", "materials")],
            *[("speakers", number) for number in ("9" * 20, "201")],
        ]
    ),
)
def test_no_number_of_rows_keeps_the_page_busy(desk, rows, number):
    answer = desk.save(**{f"{rows}-TOTAL_FORMS": number})

    assert answer.status_code == 200
    assert all(len(inline.formset.forms) <= 200 for inline in answer.context["inline_admin_formsets"])


@pytest.mark.parametrize("rows", ["speakers", "occurrences", "materials"])
def test_no_number_of_stored_rows_keeps_the_page_busy(desk, rows):
    answer = desk.save(**{f"{rows}-INITIAL_FORMS": "9" * 18})

    assert answer.status_code in (200, 302)


@pytest.mark.parametrize("number", first_always(["9" * 5000, "9" * 20, "-1", "²"]))
def test_row_of_an_impossible_number_is_refused(desk, number):
    answer = desk.save(**{"speakers-0-id": number, "speakers-0-name": "Forged"})

    assert answer.status_code == 200
    assert Speaker.objects.get().name == "Wanjiru Kamau"


def test_history_takes_nothing(desk, speaker):
    address = reverse("admin:online_sessions_session_history", args=[speaker.session_id])

    assert desk.client.post(address).status_code == 405
    assert desk.client.get(address).status_code == 302
