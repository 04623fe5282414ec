"""The day of an officer: what staff of a season do at their desk, in one browser, and the mails that leave by it."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from registrations.models import Registration
from sessions.models import Season
from sessions.staff import groups
from tests.factories import RegistrationFactory
from tests.journeys import handbook_pictures
from tests.journeys.conftest import SEASON_FILE, TWICE
from tests.journeys.desk import Officer, Post
from tests.journeys.people import text_of
from tests.support.staff import PASSWORD, SECRET

pytestmark = pytest.mark.browser

TITLE = "Minamata Online, Season 2"
FLOW = "Mercury material flow (Supply, demand and trade)"
REASON = "The speaker teaches until then."
NAMES = ["Omar Haddad", "Lea Fontaine", "Jorge Medina", "Mei Tanaka", "Zoe Wanjiru"]


@pytest.fixture
def season(transactional_db, capsys):
    """One that begins next week, its first season's copy."""
    next_week = timezone.now().date() + timedelta(days=7)
    call_command("load_season", SEASON_FILE)
    call_command("clone_season", "2020", slug="season-2", title=TITLE, starting=next_week, publish=True)
    return Season.objects.get(slug="season-2")


@pytest.fixture
def slot(season):
    """Full: somebody with a misspelt address, twelve made-up people and two more; three wait."""
    slot = limited(season, TWICE, capacity=15)
    comes(slot, "Amina Otieno", "amina.otieno@minstry.example", country="KE")
    for number in range(12):
        comes(slot, f"Lucky {'ABCDEFGHIJKL'[number]}", f"lucky{number}@prizes.example")
    for number, name in enumerate(NAMES):
        comes(slot, name, address(name), waits=number > 1)
    return slot


@pytest.fixture
def queue(season):
    """Two people who wait for a place in another session."""
    slot = limited(season, FLOW, capacity=1)
    for number, name in enumerate(["Ivan Petrov", "Nadia Rahman", "Tomas Silva"]):
        comes(slot, name, address(name), waits=number > 0)
    return slot


@pytest.fixture
def officer(open_page, site, season, worker, settings):
    settings.RECALL_MINUTES = 0
    groups.set_up()
    user = User.objects.create_superuser("claire.dubois", email="claire.dubois@unep.example", password=PASSWORD)
    TOTP.activate(user, SECRET)
    return Officer(open_page(timezone="Europe/Zurich"), site)


@pytest.fixture
def post(smtp_server):
    return Post(smtp_server)


def limited(season, title, *, capacity):
    slot = season.sessions.get(title=title).occurrences.in_order().first()
    slot.capacity = capacity
    slot.save()
    return slot


def comes(slot, name, email, *, waits=False, country=""):
    status = Registration.Status.WAITLISTED if waits else Registration.Status.CONFIRMED
    person = {"participant__name": name, "participant__email": email, "participant__country": country}
    RegistrationFactory(occurrence=slot, status=status, registered_at=timezone.now() - timedelta(hours=1), **person)


def address(name) -> str:
    return f"{name.lower().replace(' ', '.')}@ministry.example"


def begins_the_day(officer):
    officer.signs_in("claire.dubois", PASSWORD)
    officer.reads("1 group of sign-ups looks made up.")
    officer.looks_at_access()
    handbook_pictures.take(officer.page, "today", height=700)


def corrects_address(officer):
    officer.finds("Amina Otieno")
    officer.follows("Correct the address")
    officer.types("Right address", "amina.otieno@ministry.example")
    officer.presses("See what this does")
    officer.reads("Nothing has been changed yet.")
    officer.looks_at_access()
    handbook_pictures.take(officer.page, "address")
    officer.presses("Correct the address")
    officer.reads("The address is corrected. 1 mail is on its way to it.")


def frees_fake_seats(officer):
    officer.sees_to("looks made up")
    officer.reads("12 people with addresses like")
    officer.looks_at_access()
    handbook_pictures.take(officer.page, "made-up", height=620)
    officer.presses("See what taking their places away does")
    officer.chooses("Send no mail with a reason")
    officer.presses("See what this does")
    officer.reads("Nothing has been changed yet.")
    officer.looks_at_access()
    officer.types("Type the number of places", "12")
    officer.presses("Take 12 places away")
    officer.reads("12 places are taken away.")
    handbook_pictures.take(officer.page, "places-taken", height=700)


def registers_caller(officer):
    officer.opens("Sessions", TWICE, "Register somebody by telephone")
    officer.page.get_by_role("radio").first.check()
    officer.types("Name", "Kofi Mensah")
    officer.types("E-mail", "kofi.mensah@agency.example")
    officer.page.get_by_label("Country or area").select_option(label="Ghana")
    officer.page.get_by_label("Represents").select_option("party")
    officer.looks_at_access()
    handbook_pictures.take(officer.page, "telephone")
    officer.chooses("I read this text aloud")
    officer.presses("Register this person")
    officer.reads("Kofi Mensah is registered. A mail is on its way.")


