"""What is illegible in the dark only is found, on a page that was opened in the light."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.support.accessibility import COLOUR_RULES, RULES, TAGS, violations_in_the_dark

pytestmark = pytest.mark.browser

PALE_IN_THE_DARK = """<!doctype html><html lang="en"><title>Dark</title>
<style>
  a { color: #000; background: #fff; }
  @media (prefers-reduced-motion: no-preference) { a { transition: background-color 9s; } }
  @media (prefers-color-scheme: dark) { a { background: #111; } }
</style>
<main><h1>Dark</h1><a href="/">Home</a></main>"""


@pytest.fixture
def page(open_page):
    page = open_page()
    page.set_content(PALE_IN_THE_DARK)
    return page


def test_colours_of_the_dark_are_looked_at_as_they_end(page):
    assert Axe().run(page, options=RULES).response["violations"] == []

    assert [violation["id"] for violation in violations_in_the_dark(page)] == ["color-contrast"]


def test_all_rules_about_colours_are_asked_in_the_dark(page):
    Axe().run(page, options=RULES)

    rules = page.evaluate("axe.getRules(['cat.color'])")

    asked = {rule["ruleId"] for rule in rules if set(rule["tags"]) & set(TAGS)}
    assert asked == set(COLOUR_RULES["runOnly"]["values"])
