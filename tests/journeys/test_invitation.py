"""Staff invite people to a session that nobody else hears of; one comes, a stranger with the forwarded mail asks."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from registrations.models import Registration
from sessions.models import Session
from tests.journeys.people import Person, subjects, text_of
from tests.support.accessibility import RULES
from tests.support.staff import registration_officer

pytestmark = pytest.mark.browser

LIST = "Amina Otieno <amina@ministry.example>; Ministry of Water\nnobody at all"


@pytest.fixture
def session(seasons, settings):
    settings.RECALL_MINUTES = 0
    return seasons["rehearsal"].sessions.get(access=Session.Access.INVITATION)


@pytest.fixture
def officer(open_page, site):
    """A page in the browser of a registration officer who has signed in."""
    cookie = registration_officer(Client()).cookies["sessionid"].value
    page = open_page()
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
    return page


def violations(page) -> list[str]:
    """In our part of a page of the desk; the path above it is Django's own."""
    # Without its own copy of the style sheets, which the policy of the desk would not let it apply.
    found = Axe().run(page, context="#content-main", options=RULES | {"preload": False}).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:150]}" for each in found]


def link_in(mail) -> str:
    return re.search(r"\S+/invitation/[^/\s]+/", text_of(mail))[0]


def invite(officer, site, session):
    """Through the list, line by line, to the mails."""
    officer.goto(f"{site}/admin/online_sessions/session/{session.pk}/invite/")
    officer.get_by_label("People, one a line").fill(LIST)
    officer.get_by_role("button", name="See what becomes of each line").click()
    expect(officer.get_by_text("There is no e-mail address in this line.")).to_be_visible()
    assert violations(officer) == []
    officer.get_by_label("Type the number of people").fill("1")
    officer.get_by_role("button", name="Invite 1 person").click()
    expect(officer.get_by_label("People, one a line")).to_have_value("nobody at all")


def accepts(invited, mail):
    invited.page.goto(link_in(mail))
    invited.presses("Open my invitation")
    invited.page.get_by_label("Your e-mail address").fill("amina@ministry.example")
    invited.page.get_by_label("Country or area").select_option(label="Kenya")
    invited.page.get_by_label("I represent").select_option("party")
    invited.page.get_by_label("Your time zone").select_option("Africa/Nairobi")
    invited.page.get_by_label("I agree").check()
    invited.presses("Accept the invitation")


def asks(stranger, mail):
    stranger.page.goto(link_in(mail))
    stranger.follows("Ask the people who invited")
    stranger.page.get_by_label("Your name").fill("Zoe Wanjiru")
    stranger.page.get_by_label("E-mail").fill("zoe@example.org")
    stranger.presses("Send my request")


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts on", "scripts off"])
def test_invited_person_comes_and_a_stranger_asks(person, officer, open_page, site, session, javascript):
    # Given staff who import a list, of which one line is no person
    amina = person("Africa/Nairobi", javascript=javascript, width=360)
    invite(officer, site, session)
    [mail] = amina._smtp.wait_for(1)

    # When the person opens the invitation and accepts
    accepts(amina, mail)

    # Then the session is in their calendar and in their season, which leads to a page of their own
    expect(amina.page.get_by_text("This invitation is accepted, and a place is kept.")).to_be_visible()
    mails = amina._smtp.wait_for(2)
    amina.calendar.receive(mails[1])
    slot = session.occurrences.get()
    assert list(amina.calendar.entries.values()) == [slot.starts_at]
    amina.page.goto(re.search(r"\S+/my/[^/\s]+/(?=\s)", text_of(mails[1]))[0])
    amina.follows(session.title)
    expect(amina.page.get_by_text("This page is only for you.")).to_be_visible()

    # When a stranger has the forwarded mail
    stranger = Person(open_page(javascript=javascript, width=360), site, amina._smtp, "Africa/Nairobi")
    asks(stranger, mail)
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("Your request is sent")

    # Then they are not in, until staff grant it and an invitation of their own comes
    assert Registration.objects.count() == 1
    officer.goto(f"{site}/admin/registrations/admissionrequest/")
    officer.get_by_role("link", name="Zoe Wanjiru").click()
    assert violations(officer) == []
    officer.get_by_role("button", name="Grant: invite this person").click()
    mails = amina._smtp.wait_for(3)
    assert subjects(mails)[2].startswith("Invitation: ")
    assert link_in(mails[2]) != link_in(mail)
    stranger.page.goto(link_in(mails[2]))
    expect(stranger.page.get_by_text("Zoe Wanjiru")).to_be_visible()


def test_staff_pages_of_invitations_break_no_rule_of_access(officer, site, session):
    invite(officer, site, session)
    officer.get_by_role("link", name="Show what was done").click()
    assert violations(officer) == []
    officer.get_by_role("link", name="Undo this import").click()
    assert violations(officer) == []
    officer.goto(f"{site}/admin/registrations/invitation/?season={session.season_id}&session={session.pk}")
    officer.get_by_role("link", name="Withdraw", exact=True).click()
    assert violations(officer) == []
