"""Reports of mail servers, and what only looks like one."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as some

from registrations.mail.bounces import reports
from registrations.mail.bounces.statuses import Verdict
from registrations.mail.incoming import MOST_OCTETS
from tests.registrations.calendar_replies.mails import reply
from tests.registrations.mail.bounces import shapes


@pytest.mark.parametrize(
    ("shape", "verdict", "status"),
    [
        ("POSTFIX", Verdict.BAD, "5.1.1"),
        ("GMAIL_FULL", Verdict.SOFT, "5.2.2"),
        ("OUTLOOK_REFUSES", Verdict.REFUSED, "5.7.1"),
        ("LATE", Verdict.SOFT, "4.4.1"),
        ("ARABIC", Verdict.BAD, "5.1.10"),
        ("ARRIVED", Verdict.DELIVERED, "2.0.0"),
        ("GENERAL_FIELD", Verdict.BAD, "5.1.1"),
        ("EXCHANGE_FREE_TEXT", Verdict.BAD, "5.1.1"),
        ("UNKNOWN_TEXT", Verdict.UNREAD, ""),
    ],
)
def test_what_came_back_says_what_is_wrong_with_the_mailbox(shape, verdict, status):
    report = reports.read(getattr(shapes, shape))

    assert (report.verdict, report.status) == (verdict, status)
    assert shapes.TO in report.to


@pytest.mark.parametrize("shape", ["ABSENCE", "ABSENCE_OF_POSTMASTER", "PERSON"])
def test_absence_notices_and_people_are_no_reports(shape):
    assert reports.read(getattr(shapes, shape)) is None


def test_answers_of_calendars_are_no_reports():
    assert reports.read(reply("uid@events.example.org")) is None


@pytest.mark.parametrize("shape", ["POSTFIX", "EXCHANGE_FREE_TEXT"])
def test_mail_that_came_back_is_named(shape):
    assert reports.read(getattr(shapes, shape)).message_id == shapes.MESSAGE_ID


def test_headers_alone_name_it_too():
    octets = shapes.POSTFIX.replace(b"message/rfc822", b"text/rfc822-headers")

    assert reports.read(octets).message_id == shapes.MESSAGE_ID


@pytest.mark.parametrize("identity", ["<a\0b@events.example.org>", "<+2AA-@events.example.org>", f"<{'a' * 200}>"])
@pytest.mark.parametrize("shape", ["EXCHANGE_FREE_TEXT", "POSTFIX"])
def test_message_id_that_no_database_takes_is_none(shape, identity):
    octets = getattr(shapes, shape).replace(escape(shapes.MESSAGE_ID).encode(), shapes.MESSAGE_ID.encode())
    octets = octets.replace(shapes.MESSAGE_ID.encode(), identity.encode()).replace(b"utf-8", b"utf-7")

    found = reports.read(octets).message_id

    assert found.isprintable()
    assert len(found) <= 200


def test_words_hold_nothing_that_a_database_refuses():
    words = reports.read(shapes.EXCHANGE_FREE_TEXT.replace(b"utf-8", b"utf-7").replace(b"Delivery", b"a\0b +2AA-"))

    assert words.words.isprintable()


def test_words_hold_no_address():
    words = [reports.read(shape).words for shape in (shapes.POSTFIX, shapes.EXCHANGE_FREE_TEXT)]

    assert words[0] == "550 5.1.1 <(address)>: Recipient address rejected: User unknown"
    assert [text for text in words if "ministry.example>" in text or "ana@" in text] == []


@pytest.mark.parametrize(
    ("text", "words", "verdict"),
    [
        ("said: 550 No such user here (in reply to RCPT TO command)", "550 No such user here", Verdict.BAD),
        ("said: 550 Spam (in reply to end of DATA command)", "in reply to end of DATA: 550 Spam", Verdict.UNREAD),
        ("after pipelined end of data: 550 Spam", "after pipelined end of data: 550 Spam", Verdict.UNREAD),
    ],
)
def test_bare_550_is_about_the_recipient_unless_the_server_says_otherwise(text, words, verdict):
    report = reports.read(shapes.report(status="5.0.0", diagnosis=words.rpartition(": ")[2], words=text))

    assert (report.words, report.verdict) == (words, verdict)


def test_status_that_the_words_do_not_say_stands_before_them():
    assert reports.read(shapes.report(status="5.2.2", diagnosis="Over quota")).words == "#5.2.2 Over quota"


def test_ip_addresses_and_versions_are_no_statuses():
    octets = shapes.UNKNOWN_TEXT.replace("很抱歉".encode(), b"10.5.1.1 refused, version 5.1.1.2")

    assert reports.read(octets).verdict == Verdict.UNREAD


def test_report_without_recipients_is_none():
    octets = shapes.POSTFIX.replace(b"Action: failed", b"X: y").replace(b"Status: 5.1.1", b"X: y")

    assert reports.read(octets) is None or reports.read(octets).verdict == Verdict.UNREAD


def test_too_big_a_mail_is_not_read():
    assert reports.read(shapes.POSTFIX + b"x" * MOST_OCTETS) is None


@given(some.binary(max_size=2_000), some.integers(0, 1_500))
def test_junk_in_a_report_raises_nothing(junk, place):
    octets = shapes.POSTFIX

    reports.read(octets[:place] + junk + octets[place:])


@pytest.mark.parametrize("action", ["relayed", "expanded"])
def test_mail_that_went_on_to_another_server_is_no_report(action):
    assert reports.read(shapes.report(status="2.0.0", action=action)) is None
