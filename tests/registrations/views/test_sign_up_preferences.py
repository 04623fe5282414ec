"""What the form of the sign-up asks about mails and calendars."""

import pytest

from registrations.models import Participant
from tests.support.registrations.sign_up_form import page_of, typed

pytestmark = pytest.mark.django_db


def test_usual_preferences_are_chosen_beforehand_and_reminders_are_named(client, address, slot):
    page = client.get(address)

    form = page.context["form"]
    assert [choice.data["selected"] for choice in form["calendar_entries"]] == [True, False, False]
    assert not form["wants_announcements"].value()
    assert "We send reminders 1 day and 1 hour before each session." in page.text


def test_season_without_reminders_promises_none(client, season, address, slot):
    season.reminder_hours = "none"
    season.save()

    assert "reminders" not in client.get(address).text.partition("Mails and calendar")[2].partition("<legend>How")[0]


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ({}, ("mail", True, False)),
        ({"calendar_entries": "none", "wants_announcements": "on"}, ("none", True, True)),
        ({"calendar_entries": "subscription"}, ("subscription", True, False)),
    ],
)
def test_preferences_are_stored_with_the_person(client, address, slot, sent, stored):
    client.post(address, typed(slot, **sent))

    person = Participant.objects.get()
    assert (person.calendar_entries, person.wants_reminders, person.wants_announcements) == stored


@pytest.mark.parametrize(
    ("hours", "unwanted"),
    [("", [72]), ("168, 72, 24, 1", [168, 72]), ("24, 1", []), ("48", []), ("none", [])],
)
def test_who_signs_up_has_the_two_reminders_nearest_to_the_session(client, season, address, slot, hours, unwanted):
    season.reminder_hours = hours
    season.save()

    client.post(address, typed(slot))

    assert Participant.objects.get().unwanted_leads == unwanted


def test_second_sign_up_changes_no_reminder_that_the_person_has_chosen(client, address, slot):
    client.post(address, typed(slot))
    Participant.objects.update(unwanted_leads=[1])

    client.post(address, typed(slot, submission="another"))

    assert Participant.objects.get().unwanted_leads == [1]


def test_preferences_are_not_lost_when_something_else_is_wrong_or_other_times_are_shown(client, address, slot):
    preferences = {"calendar_entries": "none", "wants_announcements": "on"}

    for answer in (
        client.post(address, typed(slot, name="", **preferences)),
        client.post(address, typed(slot, show_times="1", **preferences)),
    ):
        form = answer.context["form"]
        assert [choice.data["selected"] for choice in form["calendar_entries"]] == [False, False, True]
        assert form["wants_announcements"].value()


def test_calendar_choice_that_does_not_exist_is_an_error_beside_it(client, address, slot):
    response = client.post(address, typed(slot, calendar_entries="letter"))

    assert [problem.anchor for problem in page_of(response).problems] == ["calendar-entries"]
    assert 'id="calendar-entries" tabindex="-1" aria-describedby="calendar-error"' in response.text
