"""What people answered, for staff who may see people: beside the person, as a filter, in the table."""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from registrations.models import Answer
from tests.factories import AnswerFactory, QuestionFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:registrations_registration_changelist")


@pytest.fixture
def registration():
    return RegistrationFactory(participant__name="Amina Otieno", occurrence__session__title="Mercury in rice")


def answered(registration, *values, of_session=False, **fields):
    """A question of the season, or of the session, and what the person answered."""
    whose = {"season": None, "session": registration.session} if of_session else {"season": registration.session.season}
    question = QuestionFactory(**whose | fields)
    for place, value in enumerate(values):
        AnswerFactory(participant=registration.participant, question=question, place=place, value=value)
    return question


def table(client, query="") -> list[dict]:
    response = client.post(f"{reverse('admin:registrations_registration_export')}{query}")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def names(response) -> list:
    return [str(registration.participant) for registration in response.context["cl"].result_list]


def test_page_of_person_and_of_registration_have_them_in_words(admin_client, registration):
    answered(registration, "Trade", "Waste", kind="several", words="Topics?", choices=["Trade", "Health", "Waste"])
    answered(registration, Answer.TICKED, of_session=True, kind="tick", words="Do you come?")
    person = reverse("admin:registrations_participant_change", args=[registration.participant_id])
    own = reverse("admin:registrations_registration_change", args=[registration.pk])

    for address in (person, own):
        text = admin_client.get(address).text
        assert "<strong>Topics?</strong><br>Trade; Waste" in text
        assert "<strong>Mercury in rice: Do you come?</strong><br>yes" in text


def test_list_is_narrowed_to_those_who_chose_something(admin_client, registration):
    RegistrationFactory(occurrence=registration.occurrence)
    question = answered(registration, "Health", kind="one", words="Topic?", choices=["Trade", "Health"])
    season = f"{LIST}?season={registration.session.season_id}"

    shown, trade, health, lost = (
        admin_client.get(f"{season}{more}")
        for more in ("", f"&answer={question.pk}-0", f"&answer={question.pk}-1", "&answer=7-x")
    )

    assert "Topic? “Health”" in shown.text
    assert [len(names(response)) for response in (shown, trade, lost)] == [2, 0, 0]
    assert names(health) == ["Amina Otieno"]


@pytest.mark.parametrize(("number", "is_open"), [(0, False), (9, True)])
def test_of_many_choices_the_first_are_shown_and_the_others_open(admin_client, registration, number, is_open):
    choices = [f"Topic {each}" for each in range(10)]
    question = answered(registration, choices[number], kind="one", words="Topic?", choices=choices)

    chosen = f"?season={registration.session.season_id}&answer={question.pk}-{number}"
    first, others = admin_client.get(f"{LIST}{chosen}").text.split('<details class="others"')

    assert others.startswith(" open>") == is_open
    assert ("Topic 7” " in first or "Topic 7”<" in first, "Topic 8" in first) == (True, False)
    assert "2 more" in others
    assert "Topic 9" in others


def test_table_has_a_column_for_each_question_and_no_formula(admin_client, registration):
    answered(registration, "=1+1", words="Why?")
    answered(
        registration, "Trade", "Waste", of_session=True, kind="several", words="Topics?", choices=["Trade", "Waste"]
    )
    answered(registration, Answer.TICKED, kind="tick", words="Sure?", is_closed=True)
    other = RegistrationFactory(participant=registration.participant)

    found = {row["Session"]: row for row in table(admin_client)}

    mine, others = found["Mercury in rice"], found[other.session.title]
    assert [mine[name] for name in ("Why?", "Mercury in rice: Topics?", "Sure?")] == ["'=1+1", "Trade; Waste", "yes"]
    assert others["Mercury in rice: Topics?"] == ""


def test_table_asks_the_database_the_same_for_one_person_and_three(
    admin_client, registration, django_assert_max_num_queries
):
    answered(registration, "Trade", words="Why?")
    counts = []
    for _round in range(2):
        with django_assert_max_num_queries(21) as captured:
            table(admin_client)
        counts.append(len(captured))
        RegistrationFactory.create_batch(2, occurrence=registration.occurrence)

    assert counts[0] == counts[1]
