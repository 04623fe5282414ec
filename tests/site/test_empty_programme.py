"""The programme while staff build it: no season, no stream, no session or no time slot is no error at any address."""

from datetime import date

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from registrations.models import Invitation
from sessions.models import Occurrence, Season, Session, Stream
from tests.factories import (
    InvitationFactory,
    OccurrenceFactory,
    ParticipantFactory,
    SeasonFactory,
    SessionFactory,
    StreamFactory,
)
from tests.support import site_map
from tests.support.sessions.staff_addresses import all_patterns
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db
UNDER_WAY = {"starts_on": date(2020, 1, 1), "ends_on": date(2099, 12, 31)}
NO_SLOT_YET = "No time slot is announced yet."


def no_season():
    pass


def hidden_season():
    SeasonFactory(is_published=False, **UNDER_WAY)


def season_alone():
    SeasonFactory(**UNDER_WAY)


def stream_without_sessions():
    StreamFactory(season=SeasonFactory(**UNDER_WAY))


def session_without_slots():
    SessionFactory(season=SeasonFactory(**UNDER_WAY))


def session_by_invitation_without_slots():
    InvitationFactory(session__season=SeasonFactory(**UNDER_WAY), session__is_published=True)


def hidden_session_without_slots():
    SessionFactory(season=SeasonFactory(**UNDER_WAY), is_published=False)


def every_slot_called_off():
    OccurrenceFactory(session__season=SeasonFactory(**UNDER_WAY), called_off_at=timezone.now())


def session_without_slots_beside_another():
    session = SessionFactory(season=SeasonFactory(**UNDER_WAY))
    OccurrenceFactory(session=SessionFactory(season=session.season))


STATES = [
    no_season,
    hidden_season,
    season_alone,
    stream_without_sessions,
    session_without_slots,
    session_by_invitation_without_slots,
    hidden_session_without_slots,
    every_slot_called_off,
    session_without_slots_beside_another,
]


def somebody():
    """The keys of a person of the season, if there is one, and of an invitation."""
    season, invitation = Season.objects.first(), Invitation.objects.first()
    person = ParticipantFactory(season=season) if season else None
    keys = {"person": person.key, "feed": person.feed_key, "stop": person.stop_key} if person else {}
    return keys | ({"invitation": invitation.key} if invitation else {})


def words_in_addresses() -> dict:
    names = {"season": Season, "stream": Stream, "slug": Session}
    first = {name: model.objects.order_by("pk").first() for name, model in names.items()}
    slugs = {name: row.slug if row else "nothing" for name, row in first.items()}
    return slugs | {
        "number": 1,
        "pk": 1,
        "circular": 1,
        "filename": "a.pdf",
        "what": "reminders",
        "proof": "A" * 24,
        "stop_key": "A" * 24,
    }


def public_addresses() -> list[str]:
    keys, words = somebody(), words_in_addresses()
    nobody = "A" * 24
    addresses = [
        site_map.address(name, words | {"key": keys.get(site_map.KEYED.get(name), nobody)})
        for name in site_map.routes()
    ]
    streams = [f"{stream.season.get_absolute_url()}?stream={stream.slug}" for stream in Stream.objects.all()]
    home = [f"/?stream={stream.slug}" for stream in Stream.objects.all()]
    return [*addresses, *streams, *home]


def desk_addresses() -> list[str]:
    rows = {"season": Season, "session": Session, "occurrence": Occurrence, "invitation": Invitation}
    addresses = []
    for pattern in all_patterns(admin.site.get_urls()):
        model = (pattern.name or "").removeprefix("online_sessions_").removeprefix("registrations_").partition("_")[0]
        pks = [[], *([row.pk] for row in rows[model].objects.all())] if model in rows else [[]]
        for pk in pks:
            try:
                addresses.append(reverse(f"admin:{pattern.name}", args=pk))
            except NoReverseMatch:
                continue
    return addresses


def faults(client, addresses, method="get") -> dict[str, int]:
    """The addresses that are errors of ours."""
    client.raise_request_exception = False
    answers = {address: getattr(client, method)(address).status_code for address in addresses}
    return {address: status for address, status in answers.items() if site_map.is_a_fault(address, status)}


@pytest.mark.parametrize("build", first_always(STATES[::-1]))
def test_no_public_or_personal_address_is_an_error(client, build):
    build()
    addresses = public_addresses()

    assert len(addresses) > 50
    assert faults(client, addresses) == {}
    assert client.get("/").status_code == 200


@pytest.mark.thorough
@pytest.mark.parametrize("build", first_always(STATES[::-1]))
def test_no_address_of_the_desk_is_an_error(admin_client, build):
    build()
    addresses = desk_addresses()

    assert len(addresses) > 30
    assert faults(admin_client, addresses) == {}


@pytest.mark.parametrize("build", first_always(STATES[::-1]))
def test_no_form_that_is_sent_empty_is_an_error(client, build):
    build()

    assert faults(client, public_addresses(), "post") == {}


@pytest.mark.parametrize("address", ["/", "/seasons/{season}/", "/seasons/{season}/?stream={stream}"])
def test_session_without_slots_is_listed_and_says_so(client, address):
    session = SessionFactory(season=SeasonFactory(**UNDER_WAY))

    shown = client.get(address.format(season=session.season.slug, stream=session.stream.slug))

    assert session.title in shown.text
    assert NO_SLOT_YET in shown.text
    assert '<ul class="slots"></ul>' not in shown.text


def test_page_of_a_session_without_slots_says_so():
    session = SessionFactory()

    shown = Client().get(session.get_absolute_url()).text

    assert NO_SLOT_YET in shown
    assert '<ul class="slots"></ul>' not in shown
