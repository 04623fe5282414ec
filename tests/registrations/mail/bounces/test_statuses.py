"""What a status of RFC 3463 says of a mailbox."""

import pytest

from registrations.mail.bounces import statuses

VERDICTS = {
    "bad": ["5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.4.4"],
    "soft": ["4.2.2", "4.4.1", "4.7.0", "5.2.2", "5.2.1", "5.3.1", "5.4.7", "5.4.300"],
    "refused": ["5.7.1", "5.7.26", "5.7.708", "5.1.7", "5.1.8", "5.4.5", "5.2.3", "5.3.4", "5.6.1"],
    "delivered": ["2.0.0", "2.1.5"],
    "unread": ["", "5.1", "550", "9.1.1", "5.1.1.1", "5.0.0", "4.0.0", "5.2.0", "5.3.0", "5.4.1", "5.5.0", "5.9.9"],
}


@pytest.mark.parametrize(("verdict", "status"), [(name, each) for name, some in VERDICTS.items() for each in some])
def test_verdict(verdict, status):
    assert statuses.verdict(status) == verdict


@pytest.mark.parametrize(
    ("status", "words", "verdict"),
    [
        ("", "550 No such user here", "bad"),
        ("5.0.0", "550 No such user here", "bad"),
        ("", "SMTPRecipientsRefused: 551 User not local", "bad"),
        ("5.0.0", "Delivery failed for an unknown cause", "unread"),
        ("5.0.0", "in reply to end of DATA: 550 Spam", "unread"),
        ("", "SMTPDataError: 550 Spam", "unread"),
        ("", "SMTPRecipientsRefused: 554 No", "unread"),
        ("", "5501 letters", "unread"),
        ("5.7.1", "550 Blocked", "refused"),
        ("2.0.0", "550 Blocked", "bad"),
    ],
)
def test_words_count_where_the_status_says_nothing(status, words, verdict):
    assert statuses.verdict_of(status, words) == verdict


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("550-5.1.1 The address", "5.1.1"),
        ("#550 5.1.1 ##", "5.1.1"),
        ("<mx.example.net #5.1.1 smtp;550>", "5.1.1"),
        ("550 #5.1.0 Address rejected.", "5.1.0"),
        ("SMTPRecipientsRefused: 452 4.2.2 Mailbox full", "4.2.2"),
        ("Postfix program 2.11.3 said: 550 5.1.10 RESOLVER", "5.1.10"),
        ("Postfix program 2.11.3", ""),
        ("250 2.1.5 OK", ""),
        ("Exim version 4.94.2", ""),
        ("am 5.1.26", ""),
        ("5.1.26", ""),
        ("10.5.1.1", ""),
        ("550 5.1.1.1", ""),
        ("550 ٥.1.1, 550 5.١.1", ""),
        ("See version 15.1.1", ""),
        ("", ""),
    ],
)
def test_first_status_in_words(words, status):
    assert statuses.in_words(words) == status


@pytest.mark.parametrize(
    ("value", "status"), [("5.1.1", "5.1.1"), ("2.0.0", "2.0.0"), ("5.1.1 (no mailbox)", "5.1.1"), ("failed", "")]
)
def test_status_in_its_own_field(value, status):
    assert statuses.in_field(value) == status
