"""A sign-in that ends while somebody types, in a real browser."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session as BrowserSession

from tests.factories import OccurrenceFactory, SpeakerFactory
from tests.support.sessions.admin_pages import page as address
from tests.support.staff import PASSWORD, SECRET, code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def anna():
    user = User.objects.create_superuser("anna", password=PASSWORD)
    TOTP.activate(user, SECRET)


def sign_in(page, steps):
    page.get_by_label("Username").fill("anna")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(code(steps=steps))
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts on", "scripts off"])
def test_form_is_back_after_signing_in_again(open_page, site, anna, javascript):
    slot = OccurrenceFactory(session__title="Mercury in science")
    SpeakerFactory(session=slot.session)
    page = open_page(javascript=javascript, timezone="Europe/Zurich", width=360)
    page.goto(site + address("session_change", slot.session_id))
    sign_in(page, steps=0)
    page.fill("#id_summary", "An hour of work\n\nin two paragraphs")
    page.fill("#id_speakers-0-role", "Chair")

    BrowserSession.objects.all().delete()
    page.get_by_role("button", name="Save", exact=True).click()
    sign_in(page, steps=1)

    page.get_by_role("heading", name="Your form is back").wait_for()
    slot.session.refresh_from_db()
    assert slot.session.summary == ""
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("was changed successfully").wait_for()
    slot.session.refresh_from_db()
    assert slot.session.summary.splitlines() == ["An hour of work", "", "in two paragraphs"]
    assert slot.session.speakers.get().role == "Chair"


def test_form_of_another_window_is_back_after_a_new_sign_in(open_page, site, anna):
    slot = OccurrenceFactory()
    form = site + address("occurrence_change", slot.pk)
    old = open_page(timezone="Europe/Zurich")
    old.goto(form)
    sign_in(old, steps=0)
    old.fill("#id_capacity", "7")

    BrowserSession.objects.all().delete()
    new = old.context.new_page()
    new.goto(form)
    sign_in(new, steps=1)
    new.locator("#id_capacity").wait_for()
    old.get_by_role("button", name="Save", exact=True).click()
    old.get_by_role("heading", name="Your form is back").wait_for()

    assert old.input_value("#id_capacity") == "7"
    old.get_by_role("button", name="Save", exact=True).click()
    old.get_by_text("was changed successfully").wait_for()
    slot.refresh_from_db()
    assert slot.capacity == 7
