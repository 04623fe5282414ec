"""Somebody who reads Arabic: pages that are mirrored and break no rule, and a form that forgets nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from django.utils.translation import gettext, override
from playwright.sync_api import expect

from registrations.models import Registration
from tests.journeys.pages import every_page
from tests.support.accessibility import RULES

pytestmark = pytest.mark.browser
# Links in a line of text may be smaller (WCAG 2.5.8); the bar is none.
SMALLEST_TARGET = 24


def in_arabic(path) -> str:
    """Those of one person and of staff have no other address."""
    with override("ar"):
        try:
            resolve(f"/ar{path}".partition("?")[0])
        except Resolver404:
            return path
    return f"/ar{path}"


def test_no_arabic_page_breaks_a_rule_or_is_wider_than_a_phone(open_page, site, seasons):
    for status in ("404", "410"):
        open_page.expect_fault(status)
    page, axe, found = open_page(width=360), Axe(), {}
    page.context.add_cookies([{"name": "language", "value": "ar", "url": site}])

    for address in every_page(seasons):
        page.goto(site + in_arabic(address.path))
        rules = [violation["id"] for violation in axe.run(page, options=RULES).response["violations"]]
        width = page.evaluate("document.documentElement.scrollWidth")
        bar = [link.bounding_box()["height"] for link in page.locator(".languages a").all()]
        if rules or width > 360 or min(bar, default=SMALLEST_TARGET) < SMALLEST_TARGET:
            found[address.name] = (rules, width, bar)

    assert found == {}


@pytest.mark.parametrize(
    ("language", "name", "zone", "scripts"),
    [
        ("ar", "أمينة أوتيينو", "Africa/Cairo", True),
        ("ar", "أمينة أوتيينو", "Africa/Cairo", False),
        ("zh-hans", "王小明", "Asia/Shanghai", True),
        ("zh-hans", "王小明", "Asia/Shanghai", False),
    ],
    ids=["Arabic", "Arabic, scripts off", "Chinese", "Chinese, scripts off"],
)
def test_from_the_programme_to_the_mail_in_one_language(person, language, name, zone, scripts):
    # Given the programme in a language
    somebody = person(zone, javascript=scripts, width=360)
    page = somebody.opens(f"/{language}/")

    # When somebody signs up
    page.locator(f"a[href='/{language}/sign-up/rehearsal/']").first.click()
    page.locator("[name=session][value=material-flow-supply-demand-trade]").check()
    page.locator("[name=timezone]").select_option(zone, force=True)
    page.locator("[name=name]").fill(name)
    page.locator("[name=email]").fill("amina@ministry.example")
    page.locator("[name=country]").select_option("404")
    page.locator("[name=stakeholder]").select_option("party")
    page.locator("[name=consent]").check()
    with override(language):
        somebody.presses(str(gettext("Sign me up")))

    # Then the next page, the mail and the page behind its link are in that language
    expect(page.locator("html")).to_have_attribute("lang", language)
    [mail] = somebody.receives(1)
    with override(language):
        begins = gettext("Your registration: %(title)s, %(day)s, %(hour)s (%(zone)s)").partition("%")[0]
    assert mail.message["Subject"].startswith(begins)
    assert f'lang="{language}"' in mail.message.get_body(("html",)).get_content()
    [starts_at] = somebody.calendar.entries.values()
    registration = Registration.objects.get()
    assert (starts_at, registration.participant.timezone) == (registration.occurrence.starts_at, zone)
    somebody.opens_my_season()
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("main").get_by_text(name, exact=True).first).to_be_visible()


def test_form_keeps_what_was_typed_when_its_language_changes(open_page, site, seasons):
    # Given a form that is half filled in
    page = open_page(width=360)
    page.goto(f"{site}/sign-up/rehearsal/?session=article-8-emissions")
    page.get_by_label("Your name").fill("Amina Otieno")
    page.get_by_label("Country or area").select_option(label="Kenya")
    page.get_by_label("I agree").check()

    # When its language is changed
    page.get_by_role("link", name="العربية").click()

    # Then it is all there, and mails follow the page
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("[name=name]")).to_have_value("Amina Otieno")
    expect(page.locator("[name=country]")).to_have_value("404")
    expect(page.locator("[name=consent]")).to_be_checked()
    expect(page.locator("[name=language]")).to_have_value("ar")
    expect(page.locator("[name=session][value=article-8-emissions]")).to_be_checked()

    # And another page finds nothing of it
    page.goto(f"{site}/ar/")
    assert page.evaluate("sessionStorage.length") == 0


def test_delegation_keeps_all_its_lines(open_page, site, seasons):
    page = open_page(width=360)
    page.goto(f"{site}/sign-up/rehearsal/delegation/")
    page.get_by_role("button", name="Add more lines").click()
    lines = page.locator("fieldset.person input[type=text]")
    number = lines.count()
    lines.last.fill("Juma Kiptoo")

    page.get_by_role("link", name="Français").click()

    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("fieldset.person input[type=text]")).to_have_count(number)
    expect(page.locator("fieldset.person input[type=text]").last).to_have_value("Juma Kiptoo")
