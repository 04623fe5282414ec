"""RFC 8058 for mails about new seasons: one click deletes the address, and no answer tells whether there was one."""

import pytest
from django.test import Client

from registrations import links
from registrations.mail.notices.next_season import next_season
from registrations.models import NextSeasonSubscriber
from tests.factories import NextSeasonSubscriberFactory, SeasonFactory
from tests.support.calendars import read_mail
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db
NOBODYS = "/stop/next-season/AAAAAAAAAAAAAAAAAAAAAAAA/"


@pytest.fixture
def asked():
    return NextSeasonSubscriberFactory()


def address(asked):
    return f"/stop/next-season/{asked.stop_key}/"


def listed():
    return NextSeasonSubscriber.objects.count()


@pytest.mark.parametrize(
    ("body", "form"),
    [
        ("List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
        ("", "application/x-www-form-urlencoded"),
        (b"\xff\x00" * 200_000, "nonsense"),
    ],
)
def test_one_click_without_login_cookie_or_token_deletes_this_row_alone(asked, body, form):
    other = NextSeasonSubscriberFactory()

    response = Client(enforce_csrf_checks=True).generic("POST", address(asked), body, content_type=form)

    assert (response.status_code, response.cookies) == (200, {})
    assert list(NextSeasonSubscriber.objects.all()) == [other]


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete", "patch"])
def test_nothing_but_the_post_changes_anything(client, asked, method):
    getattr(client, method)(address(asked))

    assert listed() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_answer_is_the_same_for_a_listed_a_stopped_and_an_invented_key(client, asked, method):
    answers = [getattr(client, method)(path) for path in (address(asked), NOBODYS)]
    client.post(address(asked))
    answers.append(getattr(client, method)(address(asked)))

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text.replace(asked.stop_key, "A" * 24) for answer in answers}) == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_link_that_was_cut_off_says_that_it_does_not_work_and_stops_nothing(client, asked, method):
    wrong = [f"/stop/next-season/{key}/" for key in (asked.stop_key[:-1], f"{asked.stop_key}A", "a%00b", "nobody")]

    answers = [getattr(client, method)(path) for path in wrong]

    assert [answer.status_code for answer in answers] == [404] * len(wrong)
    assert all("This link does not work" in answer.text for answer in answers)
    assert listed() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_page_names_no_address_and_is_kept_from_caches_and_search_engines(client, asked, method):
    response = getattr(client, method)(address(asked))

    assert asked.mailbox not in response.text
    headers = ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")
    assert [response[header] for header in headers] == ["no-store", "noindex", "no-referrer"]


def test_mail_has_the_headers_and_a_link_to_see(asked):
    message = next_season(asked, SeasonFactory(), message_id="<a@minamata.test>", now=NOW)

    mail, stop = read_mail(message), links.stop_next_season(asked)
    assert mail["List-Unsubscribe"] == f"<{stop}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in mail.get_body(("plain",)).get_content()
    assert f'href="{stop}"' in mail.get_body(("html",)).get_content()
