"""Choosing mails: a subscription at first, then entries by mail, then no more reminders, with and without scripts."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from registrations.mailings import reminders
from registrations.models import Message, Participant, Registration
from sessions.models import Occurrence
from tests.journeys.people import subjects, text_of

pytestmark = pytest.mark.browser

TITLES = ["Article 8 Emissions", "Effectiveness evaluation indicators"]


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts on", "scripts off"])
def test_subscription_then_entries_by_mail_then_no_more_reminders(person, javascript):
    # Given somebody who signed up with a calendar to subscribe to: one mail, no entry
    somebody = person("Africa/Nairobi", javascript=javascript, width=360)
    if not javascript:
        somebody.says_where_they_are()
    page = somebody.opens("/sign-up/rehearsal/")
    somebody.ticks(*TITLES)
    somebody.fills_in()
    page.get_by_label("I subscribe to a calendar").check()
    somebody.presses("Sign me up")
    [mail] = somebody.receives(1)
    assert "/calendars/" in text_of(mail)

    # When they choose entries by mail, then each session comes into the calendar
    somebody.opens_my_season()
    somebody.follows("Choose my mails")
    page.get_by_label("Send me an invitation by mail").check()
    somebody.presses("Save my choice")
    expect(page.get_by_role("status")).to_contain_text("2 mails with calendar entries are on their way.")
    somebody.receives(3)
    assert somebody.calendar.entries == {
        registration.uid: registration.occurrence.starts_at for registration in Registration.objects.all()
    }

    # When a session is near, then a reminder comes, and its link ends the reminders
    reminders.post_due(now=an_hour_before_the_first_session())
    *_others, reminder = somebody.receives(4)
    assert subjects([reminder])[0].startswith("In 59 minutes, ")
    page.goto(re.search(r"\S+/stop/\S+", text_of(reminder))[0])
    assert Participant.objects.get().wants_reminders
    somebody.presses("Stop the reminders")
    expect(page.get_by_role("heading", level=1)).to_contain_text("You get no more reminders")
    assert not Participant.objects.get().wants_reminders


def an_hour_before_the_first_session():
    """Now; a session begins in an hour less some seconds, and everybody has known of it for long."""
    now = timezone.now()
    slot = Registration.objects.first().occurrence
    Occurrence.objects.filter(pk=slot.pk).update(
        starts_at=now + timedelta(minutes=59, seconds=55), ends_at=now + timedelta(hours=2)
    )
    Registration.objects.update(registered_at=now - timedelta(days=9))
    Message.objects.update(due_at=now - timedelta(days=9))
    return now
