"""After a meeting: an officer adds the platform's report, says who somebody was, sees who came, and undoes it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import OccurrenceFactory
from tests.journeys.desk import Officer
from tests.support.registrations.attendance import minutes, register
from tests.support.registrations.attendance_pages import WEBEX
from tests.support.sessions.admin_pages import page as address
from tests.support.sessions.desks import signed_in
from tests.support.staff import registration_officer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def slot():
    """Of yesterday."""
    begins = (timezone.now() - timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    return OccurrenceFactory(starts_at=begins, ends_at=begins + timedelta(minutes=90))


@pytest.fixture
def people(slot):
    names = ["Amina Otieno", "Boris Petrov", "Zoe Wanjiru"]
    return [register(slot, name, f"{name.split()[0].lower()}@ministry.example") for name in names]


@pytest.fixture
def officer(open_page, site):
    return Officer(signed_in(open_page(timezone="Europe/Zurich"), site, registration_officer(Client())), site)


def report(slot, hours=0):
    """Amina was there to the end, Zoe came in by an address of hers that nobody knows; `hours` later than it was."""
    begins = slot.starts_at.astimezone(slot.session.season.zone) + timedelta(hours=hours)
    ends = begins + timedelta(minutes=90)
    people = [("Amina Otieno", "amina@ministry.example"), ("Z. W.", "zoe@home.example")]
    lines = [f"{name}\t{email}\t{begins:%F %T}\t{ends:%F %T}\tapp\n" for name, email in people]
    return (WEBEX + "".join(lines)).encode()


def adds(officer, *files):
    named = [{"name": name, "mimeType": "text/csv", "buffer": octets} for name, octets in files]
    officer.page.get_by_label("Reports of this meeting").set_input_files(named)
    officer.presses("Check the files")


def test_officer_adds_the_report_of_a_meeting(officer, slot, people):
    # Given a time slot that is over, and its page
    officer.page.goto(officer.site + address("occurrence_change", slot.pk))
    officer.follows("Who was there")

    # When the officer drops a report of another clock and a file that is none
    adds(officer, ("webex.csv", report(slot, hours=1)), ("notes.docx", b"PK\x03\x04"))

    # Then the one is read in the time zone that fits, and the other left out
    officer.reads("Left out: “notes.docx”")
    officer.page.get_by_role("button", name="Read it as times of").click()

    # When they say who somebody was, and let it count
    officer.types("Name or address of “Z. W.”", "zoe@ministry.example")
    officer.looks_at_access()
    officer.presses("Count this attendance")

    # Then they see who came
    officer.reads("2 of 3 people registered for this time slot came")
    officer.looks_at_access()
    assert [minutes(each) for each in people] == [90, 0, 90]

    # When they undo it, then nobody came by a report
    officer.follows("Undo")
    officer.presses("Undo this report")
    officer.reads("There is no report of the meeting yet.")
    assert [minutes(each) for each in people] == [None, None, None]
    assert officer.violations == {}
