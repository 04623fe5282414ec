"""Whatever somebody reads in Arabic says the texts of staff in Arabic: every page and every mail is looked through."""

import re
from email import message_from_bytes, policy

import pytest
from django.utils import timezone

from sessions import translations
from sessions.models import Session
from sessions.public import snapshot
from tests.support.registrations.every_mail import one_of_each_kind, people, read_again
from tests.support.sessions.staff_texts import (
    ARABIC,
    ENGLISH,
    all_in_arabic,
    one_with_questions,
    write_all,
)
from tests.support.site_map import KEYED, opened_by, routes

pytestmark = pytest.mark.django_db
# The names of files and of programs; what staff set up; what nobody reads.
NO_PAGES = {"registrations:stop_posted", "staff_new_password"}


@pytest.fixture(autouse=True)
def arabic_was_read(settings):
    """Else the English consent stands beside the Arabic one, on purpose."""
    settings.DRAFT_LANGUAGES = set()


@pytest.fixture
def rows():
    rows = one_with_questions()
    write_all(translated=True)
    all_in_arabic()
    return rows


def in_english(text) -> set[str]:
    """Without the values of choices, which nobody reads: answers are stored in English."""
    text = re.sub(r'value="[^"]*"', "", text)
    return set(re.findall(rf"{ENGLISH}\w*", text))


def test_every_page_says_them_in_arabic(client, rows):
    names = [name for name in routes() if name not in NO_PAGES]

    assert {name: found for name in names if (found := in_english(_answer(client, _in_arabic(rows, name))))} == {}


def _answer(client, path) -> str:
    """What is a page or a calendar, whose folded lines are put together again."""
    answer = client.get(path, follow=True)
    is_text = answer.get("Content-Type", "").startswith(("text/html", "text/calendar", "application/json"))
    return answer.text.replace("\r\n ", "") if is_text else ""


def _in_arabic(rows, name) -> str:
    path = opened_by(rows, name)
    return path if path.startswith("/ar/") or name in KEYED or name.startswith("registrations:") else f"/ar{path}"


def test_the_pages_of_the_programme_do_say_them(client, rows):
    session = Session.objects.get(pk=rows["registration"].session_id)

    page = client.get(f"/ar{session.get_absolute_url()}").text
    english = client.get(session.get_absolute_url()).text

    of_session = {
        f"{ARABIC} session title",
        f"{ARABIC} speaker role",
        f"{ARABIC} stream title",
        f"{ARABIC} season title",
    }
    assert {words for words in of_session if words in page} == of_session
    assert f"{ENGLISH}sessiontitle" in english
    assert ARABIC not in english


def test_every_mail_says_them_in_arabic():
    now = timezone.now()
    them = people(now=now)
    write_all(translated=True)
    all_in_arabic()
    read_again(them)

    mails = one_of_each_kind(them)

    assert {kind: found for kind, mail in mails.items() if (found := in_english(_text(mail)))} == {}
    assert ARABIC in _text(mails["confirmation"])


def _text(mail) -> str:
    read = message_from_bytes(bytes(mail.octets), policy=policy.default)
    parts = [part.get_content() for part in read.walk() if part.get_content_maintype() == "text"]
    return "\n".join([mail.subject, *parts]).replace("\r\n ", "").replace("\n ", "")


def test_snapshot_knows_of_a_new_translation(rows):
    session = Session.objects.get(pk=rows["registration"].session_id)
    before = snapshot.at_once(session.season.slug).state

    translations.put(session, "title", "ar", "آخر")
    session.save()

    assert snapshot.at_once(session.season.slug).state != before
