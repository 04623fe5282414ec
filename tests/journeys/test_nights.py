"""On a phone: whoever has a time slot at night gets out of it with one press."""

import re

import pytest
from playwright.sync_api import expect

from registrations.models import Registration
from sessions.models import Occurrence
from tests.journeys.conftest import TWICE

pytestmark = pytest.mark.browser


@pytest.fixture
def slots(seasons):
    """At 09:00 and 15:00 in Geneva: at night and by day in Lima."""
    return list(Occurrence.objects.filter(session__season=seasons["rehearsal"], session__title=TWICE).in_order())


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts on", "scripts off"])
def test_button_beside_a_slot_at_night_takes_the_other_one_and_loses_nothing(person, slots, javascript):
    # Given somebody in Lima whose link is for the slot at night, and who has typed everything
    somebody = person("America/Lima", javascript=javascript, width=360)
    if not javascript:
        somebody.says_where_they_are()
    page = somebody.opens(f"/sign-up/rehearsal/?slot={slots[0].pk}")
    somebody.fills_in()

    # When they press the button of the line
    somebody.presses(re.compile("^Take .* instead"))

    # Then the other slot is chosen, the line is gone, and the form can be sent
    expect(page.get_by_role("radio", checked=True).first).to_have_value(str(slots[1].pk))
    expect(page.get_by_text("is at night for you")).to_be_hidden()
    somebody.presses("Sign me up")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your mail")
    assert Registration.objects.get().occurrence == slots[1]


def test_button_for_the_recording_ticks_it(person, slots):
    slots[1].delete()
    somebody = person("America/Lima", width=360)
    page = somebody.opens(f"/sign-up/rehearsal/?slot={slots[0].pk}")
    somebody.fills_in()

    somebody.presses("Send me the recording")
    expect(page.get_by_text("You ask us for the recording.")).to_be_visible()
    expect(page.get_by_label("Tell me when recordings")).to_be_checked()
    somebody.presses("Sign me up")

    expect(page.get_by_role("heading", level=1)).to_have_text("Check your mail")
    registration = Registration.objects.get()
    assert (registration.occurrence, registration.participant.wants_announcements) == (slots[0], True)


def test_zone_corrected_in_the_details_names_the_night_and_the_way_out(registered, slots):
    # Given somebody in Nairobi who has the first slot
    somebody = registered(width=360)
    page = somebody.opens_my_season()
    somebody.follows("Correct my details")

    # When they are in Lima
    page.get_by_label("Your time zone").select_option("America/Lima")
    somebody.presses("Save my details")

    # Then the page names what is at night, and two presses move them
    expect(page.get_by_role("status")).to_contain_text(f"At night for you now: “{TWICE}”")
    somebody.follows("Change to the other time slot")
    somebody.presses("Change my time slot")
    expect(page.get_by_role("status")).to_contain_text("is changed")
    expect(page.get_by_text("at night for you")).to_have_count(0)
    assert Registration.objects.get().occurrence == slots[1]
