"""The form of the sign-up is cached for the next visitor: never a stale place, never another one's hidden values."""

import gzip
import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from registrations.enrolment import enrolment
from registrations.models import Registration
from sessions.models import Session
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations.signing_up import details

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|submission|opened)" value="([^"]+)"')


@pytest.fixture
def slot(settings):
    """The process has read the programme a moment ago, and does not look again."""
    settings.PROGRAMME_SECONDS = 60
    return OccurrenceFactory(capacity=1, starts_at=timezone.now() + timedelta(days=3))


@pytest.fixture
def address(slot):
    return f"/sign-up/{slot.session.season.slug}/?session={slot.session.slug}"


def hidden(response) -> dict:
    return dict(HIDDEN.findall(response.text))


def cached() -> int:
    return len(caches["answers"]._cache)


def test_second_visitor_gets_the_same_page_with_values_of_their_own(address, django_assert_num_queries):
    first = Client().get(address)
    with django_assert_num_queries(0):
        second = Client().get(address)

    own, others = hidden(second), hidden(first)
    assert own.keys() == others.keys() == {"csrfmiddlewaretoken", "submission", "opened"}
    assert own["submission"] != others["submission"]
    assert own["csrfmiddlewaretoken"] != others["csrfmiddlewaretoken"]
    assert HIDDEN.sub("", second.text) == HIDDEN.sub("", first.text)


def test_compressed_form_is_the_same_page_with_values_of_its_visitor(address):
    packed = [Client().get(address, headers={"accept-encoding": "gzip, br"}) for _ in range(2)]
    pages = [gzip.decompress(answer.content).decode() for answer in packed]

    values = [dict(HIDDEN.findall(page)) for page in pages]

    assert [(answer["Content-Encoding"], "Accept-Encoding" in answer["Vary"]) for answer in packed] == [
        ("gzip", True)
    ] * 2
    assert [answer.cookies["csrftoken"].value != "" for answer in packed] == [True, True]
    assert {HIDDEN.sub("", page) for page in pages} == {HIDDEN.sub("", Client().get(address).text)}
    assert values[0].keys() == values[1].keys() == {"csrfmiddlewaretoken", "submission", "opened"}
    assert values[0]["submission"] != values[1]["submission"]
    assert all(len(answer.content) < len(page) / 3 for answer, page in zip(packed, pages, strict=True))


def test_kept_form_holds_nobodys_values(address):
    own = hidden(Client().get(address)).values()

    stored = b"".join(caches["answers"]._cache.values())

    assert [value for value in own if value.encode() in stored] == []


def test_place_that_was_taken_is_not_offered_when_the_programme_was_read_again(address, slot, settings):
    assert "All places taken" not in Client().get(address).text
    taken = RegistrationFactory(occurrence=slot)
    settings.PROGRAMME_SECONDS = 0
    assert "All places taken" in Client().get(address).text
    enrolment.cancel(registration_id=taken.pk, now=timezone.now())

    assert "All places taken" not in Client().get(address).text


def test_form_that_is_sent_knows_of_a_place_that_was_taken_a_moment_ago(address, slot):
    own = hidden(Client().get(address))
    RegistrationFactory(occurrence=slot)
    typed = vars(details()) | {"email": "amina@example.net", "consent": "on", "session": slot.session.slug} | own

    answer = Client().post(address, typed)

    assert answer.status_code == 409
    assert "All places taken" in answer.text


def test_form_is_sent_with_the_token_of_its_visitor(address, slot):
    Client().get(address)
    visitor = Client(enforce_csrf_checks=True)
    own = hidden(visitor.get(address))
    typed = vars(details()) | {"email": "amina@example.net", "consent": "on", "session": slot.session.slug} | own

    assert visitor.post(address, typed | {"csrfmiddlewaretoken": "A" * 64}).status_code == 403
    assert visitor.post(address, typed).status_code == 302
    assert Registration.objects.confirmed().filter(occurrence=slot).count() == 1


def test_what_a_link_ticks_and_the_clock_have_forms_of_their_own(address, slot):
    empty = address.partition("?")[0]
    tokyo = Client()
    tokyo.cookies["zone"] = "Asia/Tokyo"

    pages = [Client().get(address), Client().get(empty), Client().get(f"{address}&wait=1"), tokyo.get(address)]

    assert len({HIDDEN.sub("", page.text) for page in pages[:2] + pages[3:]}) == 3
    ticked = rf'value="{slot.session.slug}" id="session-\d+" checked'
    assert [bool(re.search(ticked, page.text)) for page in pages[:2]] == [True, False]
    assert "Asia/Tokyo" in pages[3].text


def test_each_slot_of_a_link_has_a_form_of_its_own_and_unknown_ones_share_one(address, slot):
    other = OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(hours=3))
    empty = address.partition("?")[0]

    pages = [HIDDEN.sub("", Client().get(f"{empty}?slot={pk}").text) for pk in (slot.pk, other.pk, 10**9, 10**9 + 1)]
    number = cached()

    assert len(set(pages)) == 3
    assert pages[2] == pages[3]
    Client().get(f"{empty}?slot=anything")
    assert cached() == number


def test_unknown_and_many_sessions_in_a_link_do_not_fill_the_memory(address, slot):
    other = OccurrenceFactory(session__season=slot.session.season, session__stream=slot.session.stream).session
    Client().get(f"{address}&session=nothing")
    number = cached()

    for more in ("&session=nowhere", f"&session={other.slug}", "&session=%00"):
        Client().get(f"{address}{more}")

    assert cached() == number


def test_change_of_the_programme_is_there_within_its_second(address, slot, settings):
    Client().get(address)
    Session.objects.update(title="Mercury in rice")
    settings.PROGRAMME_SECONDS = 0

    assert "Mercury in rice" in Client().get(address).text
