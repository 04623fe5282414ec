"""A mail scanner opens every link of every mail, twice and in every way that is said to be safe: nothing changes."""

import html
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from registrations.mail import kinds
from tests.support.calendars import calendar_part, read_mail
from tests.support.database_dump import whole_database
from tests.support.registrations import every_mail
from tests.support.registrations.every_mail import one_of_each_kind
from tests.support.site_map import MEETING

pytestmark = pytest.mark.django_db
TEMPLATES = sorted(folder.parent.name for folder in Path(settings.BASE_DIR).glob("templates/emails/*/body.txt"))
LINK = re.compile(r"https?://[^\s<>\"\\]+")
PREFETCH = {"Sec-Purpose": "prefetch;prerender", "Purpose": "prefetch", "X-Moz": "prefetch"}
# What makes a mail program fetch something by itself.
LOADS = re.compile(
    r"""<(?:img|link|script|iframe|object|video|audio|source|input)\b|\bbackground=|url\(|@import|\bsrc"""
)


@pytest.fixture
def people():
    return every_mail.people(now=timezone.now())


def links_in(message) -> set[str]:
    """In both texts, in the calendar part, and in the headers for mail programs."""
    mail = read_mail(message)
    parts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    texts = [part if isinstance(part, str) else part.decode() for part in parts]
    texts += [mail.get("List-Unsubscribe", ""), html.unescape(" ".join(texts)), " ".join(texts).replace("\r\n ", "")]
    return {link.rstrip(".,;)") for text in texts for link in LINK.findall(text)}


def test_every_kind_of_mail_is_here(people):
    assert sorted(one_of_each_kind(people)) == TEMPLATES == sorted(kinds.MAIL_KINDS)


def text_of(mail) -> str:
    parts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    return "".join(part if isinstance(part, str) else part.decode() for part in parts).replace("\r\n ", "")


def test_no_mail_loads_anything_from_anywhere_or_tells_the_meeting(people):
    mails = {kind: read_mail(mail) for kind, mail in one_of_each_kind(people).items()}

    assert [kind for kind, mail in mails.items() if LOADS.search(mail.get_body(("html",)).get_content())] == []
    assert [kind for kind, mail in mails.items() if MEETING in text_of(mail)] == []


def test_links_of_calendar_parts_are_among_those_that_are_opened(people):
    mail = one_of_each_kind(people)["confirmation"]
    entry = calendar_part(read_mail(mail)).get_content().replace("\r\n ", "")
    join = f"{settings.SITE_URL}/join/{people.seats[0].join_key}/"

    assert (entry.count(join) > 1, join in links_in(mail)) == (True, True)


@pytest.mark.thorough
def test_opening_every_link_twice_changes_nothing(people):
    links = {kind: links_in(mail) for kind, mail in one_of_each_kind(people).items()}
    ours = {kind: {link for link in those if link.startswith(settings.SITE_URL)} for kind, those in links.items()}
    assert [kind for kind, those in ours.items() if not those] in ([], ["sign_in_code"])
    addresses, before = sorted(set().union(*ours.values())), but_for_first_openings(whole_database())

    for address in [*addresses, *addresses]:
        path = address.removeprefix(settings.SITE_URL) or "/"
        scanner = Client()
        answers = [
            scanner.get(path, follow=True),
            scanner.head(path),
            scanner.options(path),
            scanner.get(path, headers=PREFETCH),
        ]
        assert answers[0].status_code == 200, path
        assert all(answer.status_code in (200, 302, 405) for answer in answers), path

    assert but_for_first_openings(whole_database()) == before


def but_for_first_openings(tables):
    """When a person's page was first opened is noted, whoever opened it, and decides nothing for the person."""
    people = tables["registrations.Participant"]
    return tables | {"registrations.Participant": [row | {"page_opened_at": None} for row in people]}


def test_opening_is_only_safe_because_buttons_act(people):
    """The robot would see a change: one button of one page is one."""
    seat, before = people.seats[0], whole_database()

    Client().post(f"/my/{people.person.key}/{seat.session.slug}/cancel/")

    assert whole_database() != before
