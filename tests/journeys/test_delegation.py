"""A focal point signs up a delegation on a phone without scripts, and somebody named says yes."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from registrations.models import Registration
from tests.journeys.people import Person, subjects, text_of
from tests.support.accessibility import RULES

pytestmark = pytest.mark.browser

ONCE = "Mercury material flow (Supply, demand and trade)"
TWICE = "Article 8 Emissions"


@pytest.fixture
def focal_point(person):
    somebody = person("Africa/Nairobi", javascript=False, width=360)
    somebody.says_where_they_are()
    return somebody


def names(page, number, name, email=""):
    line = page.get_by_role("group", name=f"Person {number}", exact=True)
    line.get_by_label("Name").fill(name)
    line.get_by_label("E-mail").fill(email)


def names_six_people(focal_point):
    """For whom they need more lines."""
    page = focal_point.page
    names(page, 1, "Omar Said")
    focal_point.presses("Add more lines")
    expect(page.get_by_role("group", name="Person 10")).to_be_visible()
    for number, name in enumerate(["李小龙", "Ana M.", "O'Brien", "Nguyễn Thị Minh"], 2):
        names(page, number, name)
    names(page, 6, "Juma Kiptoo", "juma@example.org")


def opens_page_behind(focal_point, mail):
    page = focal_point.page
    page.goto(re.search(r"\S+/delegations/\S+", text_of(mail))[0])
    expect(page.get_by_text("juma@example.org")).to_be_visible()


def mail_to(mails, address):
    return next(mail for mail in mails if mail.rcpt_tos == (address,))


def test_delegation_from_the_form_to_the_yes_of_a_person(focal_point, open_page, smtp_server, site):
    page = focal_point.opens("/sign-up/rehearsal/")
    focal_point.follows("Sign up a delegation")

    # When they name six people
    focal_point.ticks(ONCE, TWICE)
    names_six_people(focal_point)
    focal_point.fills_in("Focal Point", "point@ministry.example")
    page.get_by_label("No", exact=True).check()
    focal_point.presses("Sign them up")

    # Then one mail leaves, to them alone
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step: press the button in our mail")
    [mail] = smtp_server.wait_for(1)
    assert (mail.rcpt_tos, Registration.objects.count()) == (("point@ministry.example",), 0)

    # When they look at the page behind its link and press the button
    opens_page_behind(focal_point, mail)
    focal_point.presses("Sign them up")

    # Then everybody has a seat, and two more mails leave
    expect(page.get_by_role("heading", level=1)).to_have_text("Your delegation is signed up")
    mails = smtp_server.wait_for(3)[1:]
    assert Registration.objects.confirmed().count() == 12
    assert "You signed up 6 people for" in mail_to(mails, "point@ministry.example").message["Subject"]

    # When the person with an own address opens their mail and says yes
    phone = open_page(javascript=False, width=360, timezone="Africa/Nairobi")
    juma = Person(phone, site, smtp_server, "Africa/Nairobi")
    juma.page.goto(re.search(r"\S+/take-part/", text_of(mail_to(mails, "juma@example.org")))[0])
    juma.presses("Yes, I take part")

    # Then they get their links and entries
    expect(juma.page.get_by_text("Thank you. A mail with your links is on its way.")).to_be_visible()
    mails = smtp_server.wait_for(6)[1:]
    assert any("2 registrations" in subject for subject in subjects(mails[2:]))

    # And the focal point finds who stayed on their own page
    page.goto(re.search(r"\S+/my/\S+", text_of(mail_to(mails, "point@ministry.example")))[0])
    expect(page.get_by_role("heading", level=1)).to_have_text("My season")


def test_errors_of_a_full_form_break_no_rule_and_fit_a_phone(open_page, site, seasons):
    open_page.expect_fault("422")
    page = open_page(width=360)
    somebody = Person(page, site, None, "Africa/Nairobi")
    somebody.opens("/sign-up/rehearsal/delegation/")
    somebody.ticks(ONCE)
    somebody.fills_in()
    page.get_by_label("No", exact=True).check()
    for _ in range(3):
        page.get_by_role("button", name="Add more lines").click()
    for number in range(1, 21):
        names(page, number, f"www.evil{number}.example" if number % 2 else f"Person {'x' * number}", "half@ministry")

    page.get_by_role("button", name="Sign them up").click()

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("group", name="Person 19", exact=True).get_by_label("Name")).to_have_value(
        "www.evil19.example"
    )
    assert Axe().run(page, options=RULES).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
