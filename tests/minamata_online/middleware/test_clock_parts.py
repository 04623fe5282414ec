"""What a script gets of a page that it has in another clock: all that is different, and nothing else."""

import gzip
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from minamata_online.middleware.clock_parts import PART
from registrations.models import Invitation
from tests.factories import OccurrenceFactory, SessionFactory
from tests.support.registrations.inviting import hidden_slot, invite
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db

ASKED = {"X-Part": "clock"}
ZONES = ["Asia/Kathmandu", "America/Lima", "Pacific/Apia"]
# Hidden values of each page's own, and what the script sets itself: the zone chosen, and whether it is asked for.
OWN = re.compile(
    rb'(name="(?:csrfmiddlewaretoken|submission|opened)" value=")[^"]*|'
    rb'(<option value="[^"]*") selected|(data-asks-zone) open'
)


@pytest.fixture
def session():
    """Held twice, the later time full in the one clock and the earlier at night in another."""
    early = OccurrenceFactory(starts_at=timezone.now() + timedelta(days=3), session__summary="Air")
    later = early.starts_at + timedelta(hours=7)
    OccurrenceFactory(session=early.session, starts_at=later, ends_at=later + timedelta(hours=1))
    return early.session


@pytest.fixture
def pages(session):
    season = session.season
    opens = SessionFactory(registration_opens_at=timezone.now() + timedelta(days=1, hours=11))
    OccurrenceFactory(session=opens, starts_at=timezone.now() + timedelta(days=9))
    return [
        *(
            "/",
            season.get_absolute_url(),
            f"/poster/{season.slug}/",
            session.get_absolute_url(),
            opens.get_absolute_url(),
        ),
        *(f"/sign-up/{season.slug}/", f"/sign-up/{season.slug}/?session={session.slug}"),
        *(f"/sign-up/{season.slug}/delegation/", f"/sign-up/{opens.season.slug}/"),
    ]


def around(page) -> bytes:
    """The page without its parts."""
    return OWN.sub(rb"\1\2\3", PART.sub(b"", page))


def in_clock(client, zone, path, **headers):
    client.cookies["zone"] = zone
    return client.get(path, headers=headers)


@pytest.mark.parametrize("zone", first_always(ZONES))
def test_parts_are_all_that_is_different_in_another_clock(client, pages, zone):
    for path in pages:
        client.cookies.clear()
        first = client.get(path).content

        whole = in_clock(client, zone, path).content
        parts = in_clock(client, zone, path, **ASKED)

        assert around(whole) == around(first), path
        assert PART.findall(whole) != PART.findall(first), path
        assert parts.content.split(b"<!--clock-->") == PART.findall(whole), path
        assert parts["X-Zone"] == zone


@pytest.mark.parametrize("zone", ZONES)
def test_parts_of_an_open_invitation_are_all_that_is_different(client, zone):
    slot = hidden_slot(starts_at=timezone.now() + timedelta(days=9))
    invite(slot.session, now=timezone.now())
    invitation = Invitation.objects.get()
    path = f"/invitation/{invitation.key}/"
    client.post(path, {"open": "1"})
    first = client.get(path).content

    whole = in_clock(client, zone, path).content

    assert around(whole) == around(first)
    assert PART.findall(whole) != PART.findall(first)


def test_old_name_of_a_zone_is_answered_by_the_present_one(client, session):
    assert in_clock(client, "Asia%2FCalcutta", "/", **ASKED)["X-Zone"] == "Asia/Kolkata"


def test_parts_are_compressed_and_kept_by_nobody(client, session):
    known = client.get("/")["ETag"]

    answer = in_clock(client, "Asia/Kathmandu", "/", **ASKED, **{"If-None-Match": known, "Accept-Encoding": "gzip"})

    assert (answer.status_code, answer["Content-Encoding"], answer["Cache-Control"]) == (200, "gzip", "no-store")
    assert b"Kathmandu, UTC+5:45" in gzip.decompress(answer.content)
    assert "ETag" not in answer


def test_page_is_whole_again_for_who_does_not_ask_for_parts(client, session):
    in_clock(client, "Asia/Kathmandu", "/", **ASKED)

    assert client.get("/").content.startswith(b"<!doctype html>")


def test_page_that_is_not_there_is_no_part_of_one(client, session):
    assert b"<!doctype html>" in in_clock(client, "Asia/Kathmandu", "/seasons/none/", **ASKED).content
