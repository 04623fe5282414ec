"""From the programme to the mailbox and the calendar, in four corners of the world, with and without scripts."""

import pytest
from playwright.sync_api import expect

from registrations.models import Registration
from sessions.models import Occurrence
from tests.journeys.people import subjects, text_of

pytestmark = pytest.mark.browser

TWICE = "Effectiveness evaluation indicators"
ONCE = "Mercury material flow (Supply, demand and trade)"
TWICE_MORE = "Article 8 Emissions"


@pytest.mark.parametrize(
    ("zone", "slot", "words", "javascript"),
    [
        ("Africa/Nairobi", 0, "Nairobi, UTC+3", True),
        ("America/Lima", 1, "Lima, UTC\N{MINUS SIGN}5", True),
        ("America/Lima", 1, "Lima, UTC\N{MINUS SIGN}5", False),
        ("Pacific/Apia", 0, "Apia, UTC+13", False),
        ("Asia/Kathmandu", 0, "Kathmandu, UTC+5:45", True),
    ],
    ids=["Nairobi", "Lima", "Lima, scripts off", "Apia, scripts off", "Kathmandu"],
)
def test_three_sessions_in_one_go(person, zone, slot, words, javascript):
    # Given somebody in this part of the world who opens the programme
    somebody = person(zone, javascript=javascript, width=360)
    if not javascript:
        somebody.says_where_they_are()
    page = somebody.opens("/")
    expect(page.get_by_text(words).first).to_be_visible()

    # When they sign up for three sessions in one form
    somebody.follows("Sign up for sessions")
    somebody.ticks(TWICE, ONCE, TWICE_MORE)
    somebody.fills_in()
    somebody.presses("Sign me up")

    # Then the page says what happens, a summary and three invitations come, and the calendar holds the nearest slots
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your mail")
    mails = somebody.receives(4)
    assert len({mail.message["Message-ID"] for mail in mails}) == 4
    assert all(words in text_of(mail) for mail in mails)
    assert somebody.calendar.entries == {
        registration.uid: nearest(registration.session, slot) for registration in Registration.objects.all()
    }
    assert {mail.rcpt_tos for mail in mails} == {("amina@ministry.example",)}


def test_slot_at_night_says_so(person):
    somebody = person("America/Lima")

    page = somebody.opens("/sign-up/rehearsal/")

    choice = page.locator(".choice").filter(has_text=TWICE)
    expect(choice.get_by_text("(night)")).to_be_visible()
    somebody.ticks(TWICE)
    expect(choice.get_by_text("03:00 for you: night").or_(choice.get_by_text("02:00 for you: night"))).to_be_visible()


def test_mistakes_are_said_beside_the_fields_and_nothing_typed_is_lost(person, open_page):
    open_page.expect_fault("422")
    somebody = person("Asia/Kathmandu", javascript=False)
    page = somebody.opens("/sign-up/rehearsal/")
    somebody.ticks(ONCE)
    somebody.fills_in(name="Buy at evil.example", email="amina@ministry")

    somebody.presses("Sign me up")

    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(2)
    expect(page.get_by_label("E-mail")).to_have_value("amina@ministry")
    expect(page.get_by_label("Your name")).to_have_value("Buy at evil.example")
    expect(page.get_by_role("checkbox", name=ONCE)).to_be_checked()
    assert Registration.objects.count() == 0


def test_mend_of_a_mistake_leads_on(person, open_page):
    open_page.expect_fault("422")
    somebody = person("Asia/Kathmandu")
    page = somebody.opens("/sign-up/rehearsal/")
    somebody.ticks(ONCE)
    somebody.fills_in(email="amina@ministry")
    somebody.presses("Sign me up")

    page.get_by_label("E-mail").fill("amina@ministry.example")
    somebody.presses("Sign me up")

    expect(page.get_by_role("heading", level=1)).to_have_text("Check your mail")
    [mail] = somebody.receives(1)
    assert ONCE in subjects([mail])[0]


def nearest(session, slot):
    slots = list(Occurrence.objects.filter(session=session).in_order())
    return slots[slot if len(slots) > 1 else 0].starts_at
