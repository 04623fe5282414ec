"""A tired official on a phone: how often they tap, beside typing, until they are signed up."""

import pytest
from playwright.sync_api import expect

from registrations.models import Registration
from sessions.models import Session
from tests.journeys.conftest import TWICE

pytestmark = pytest.mark.browser
AT_MOST = 12
# A list of the phone opens with one tap, and the second one chooses.
COUNTS_TAPS = """
addEventListener("pointerdown", () => countTaps(1), true);
addEventListener("input", (event) => event.target.tagName === "SELECT" && countTaps(2), true);
"""


def taps_of(page) -> list[int]:
    """Filled while the person goes from page to page."""
    taps = []
    page.expose_function("countTaps", lambda number: taps.append(number))
    page.add_init_script(COUNTS_TAPS)
    return taps


def types(page, label, words):
    """Into a field that was tapped."""
    field = page.get_by_label(label, exact=True)
    field.click()
    field.fill(words)


def test_link_to_one_session_leads_to_the_mail_in_few_taps(person, seasons):
    # Given an official with a link to one session
    session = Session.objects.get(season=seasons["rehearsal"], title=TWICE)
    somebody = person("Africa/Nairobi", width=360)
    page, taps = somebody.page, taps_of(somebody.page)
    somebody.opens(session.get_absolute_url())

    # When they sign up for the first time slot, and for nothing else
    somebody.follows("Sign up")
    types(page, "Your name", "Amina Otieno")
    types(page, "E-mail", "amina@ministry.example")
    page.get_by_label("Country or area").select_option(label="Kenya")
    page.get_by_label("I represent").select_option("party")
    page.get_by_label("I agree").check()
    somebody.presses("Sign me up")

    # Then they are asked nothing more
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your mail")
    assert Registration.objects.get().session == session
    # At least the link, two fields, two lists, a tick and a button were counted.
    assert 9 <= sum(taps) <= AT_MOST
