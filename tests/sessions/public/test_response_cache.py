"""Pages and feeds cached in the process: warm ones ask nothing of the database, and nobody gets another one's."""

import gzip
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from registrations.models import Participant
from sessions.models import Session
from tests.factories import OccurrenceFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture
def slot():
    return OccurrenceFactory(capacity=1, starts_at=timezone.now() + timedelta(days=3), session__title="Mercury in fish")


@pytest.fixture(params=["season", "stream", "session"])
def page(request, slot):
    season = slot.session.season.get_absolute_url()
    pages = {"season": season, "stream": f"{season}?stream={slot.session.stream.slug}"}
    return pages.get(request.param, slot.session.get_absolute_url())


def with_zone(zone) -> Client:
    client = Client()
    client.cookies["zone"] = zone
    return client


def cached() -> int:
    return len(caches["answers"]._cache)


@pytest.mark.parametrize("path", ["", "calendar.ics"])
def test_warm_answers_ask_nothing_of_the_database(client, slot, settings, django_assert_num_queries, path):
    settings.PROGRAMME_SECONDS = 60
    address = f"{slot.session.get_absolute_url()}{path}"
    first = client.get(address)

    with django_assert_num_queries(0):
        again = client.get(address)
        none_new = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert again.content == first.content
    assert (none_new.status_code, none_new.content, none_new["ETag"]) == (304, b"", first["ETag"])


def download_of(slot) -> str:
    return f"{slot.session.get_absolute_url()}slot-{slot.pk}.ics"


def test_warm_download_of_a_slot_asks_nothing_of_the_database(client, slot, settings, django_assert_num_queries):
    settings.PROGRAMME_SECONDS = 60
    first = client.get(download_of(slot))

    with django_assert_num_queries(0):
        again = client.get(download_of(slot))
        packed = client.get(download_of(slot), headers=GZIP)

    assert again.content == gzip.decompress(packed.content) == first.content
    assert packed["Content-Disposition"] == first["Content-Disposition"]


def test_download_of_a_slot_follows_a_change_at_once(client, slot):
    client.get(download_of(slot))
    Session.objects.update(title="Mercury in rice")

    assert "\r\nSUMMARY:Mercury in rice\r\n" in client.get(download_of(slot)).text


def test_slot_of_another_session_is_no_download(client, slot):
    other = OccurrenceFactory(session__season=slot.session.season)

    assert client.get(download_of(slot).replace(f"-{slot.pk}.", f"-{other.pk}.")).status_code == 404


def test_page_follows_a_change_at_once(client, page):
    first = client.get(page)
    Session.objects.update(title="Mercury in rice")

    second = client.get(page, headers={"If-None-Match": first["ETag"]})

    assert second.status_code == 200
    assert "Mercury in rice" in second.text
    assert "Mercury in fish" not in second.text


def test_last_seat_is_on_the_page_at_once(client, page, slot):
    assert "Open for registration" in client.get(page).text
    RegistrationFactory(occurrence=slot)

    assert "All places taken" in client.get(page).text


def test_each_clock_has_its_own_page(page):
    pages = {zone: with_zone(zone).get(page) for zone in ("Asia/Tokyo", "America/Lima", "nowhere")}

    assert "Tokyo" in pages["Asia/Tokyo"].text
    assert "Tokyo" not in pages["America/Lima"].text
    assert "Lima" in pages["America/Lima"].text
    assert "we do not know your time zone" in pages["nowhere"].text
    assert len({answer["ETag"] for answer in pages.values()}) == 3


def test_compressed_page_is_the_same_and_has_the_same_headers(client, page):
    plain, packed, again = client.get(page), client.get(page, headers=GZIP), client.get(page, headers=GZIP)

    assert gzip.decompress(packed.content) == plain.content
    assert packed.content == again.content
    names = ("Content-Type", "ETag", "Vary", "Cache-Control")
    assert [packed[name] for name in names] == [plain[name] for name in names]
    assert {"Cookie", "Accept-Encoding"} <= {name.strip() for name in plain["Vary"].split(",")}
    assert (packed["Content-Encoding"], packed["Content-Length"]) == ("gzip", str(len(packed.content)))


def test_message_is_for_the_one_visitor_who_has_it(client, slot, page):
    person = RegistrationFactory(session=slot.session, occurrence=slot).participant
    other = Client()
    other.get(page)
    number = cached()

    client.post(f"/my/{Participant.objects.get(pk=person.pk).key}/mails/", {"calendar_entries": "none"})
    assert "messages" in client.cookies
    with_message = client.get(page)

    assert 'role="status"><ul class="messages notice is-done">' in with_message.text
    assert cached() == number
    assert 'role="status"><ul class="messages notice is-done">' not in other.get(page).text


def test_invented_addresses_do_not_fill_the_memory(client, page):
    client.get(page)
    number = cached()

    for invented in ("utm_source=a", "stream=", "x=1&stream=y"):
        client.get(f"{page.partition('?')[0]}?{invented}")

    assert cached() == number


def test_head_is_a_get_without_octets(client, page):
    got, asked = client.get(page), client.head(page)

    assert (asked.content, asked["ETag"]) == (b"", got["ETag"])