def moves_slot(officer):
    officer.opens("Sessions", TWICE, "Move this time slot")
    officer.types("From", "10:30")
    officer.types("To", "12:00")
    officer.presses("See what this change does")
    officer.reads("Nothing has been changed yet.")
    officer.looks_at_access()
    officer.types("Type the number of people", "7")
    officer.types("Why, for the people", REASON)
    handbook_pictures.take(officer.page, "move", begins_at=officer.page.get_by_label("Type the number"))
    officer.presses("Move it and tell 7 people")
    officer.reads("Moved from")


def writes_to_those_who_wait(officer):
    officer.opens("Sessions", FLOW, "Write to them")
    officer.types("Subject", "A larger room")
    officer.types("Text", "We look for **more places** and write to you by Friday.")
    officer.chooses("On the waiting list")
    officer.looks_at_access()
    officer.presses("Save the draft and look at it")
    officer.reads("Nothing has been sent yet.")
    officer.looks_at_access()
    handbook_pictures.take(officer.page, "circular", height=760)
    officer.types("Type the number of people", "2")
    officer.presses("Send it to 2 people")
    officer.reads("The circular is on its way.")


def copies_season(officer):
    officer.opens("Seasons", TITLE, "Programme")
    officer.reads("Meeting address")
    officer.looks_at_access()
    handbook_pictures.take(officer.page, "season", height=580)
    officer.follows("Copy to a new season")
    officer.types("Title", "Minamata Online, Season 3")
    officer.types("Name in the address", "season-3")
    officer.types("First day", f"{timezone.now().year + 1}-10-01")
    officer.looks_at_access()
    handbook_pictures.take(officer.page, "copy")
    officer.presses("Copy it as a draft")
    officer.reads("is copied. It is a draft")


def reads_how_to_invite(officer):
    officer.opens("Staff", "Invite a colleague")
    officer.asks_for_help()
    expect(officer.page.get_by_role("heading", level=2, name="Invite a colleague")).to_be_in_viewport()
    officer.looks_at_access()


def invites_colleague(officer):
    officer.opens("Staff", "Invite a colleague")
    officer.types("Name to sign in with", "luis.ortega")
    officer.types("E-mail", "luis.ortega@unep.example")
    officer.chooses("Registration officer")
    officer.looks_at_access()
    handbook_pictures.take(officer.page, "colleague")
    officer.presses("Send the invitation")
    officer.reads("The invitation of luis.ortega is on its way to luis.ortega@unep.example.")


def test_officer_looks_after_a_season(officer, post, slot, queue):
    # Given an officer at the desk
    begins_the_day(officer)

    # When they correct an address, then its mailbox has the mail of the sign-up
    corrects_address(officer)
    assert recipients(post.next(1)) == ["amina.otieno@ministry.example"]

    # When they free twelve made-up places, then those who waited have a place and a mail, and the made-up none
    frees_fake_seats(officer)
    assert recipients(post.next(3)) == sorted(address(name) for name in NAMES[2:])

    # When they register somebody who telephoned, then that person has the mail
    registers_caller(officer)
    assert "Secretariat" in words_of_only_mail(post, to="kofi.mensah@agency.example")

    # When they move the time slot, then all seven read why
    moves_slot(officer)
    moved = post.next(7)
    assert [REASON in text_of(mail) for mail in moved] == [True] * 7

    # When they write to those who wait, then these have the mail, and nobody else
    writes_to_those_who_wait(officer)
    assert recipients(post.next(2)) == ["nadia.rahman@ministry.example", "tomas.silva@ministry.example"]

    # When they copy the season, then next year's is a draft with as many sessions
    copies_season(officer)
    copy = Season.objects.get(slug="season-3")
    assert (copy.is_published, copy.sessions.count()) == (False, slot.session.season.sessions.count())

    # When they invite a colleague as the handbook says, then the colleague has a link for a password
    reads_how_to_invite(officer)
    invites_colleague(officer)
    assert "/new-password/" in words_of_only_mail(post, to="luis.ortega@unep.example")

    # Then no mail more has left, and no page on the way broke a rule of access
    assert len(post.everything()) == 15
    assert officer.violations == {}


def words_of_only_mail(post, *, to) -> str:
    [mail] = post.next(1)
    assert recipients([mail]) == [to]
    return text_of(mail)


def recipients(mails) -> list[str]:
    return sorted(address for mail in mails for address in mail.rcpt_tos)
