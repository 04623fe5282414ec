"""Every link and form that a page of the desk shows to somebody opens for them; what is not theirs is not shown."""

from html.parser import HTMLParser
from urllib.parse import parse_qsl, urldefrag, urljoin

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client

from registrations import audit
from sessions.staff import groups
from tests.support.sessions.staff_addresses import EDITOR, OFFICER, PEOPLE, TABLE, VIEWER, address, one_of_everything
from tests.support.staff import sign_in
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db

DESK, SIGN_OUT = "/admin/", "/admin/logout/"
MEETING = "https://meet.example.org/secret-room"
PHONE = "+41 22 555 01 02, code 4711"


class Ways(HTMLParser):
    """Where links of a page lead, and where its forms are sent that have a button."""

    def __init__(self, page):
        super().__init__()
        self.page, self.links, self.forms, self._form = page, set(), set(), None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "a" and attrs.get("href"):
            self.links.add(urldefrag(urljoin(self.page, attrs["href"])).url)
        if tag == "form":
            is_sent = attrs.get("method", "").lower() == "post"
            self._form = urljoin(self.page, attrs.get("action") or self.page) if is_sent else None
        if self._form and (tag == "button" or attrs.get("type") == "submit"):
            self.forms.add(self._form)


@pytest.fixture
def rows():
    rows = one_of_everything()
    rows["occurrence"].meeting_url, rows["occurrence"].meeting_phone = MEETING, PHONE
    rows["occurrence"].save()
    # Who reads what was done may not open everything that it was done to.
    rows["staffaction"] = audit.record("address-corrected", rows["participant"], by=None)
    return rows


def client_of(name) -> Client:
    groups.set_up()
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=name))
    return sign_in(Client(), user)


def pages_of(client, name, rows):
    opened = [address(each, rows) for each, answers in TABLE.items() if answers[PEOPLE.index(name)] == 200]
    answers = {page: client.get(page) for page in opened}
    # Pictures have no links.
    return {page: answer.text for page, answer in answers.items() if answer["Content-Type"].startswith("text/")}


def ways_of(pages) -> tuple[dict, dict]:
    links, forms = {}, {}
    for page, text in pages.items():
        ways = Ways(page)
        ways.feed(text)
        links |= {link: page for link in ways.links if link.startswith(DESK)}
        forms |= {form: page for form in ways.forms - {SIGN_OUT}}
    return links, forms


def one_of_each(links) -> dict:
    """Of links that differ in the values of a filter alone, one; each column by which a list is sorted is another."""
    found = {}
    for link, page in sorted(links.items()):
        path, _mark, query = link.partition("?")
        asked = tuple(f"{name}={value}" if name == "o" else name for name, value in parse_qsl(query))
        found.setdefault((path, asked), (link, page))
    return dict(found.values())


def sent(client, path) -> int:
    with transaction.atomic():
        status = client.post(path).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("name", first_always([VIEWER, EDITOR, OFFICER]))
def test_every_link_and_form_that_is_shown_opens(rows, name):
    client = client_of(name)

    pages = pages_of(client, name, rows)
    links, forms = ways_of(pages)

    # Those of the table are open already.
    unopened = {link: page for link, page in links.items() if link not in pages}
    assert unopened
    statuses = {f"{page}: {link}": client.get(link).status_code for link, page in one_of_each(unopened).items()}
    statuses |= {f"{page}: {form}": sent(client, form) for form, page in forms.items()}
    assert {way: status for way, status in statuses.items() if status >= 400} == {}


def test_viewer_reads_no_address_of_a_meeting_anywhere(rows):
    shown = {name: pages_of(client_of(name), name, rows) for name in (VIEWER, EDITOR)}

    found = {name: [page for page, text in pages.items() if is_told(text)] for name, pages in shown.items()}

    assert found[VIEWER] == []
    assert found[EDITOR]


def is_told(text) -> bool:
    return MEETING in text or "4711" in text


def test_editor_reads_no_name_or_address_of_a_participant_anywhere(rows):
    person = rows["participant"]
    theirs = [person.name, person.email, rows["invitation"].email, rows["nextseasonsubscriber"].mailbox]

    shown = {name: pages_of(client_of(name), name, rows) for name in (EDITOR, OFFICER)}

    found = {
        name: [page for page, text in pages.items() if any(x in text for x in theirs)] for name, pages in shown.items()
    }
    assert found[EDITOR] == []
    assert found[OFFICER]
