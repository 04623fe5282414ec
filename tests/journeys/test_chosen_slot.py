"""The slot pressed is the slot registered, on a phone, with and without scripts; and who is elsewhere is asked."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from registrations.models import Registration
from sessions.models import Occurrence
from tests.support.accessibility import RULES

pytestmark = pytest.mark.browser

TWICE = "Article 8 Emissions"
SCRIPTS = pytest.mark.parametrize("javascript", [True, False], ids=["scripts on", "scripts off"])


@pytest.fixture
def slots(seasons):
    """The two of a session of the rehearsal."""
    return list(Occurrence.objects.filter(session__season=seasons["rehearsal"], session__title=TWICE).in_order())


def sits_in(person, zone, javascript):
    somebody = person(zone, javascript=javascript, width=360)
    if not javascript:
        somebody.says_where_they_are()
    return somebody


def is_done(somebody):
    expect(somebody.page.get_by_role("heading", level=1)).to_have_text("Check your mail")


def breaks_no_rule(page, javascript):
    """The rules are looked up by a script, so only where scripts run."""
    if javascript:
        assert Axe().run(page, options=RULES).response["violations"] == []


@SCRIPTS
@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("page", ["season", "session"])
def test_slot_pressed_is_the_slot_registered(person, slots, page, number, javascript):
    somebody = sits_in(person, "Africa/Nairobi", javascript)
    opened = somebody.opens(slots[0].session.get_absolute_url() if page == "session" else "/seasons/rehearsal/")

    opened.get_by_role("link", name=re.compile(f"^Sign up ?: {TWICE}")).nth(number).click()
    expect(opened.get_by_role("radio", checked=True).first).to_have_value(str(slots[number].pk))
    somebody.fills_in()
    somebody.presses("Sign me up")

    is_done(somebody)
    assert Registration.objects.get().occurrence == slots[number]


@SCRIPTS
@pytest.mark.parametrize("number", [0, 1])
def test_waiting_list_pressed_is_the_one_joined(person, slots, number, javascript):
    Occurrence.objects.filter(pk=slots[number].pk).update(capacity=0)
    somebody = sits_in(person, "Africa/Nairobi", javascript)
    page = somebody.opens(slots[0].session.get_absolute_url())

    page.get_by_role("link", name=re.compile(f"^Join the waiting list ?: {TWICE}")).click()
    somebody.fills_in()
    somebody.presses("Sign me up")

    is_done(somebody)
    assert Registration.objects.waiting().get().occurrence == slots[number]


def test_slots_show_under_a_ticked_session_only(person, slots):
    somebody = sits_in(person, "Africa/Nairobi", javascript=False)
    page = somebody.opens("/sign-up/rehearsal/")
    choice = page.locator(".choice").filter(has_text=TWICE)
    expect(choice.get_by_role("radiogroup")).to_be_hidden()

    somebody.ticks(TWICE)

    expect(choice.get_by_role("radiogroup")).to_be_visible()


def test_without_scripts_a_slot_whose_session_was_unticked_is_asked_about(person, slots):
    somebody = sits_in(person, "Africa/Nairobi", javascript=False)
    page = somebody.opens("/sign-up/rehearsal/")
    choice = page.locator(".choice").filter(has_text=TWICE)
    somebody.ticks(TWICE)
    choice.get_by_role("radio").nth(1).check()
    choice.get_by_role("checkbox").uncheck()
    expect(choice.get_by_text("but the session is not ticked")).to_be_visible()

    somebody.fills_in()
    somebody.presses("Sign me up")
    expect(page.get_by_role("checkbox", name=TWICE)).to_be_checked()
    somebody.presses("Sign me up")

    is_done(somebody)
    assert Registration.objects.get().occurrence == slots[1]


def test_with_scripts_the_sentence_above_the_button_is_what_is_sent(person, slots):
    somebody = sits_in(person, "Africa/Nairobi", javascript=True)
    page = somebody.opens(f"/sign-up/rehearsal/?slot={slots[0].pk}")
    summary, choice = page.locator("#summary"), page.locator(".choice").filter(has_text=TWICE)
    hours = choice.locator("time").all_inner_texts()
    expect(summary.get_by_role("listitem")).to_have_count(1)
    expect(summary).to_contain_text(hours[0])

    choice.get_by_role("radio").nth(1).check()
    expect(summary).to_contain_text(hours[1])
    choice.get_by_role("checkbox").uncheck()
    expect(summary).to_contain_text("No session yet")
    choice.get_by_role("checkbox").check()
    expect(summary).to_contain_text(hours[0])
    breaks_no_rule(page, javascript=True)

    somebody.fills_in()
    somebody.presses("Sign me up")
    is_done(somebody)
    assert Registration.objects.get().occurrence == slots[0]


def test_season_that_is_unticked_leaves_no_stream_ticked(person, slots):
    somebody = sits_in(person, "Africa/Nairobi", javascript=True)
    page = somebody.opens("/sign-up/rehearsal/")
    stream = page.get_by_role("checkbox", name=f"All sessions of {slots[0].session.stream.title}", exact=True)
    season = page.get_by_role("checkbox", name="The whole season", exact=True)

    stream.check()
    season.check()
    season.uncheck()

    expect(page.locator("#summary")).to_contain_text("No session yet")
    expect(stream).not_to_be_checked()
    somebody.ticks(TWICE)
    somebody.fills_in()
    somebody.presses("Sign me up")
    is_done(somebody)
    assert Registration.objects.get().session == slots[0].session


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_review_breaks_no_rule(person, slots, color_scheme):
    somebody = person("Africa/Nairobi", width=360, color_scheme=color_scheme)
    page = somebody.opens("/sign-up/rehearsal/")
    somebody.ticks(TWICE)
    somebody.fills_in(email="amina@gmial.com")
    page.locator("[data-asks-zone] summary").click()
    page.get_by_label("Your time zone", exact=True).select_option("America/Lima")
    somebody.presses("Sign me up")

    expect(page.get_by_role("heading", level=1)).to_have_text("Please answer this first")
    expect(page.get_by_role("radiogroup").get_by_role("radio", checked=True)).to_have_value(str(slots[1].pk))
    expect(page.get_by_role("radiogroup").get_by_role("radio")).to_have_count(2)
    breaks_no_rule(page, javascript=True)
    somebody.presses("Sign me up")
    expect(page.get_by_role("heading", level=1)).to_have_text("Please answer this first")
    page.get_by_label("Yes, amina@gmail.com").check()
    somebody.presses("Sign me up")

    is_done(somebody)
    expect(page.get_by_text("amina@gmail.com")).to_be_visible()
    breaks_no_rule(page, javascript=True)
    registration = Registration.objects.get()
    assert (registration.occurrence, registration.participant.email) == (slots[1], "amina@gmail.com")


def test_mistyped_domain_is_asked_about_without_scripts(person, slots):
    somebody = sits_in(person, "Africa/Nairobi", javascript=False)
    page = somebody.opens(f"/sign-up/rehearsal/?slot={slots[1].pk}")
    somebody.fills_in(email="amina@gmial.com")
    somebody.presses("Sign me up")

    expect(page.get_by_role("heading", level=1)).to_have_text("Please answer this first")
    assert not Registration.objects.exists()
    page.get_by_label("Yes, amina@gmail.com").check()
    somebody.presses("Sign me up")

    is_done(somebody)
    expect(page.get_by_text("amina@gmail.com")).to_be_visible()
    registration = Registration.objects.get()
    assert (registration.occurrence, registration.participant.email) == (slots[1], "amina@gmail.com")


def test_country_elsewhere_with_the_zone_left_open_is_asked(person, slots):
    """Without scripts the form is in Geneva's time, where it proposes the slot that is at night in Fiji."""
    by_night, by_day = slots
    for slot, hour in ((by_night, 13), (by_day, 21)):
        starts_at = slot.starts_at.replace(hour=hour, minute=0)
        Occurrence.objects.filter(pk=slot.pk).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    somebody = person("Pacific/Fiji", javascript=False, width=360)
    page = somebody.opens("/sign-up/rehearsal/")
    somebody.ticks(TWICE)
    choice = page.locator(".choice").filter(has_text=TWICE)
    expect(choice.get_by_role("radio", checked=True)).to_have_value(str(by_night.pk))
    somebody.fills_in()
    page.get_by_label("Country or area").select_option(label="Fiji")
    somebody.presses("Sign me up")

    expect(page.get_by_text("These are yours, in Suva")).to_be_visible()
    assert not Registration.objects.exists()
    somebody.presses("Sign me up")
    is_done(somebody)
    registration = Registration.objects.get()
    assert (registration.occurrence, registration.participant.timezone) == (by_day, "Pacific/Fiji")
