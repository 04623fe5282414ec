"""The words of a mail server, as they can be shown and logged."""

import smtplib
import time

import pytest

from registrations.mail import smtp_errors


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (b"5.4.5 Daily limit\n of events@example.org: exceeded", "5.4.5 Daily limit of (address): exceeded"),
        ('<"amina otieno"@example.org>: unknown', "<(address)>: unknown"),
        ("=ртуть@пример.рф, ask a=b.example@c.example.", "(address), ask (address)"),
        ("a\x1b[31mb\u202ec\r\n250 OK", "a [31mbc 250 OK"),
        (b"caf\xe9 closed", "caf\ufffd closed"),
        ("see https://example.org/?p=BadCredentials", "see https://example.org/?p=BadCredentials"),
    ],
)
def test_words_of_the_server_are_one_line_without_addresses(words, shown):
    error = smtplib.SMTPSenderRefused(550, words, "events@example.org")

    assert smtp_errors.in_words(error) == f"SMTPSenderRefused: 550 {shown}"


def test_refusal_of_a_recipient_does_not_name_it():
    error = smtplib.SMTPRecipientsRefused({"amina@example.org": (550, b"5.1.1 unknown")})

    assert smtp_errors.in_words(error) == "SMTPRecipientsRefused: 550 5.1.1 unknown"


def test_trouble_of_the_network_is_said_as_the_system_says_it():
    assert smtp_errors.in_words(ConnectionRefusedError(111, "Connection refused")) == (
        "ConnectionRefusedError: [Errno 111] Connection refused"
    )


@pytest.mark.parametrize("words", ["a" * 8000, "a@" * 4000, '"a' * 4000])
def test_very_long_words_are_read_at_once(words):
    error = smtplib.SMTPResponseException(450, "\n".join([words] * 10).encode())
    began = time.process_time()

    shown = smtp_errors.in_words(error)

    assert time.process_time() - began < 1
    assert len(shown) <= len("SMTPResponseException: ") + smtp_errors.WORDS_AT_MOST
