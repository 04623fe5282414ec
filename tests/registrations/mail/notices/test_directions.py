"""Mails in Arabic keep names, titles and addresses in their own order."""

import email
from datetime import UTC, datetime
from email import policy

import pytest
from django.utils.translation import override

from registrations.mail.kinds import MAIL_KINDS
from tests.support.directions import is_arabic, unisolated, unisolated_in_page
from tests.support.registrations import every_mail

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 10, 1, 6, 30, tzinfo=UTC)
# Their texts are in English.
OF_STAFF = {"staff_invitation", "staff_password"}


def _words(mail) -> list[str]:
    read = email.message_from_bytes(bytes(mail.octets), policy=policy.default)
    return [mail.subject, *(part.get_content() for part in read.walk() if part.get_content_maintype() == "text")]


def mails_in(language) -> dict:
    """By kind, as programs read them."""
    mails = every_mail.one_of_each_kind(every_mail.people(now=NOW, language=language))
    return {
        kind: email.message_from_bytes(bytes(mail.octets), policy=policy.default)
        for kind, mail in mails.items()
        if kind not in OF_STAFF
    }


def test_no_latin_name_turns_the_order_of_an_arabic_mail():
    mails = mails_in("ar")

    assert set(mails) == set(MAIL_KINDS) - OF_STAFF
    assert {
        kind: found
        for kind, mail in mails.items()
        if (
            found := unisolated(mail["Subject"])
            + unisolated(mail.get_body(["plain"]).get_content())
            + unisolated_in_page(mail.get_body(["html"]).get_content())
        )
    } == {}


def test_language_in_which_a_mail_is_composed_is_that_of_its_reader():
    them = every_mail.people(now=NOW, language="ar")
    written = {}

    for active in ("en", "ru"):
        with override(active):
            mails = every_mail.one_of_each_kind(them)
            written[active] = {kind: _words(mail) for kind, mail in mails.items() if kind not in OF_STAFF}

    assert [kind for kind, words in written["en"].items() if words != written["ru"][kind]] == []


def test_html_has_its_direction_where_programs_drop_that_of_the_page():
    html = mails_in("ar")["confirmation"].get_body(["html"]).get_content()

    assert '<body class="page" dir="rtl"' in html
    assert '<td dir="rtl" align="right"' in html
    assert '\u2068<span lang="en" dir="ltr">Session ' in html


def test_lines_that_begin_with_digits_are_written_from_the_right():
    text = mails_in("ar")["summary"].get_body(["plain"]).get_content()

    assert "\u200f1. Session" not in text
    assert [line for line in text.splitlines() if line[:1].isdigit() and is_arabic(line)] == []


def test_addresses_of_links_stand_on_lines_of_their_own():
    texts = [mail.get_body(["plain"]).get_content() for mail in mails_in("ar").values()]

    lines = [line for text in texts for line in text.splitlines() if "://" in line]
    assert lines
    assert [line for line in lines if is_arabic(line)] == []
