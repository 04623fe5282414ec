"""Two browsers on one form: what each typed is kept, and where both typed, a person chooses."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import staff
from tests.factories import OccurrenceFactory, SpeakerFactory
from tests.sessions.admin_pages import page as address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_desk(open_page, site):
    def opened(name, **kind):
        client = staff.sign_in(Client(), User.objects.create_superuser(name.lower(), first_name=name))
        page = open_page(timezone="Europe/Zurich", **kind)
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        return page

    return opened


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_load_state()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("javascript", [True, False], ids=["scripts on", "scripts off"])
def test_two_people_work_on_one_session(open_desk, site, width, javascript):
    slot = OccurrenceFactory(capacity=40, session__title="Mercury in science")
    SpeakerFactory(session=slot.session, name="Wanjiru Kamau")
    form = site + address("session_change", slot.session_id)
    anna, ben = open_desk("Anna"), open_desk("Ben", width=width, javascript=javascript)
    anna.goto(form)
    ben.goto(form)

    anna.fill("#id_title", "Mercury and science")
    anna.fill("#id_occurrences-0-capacity", "20")
    anna.fill("#id_platform", "Webex")
    save(anna)
    ben.fill("#id_title", "The science of mercury")
    ben.fill("#id_summary", "First line\nSecond line")
    ben.fill("#id_speakers-0-role", "Chair")
    ben.uncheck("#id_is_published")
    save(ben)

    ben.get_by_role("heading", name="The same entries were changed elsewhere").wait_for()
    choices = ben.get_by_role("group", name="Title")
    assert choices.locator(".value").all_inner_texts() == ["Mercury and science", "The science of mercury"]
    choices.get_by_role("radio", name="Your value, not saved yet").check()
    ben.get_by_role("button", name="Save with these choices").click()
    ben.get_by_text("was changed successfully").wait_for()

    slot.refresh_from_db()
    session = slot.session
    speaker = session.speakers.get()
    assert (session.title, session.platform, slot.capacity) == ("The science of mercury", "Webex", 20)
    assert session.summary.splitlines() == ["First line", "Second line"]
    assert (session.is_published, speaker.role) == (False, "Chair")


def test_form_that_nobody_else_touched_is_saved_without_a_question(open_desk, site):
    slot = OccurrenceFactory(session__summary="One\n\nTwo", session__sources=["https://example.org/a"])
    anna = open_desk("Anna")
    anna.goto(site + address("session_change", slot.session_id))

    anna.fill("#id_partners", "Somebody")
    save(anna)

    anna.get_by_text("was changed successfully").wait_for()
    slot.session.refresh_from_db()
    session = slot.session
    assert (session.partners, session.summary, session.sources) == ("Somebody", "One\n\nTwo", ["https://example.org/a"])
