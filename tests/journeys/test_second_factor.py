"""Staff set up their second factor and use it, by an app and by a security key, in a real browser."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import expect

from tests.support.accessibility import RULES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a long password for tests"


@pytest.fixture
def owner():
    return User.objects.create_superuser("owner", password=PASSWORD)


def types_password(page, site):
    page.goto(f"{site}/admin/")
    page.get_by_label("Username").fill("owner")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def shown_by_app(secret) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def plug_in_key(page):
    """A security key that says yes to everything."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
    options |= {"automaticPresenceSimulation": True, "hasResidentKey": False}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def at_the_desk(page):
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts on", "scripts off"])
def test_app_is_set_up_and_opens_the_desk_from_then_on(open_page, site, owner, javascript):
    # Given a member of staff with a password only, who is led to the second factor
    page = open_page(width=360, javascript=javascript)
    types_password(page, site)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your second factor")

    # When they set up an app
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator(".secret").inner_text()
    page.get_by_label("Code").fill(shown_by_app(secret))
    page.get_by_role("button", name="Set up this app").click()

    # Then they get codes for the day on which it is lost, and the desk
    recovery = page.locator(".recovery li").first.inner_text()
    page.get_by_role("link", name="Go to the staff desk").click()
    at_the_desk(page)

    # And the next sign-in asks for it
    another = open_page(javascript=javascript)
    types_password(another, site)
    another.get_by_label("Code").fill(recovery)
    another.get_by_role("button", name="Sign in", exact=True).click()
    at_the_desk(another)


def test_security_key_is_added_and_opens_the_desk(open_page, site, owner):
    # Given a member of staff with a security key
    page = open_page()
    plug_in_key(page)
    types_password(page, site)

    # When they add it
    page.get_by_role("link", name="Add a security key").click()
    page.get_by_role("button", name="Add this key").click()

    # Then it opens the desk, now and at the next sign-in
    page.get_by_role("link", name="Go to the staff desk").click()
    at_the_desk(page)
    page.goto(f"{site}/staff/second-factor/")
    page.get_by_role("button", name="Sign out").click()
    types_password(page, site)
    page.get_by_role("button", name="Use my security key").click()
    at_the_desk(page)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_pages_break_no_rule_of_access_and_fit_a_phone(open_page, site, owner, color_scheme):
    page = open_page(width=360, color_scheme=color_scheme)
    types_password(page, site)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your second factor")
    found = {}
    for path in ["", "app/", "keys/add/", "keys/"]:
        page.goto(f"{site}/staff/second-factor/{path}")
        found[path] = faults(page)
    page.goto(f"{site}/staff/second-factor/app/")
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Set up this app").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found["error"] = faults(page)
    page.get_by_label("Code").fill(shown_by_app(page.locator(".secret").inner_text()))
    page.get_by_role("button", name="Set up this app").click()
    expect(page.locator(".recovery li").first).to_be_visible()
    found["codes"] = faults(page)
    another = open_page(width=360, color_scheme=color_scheme)
    types_password(another, site)
    expect(another.get_by_label("Code")).to_be_visible()
    found["second step"] = faults(another)

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def faults(page) -> list[str]:
    violations = Axe().run(page, options=RULES).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [violation["id"] for violation in violations] + ([f"{wide} px"] if wide > 360 else [])
