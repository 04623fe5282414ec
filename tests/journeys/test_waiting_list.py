"""One place, two people: the second waits, and gets the place with its calendar entry when the first one cancels."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from registrations.models import Registration
from sessions.models import Occurrence
from tests.journeys.people import subjects, text_of
from tests.support.accessibility import RULES

pytestmark = pytest.mark.browser

ONCE = "Mercury material flow (Supply, demand and trade)"
TWICE = "Article 8 Emissions"


@pytest.fixture
def one_place(seasons):
    """A session of the rehearsal with one place, and the first slot of another one with one place."""
    slots = Occurrence.objects.filter(session__season=seasons["rehearsal"]).in_order()
    once = slots.get(session__title=ONCE)
    first = slots.filter(session__title=TWICE).first()
    Occurrence.objects.filter(pk__in=[once.pk, first.pk]).update(capacity=1)
    return once


def signs_up(somebody, title, name, email, javascript=True):
    if not javascript:
        somebody.says_where_they_are()
    page = somebody.opens("/sign-up/rehearsal/")
    somebody.ticks(title)
    somebody.fills_in(name, email)
    somebody.presses("Sign me up")
    return page


def breaks_no_rule(page):
    """The rules are looked up by a script, so only where scripts run."""
    assert Axe().run(page, options=RULES).response["violations"] == []


def mails_to(somebody, email, count):
    return [mail for mail in somebody.receives(count) if mail.rcpt_tos == (email,)]


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts on", "scripts off"])
def test_second_person_waits_and_moves_up(person, one_place, javascript):
    # Given somebody who took the only place
    first = person("Africa/Nairobi", javascript=javascript)
    signs_up(first, ONCE, "Amina Otieno", "amina@ministry.example", javascript)
    first.receives(1)
    first_page = first.season_page

    # When a second person looks, then the page says that it is full, and leads to the waiting list
    second = person("Africa/Nairobi", javascript=javascript, width=360)
    if not javascript:
        second.says_where_they_are()
    page = second.opens(one_place.session.get_absolute_url())
    expect(page.get_by_text("All places taken, waiting list open")).to_be_visible()
    if javascript:
        breaks_no_rule(page)
    second.follows("Join the waiting list")
    expect(page.get_by_role("checkbox", name=ONCE)).to_be_checked()
    expect(page.get_by_text("Put me on the waiting list")).to_be_visible()
    if javascript:
        breaks_no_rule(page)

    # And after the form a mail gives the number, and no entry
    second.fills_in("Juma Otieno", "juma@ministry.example")
    second.presses("Sign me up")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your mail")
    [listed] = mails_to(second, "juma@ministry.example", 2)
    assert "You are number 1 on the waiting list" in text_of(listed)
    waiting = Registration.objects.waiting().get()
    assert waiting.uid not in second.calendar.entries

    # When the first one cancels, then the second has the place, the mail, and the entry
    first.season_page = first_page
    first.opens_my_season()
    first.follows("Cancel")
    first.presses("Cancel my registration")
    expect(first.page.get_by_role("status")).to_be_visible()
    mails = mails_to(second, "juma@ministry.example", 4)
    assert subjects(mails)[1].endswith("(UTC+3)")
    assert "You have a place" in subjects(mails)[1]
    assert second.calendar.entries == {waiting.uid: one_place.starts_at}


def test_who_waits_sees_the_number_and_takes_the_other_slot(person, one_place):
    # Given a first slot whose only place is taken
    first = person("Africa/Nairobi")
    signs_up(first, TWICE, "Amina Otieno", "amina@ministry.example")
    first.receives(1)

    # When somebody chooses its list although the other slot is free and chosen beforehand
    second = person("Africa/Nairobi", width=360)
    page = second.opens("/sign-up/rehearsal/")
    choice = page.locator(".choice").filter(has_text=TWICE)
    second.ticks(TWICE)
    expect(choice.get_by_text("the other time slot has free places")).to_be_visible()
    expect(choice.get_by_role("radio").nth(1)).to_be_checked()
    choice.get_by_role("radio").nth(0).check()
    second.fills_in("Juma Otieno", "juma@ministry.example")
    second.presses("Sign me up")
    [listed] = mails_to(second, "juma@ministry.example", 2)
    assert "Take the other time slot: it has free places" in text_of(listed)

    # Then their page shows the number, and one link and one button give the other slot
    waiting = Registration.objects.waiting().get()
    second.season_page = f"/my/{waiting.participant.key}/"
    second.opens_my_season()
    expect(page.get_by_text("You are on the waiting list: number 1.")).to_be_visible()
    breaks_no_rule(page)
    second.follows("Take the other time slot: it has free places")
    expect(page.get_by_role("button", name="Take this time slot")).to_be_visible()
    breaks_no_rule(page)
    second.presses("Take this time slot")
    expect(page.get_by_role("status")).to_contain_text("You have a place")

    # And the entry for it comes by mail
    second.receives(3)
    other = one_place.session.season.sessions.get(title=TWICE).occurrences.in_order().last()
    assert second.calendar.entries[waiting.uid] == other.starts_at


def test_join_and_leaving_page_of_who_waits_break_no_rule(person, one_place):
    first = person("Africa/Nairobi")
    signs_up(first, ONCE, "Amina Otieno", "amina@ministry.example")
    first.receives(1)
    second = person("Africa/Nairobi", width=360, color_scheme="dark")
    page = second.opens(f"/sign-up/rehearsal/?session={one_place.session.slug}&wait=1")
    second.fills_in("Juma Otieno", "juma@ministry.example")
    second.presses("Sign me up")
    second.receives(2)
    waiting = Registration.objects.waiting().get()

    for path in (f"/join/{waiting.join_key}/", f"/my/{waiting.participant.key}/{one_place.session.slug}/cancel/"):
        second.opens(path)
        breaks_no_rule(page)

    second.presses("Leave the waiting list")
    expect(page.get_by_role("status")).to_contain_text("You left the waiting list")
