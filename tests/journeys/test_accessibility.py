"""Every page for everybody: the rules of WCAG 2.2 AA that a program can check, narrow pages, and the keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.pages import every_page
from tests.journeys.people import Person
from tests.support.accessibility import RULES, violations_in_the_dark

pytestmark = pytest.mark.browser


@pytest.fixture
def walk(open_page, site, seasons):
    """Opens every page one after the other and gives its address."""
    open_page.expect_fault("404")
    open_page.expect_fault("410")

    def visit(**page_options):
        page = open_page(**page_options)
        for address in every_page(seasons):
            page.goto(site + address.path)
            yield address, page

    return visit


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_breaks_a_rule_of_access(walk, width):
    axe = Axe()

    found = {}
    for address, page in walk(width=width):
        by_scheme = {
            "light": axe.run(page, options=RULES).response["violations"],
            "dark": violations_in_the_dark(page),
        }
        found |= {(address.name, scheme): told(violations) for scheme, violations in by_scheme.items() if violations}

    assert found == {}


def told(violations):
    return [f"{v['id']}: {v['nodes'][0]['html'][:150]}" for v in violations]


def test_no_page_is_wider_than_a_phone(walk):
    too_wide = {}
    for address, page in walk(timezone="America/Argentina/Buenos_Aires"):
        for width in (320, 360):
            page.set_viewport_size({"width": width, "height": 800})
            needed = page.evaluate("document.documentElement.scrollWidth")
            if needed > width:
                too_wide[address.name, width] = needed

    assert too_wide == {}


def test_errors_of_the_form_break_no_rule_and_take_the_focus(open_page, site, seasons):
    open_page.expect_fault("422")
    page = open_page(width=360)
    somebody = Person(page, site, None, "Africa/Nairobi")
    somebody.opens("/sign-up/rehearsal/")
    somebody.fills_in(name="$$$", email="amina@ministry")

    somebody.presses("Sign me up")

    expect(page.get_by_role("alert")).to_be_focused()
    assert Axe().run(page, options=RULES).response["violations"] == []


def test_sign_up_by_keyboard_alone(open_page, site, seasons):
    page = open_page()
    page.goto(f"{site}/sign-up/rehearsal/?session=article-8-emissions")

    for label, typed in [("Your name", "Amina Otieno"), ("E-mail", "amina@ministry.example")]:
        tab_to(page, page.get_by_label(label))
        page.keyboard.type(typed)
    for label, typed in [("Country or area", "Kenya"), ("I represent", "Academia")]:
        tab_to(page, page.get_by_label(label))
        page.keyboard.type(typed)
    tab_to(page, page.get_by_label("I agree"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Sign me up"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Check your mail")


def tab_to(page, target):
    for _ in range(60):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {target}")
