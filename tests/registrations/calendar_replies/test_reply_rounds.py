"""All mails of a reply mailbox are read, answered and removed, one after the other."""

import logging

import pytest

from registrations.calendar_replies import responding
from registrations.calendar_replies.mailbox.mail import Mail
from sessions.models import Season
from tests.registrations.calendar_replies.mails import reply
from tests.support.registrations.declining import NOW, Box, invited, questions

pytestmark = pytest.mark.django_db


def test_read_mails_are_removed_whatever_they_were():
    registration = invited()
    box = Box(reply(registration.uid), reply(registration.uid, partstat="ACCEPTED"), b"\0junk", b"", reply("x@y"))

    tally = responding.answer_all(box.mails(), now=NOW)

    assert tally == responding.Tally(read=5, answered=1)
    assert box.kept == []


def test_mail_is_removed_after_its_question_is_stored():
    registration = invited()
    seen = []
    mail = Mail(reply(registration.uid), lambda: seen.append(len(questions())))

    responding.answer_all([mail], now=NOW)

    assert seen == [1]


def test_crash_before_removing_leads_to_no_second_question():
    registration = invited()
    box = Box(reply(registration.uid))
    box.refuses = True

    with pytest.raises(InterruptedError):
        responding.answer_all(box.mails(), now=NOW)
    box.refuses = False
    tally = responding.answer_all(box.mails(), now=NOW)

    assert (tally, box.kept, len(questions())) == (responding.Tally(read=1), [], 1)


def test_mail_that_cannot_be_answered_stays_and_stops_no_other(caplog):
    broken, fine = invited(), invited()
    Season.objects.filter(pk=broken.session.season_id).update(reminder_hours="soon")
    box = Box(reply(broken.uid), reply(fine.uid))

    with caplog.at_level(logging.CRITICAL):
        tally = responding.answer_all(box.mails(), now=NOW)

    assert tally == responding.Tally(read=2, answered=1, failed=1)
    assert [question.registration for question in questions()] == [fine]
    assert box.kept == [reply(broken.uid)]


def test_round_ends_when_its_seconds_are_over():
    box = Box(reply(invited().uid), reply(invited().uid))

    tally = responding.answer_all(box.mails(), now=NOW, seconds=0)

    assert (tally.read, len(box.kept)) == (1, 1)
