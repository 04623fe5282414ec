"""Somebody who lost their link finds all that is theirs again, by the mailbox alone."""

import re

import pytest
from playwright.sync_api import expect

from sessions.models import Occurrence
from tests.factories import ParticipantFactory, RegistrationFactory
from tests.journeys.people import text_of

pytestmark = pytest.mark.browser


@pytest.fixture
def registrations(seasons):
    """Amina in two seasons and a colleague behind the same mailbox."""
    both = [ParticipantFactory(season=seasons[slug], name="Amina", email="amina@example.net") for slug in seasons]
    colleague = ParticipantFactory(season=seasons["rehearsal"], name="Omar", email="amina@example.net")
    for person in [*both, colleague]:
        slot = Occurrence.objects.filter(session__season=person.season).in_order().first()
        RegistrationFactory(participant=person, occurrence=slot)


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts on", "scripts off"])
def test_code_from_a_mail_shows_everything_in_one_place(open_page, person, smtp_server, registrations, javascript):
    open_page.expect_fault("404")
    # Given somebody who lost every mail
    somebody = person("Africa/Nairobi", javascript=javascript, width=360)
    page = somebody.opens("/my/nobody-knows-this-key/")

    # When they have a code sent and type it
    somebody.follows("Have your link sent again")
    somebody.follows("Sign in with a code")
    page.get_by_label("E-mail").fill("Amina Otieno <mailto:Amina@Example.net>.")
    somebody.presses("Send me a code")
    [mail] = smtp_server.wait_for(1)
    page.get_by_label("Code").fill(re.search(r"\d{4}-\d{4}", text_of(mail))[0])
    somebody.presses("Sign in")

    # Then every season and person is there, and each leads to its own page
    expect(page.get_by_role("heading", level=1)).to_have_text("My registrations")
    expect(page.get_by_role("link", name="Amina")).to_have_count(2)
    somebody.follows("Omar")
    expect(page.get_by_role("heading", level=1)).to_have_text("My season")


def test_link_is_sent_again_without_signing_in(person, smtp_server, registrations):
    somebody = person("Africa/Nairobi", javascript=False)
    page = somebody.opens("/sign-up/rehearsal/")

    somebody.follows("Have your link sent again")
    page.get_by_label("E-mail").fill("amina@example.net")
    somebody.presses("Send me my link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your mailbox")
    [mail] = smtp_server.wait_for(1)

    links = re.findall(r"\S+/my/[^/\s]{20,}/", text_of(mail))
    assert len(links) == 2
    page.goto(links[0])
    expect(page.get_by_role("heading", level=1)).to_have_text("My season")
