"""Mails, feeds and calendar objects are the same octets as those stored in tests/files/octets.

After a change that is meant, write them anew and read the difference:

    WRITE_OCTETS=1 .venv/bin/python -m pytest tests/site/test_octets.py && git diff tests/files/octets
"""

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils.translation import override
from factory.django import DjangoModelFactory

from registrations.calendar import itip
from registrations.models import Participant, Registration
from registrations.models.keys import new_key
from sessions.models import Occurrence, Season, Session, Stream, new_uid
from tests.factories import OccurrenceFactory, SpeakerFactory
from tests.support.registrations import every_mail

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parents[1] / "files/octets"
NOW = datetime(2030, 10, 1, 6, 30, tzinfo=UTC)
# Drawn anew for each mail: a Message-ID that is not that of a calendar entry, and what is between the parts.
RANDOM_ID = re.compile(rb"(?<=<)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=@)")
# It has the time and the number of the user.
LINK_OF_STAFF = re.compile(rb"/new-password/[^/]+/")
BOUNDARY = re.compile(rb'boundary="([^"]+)"')


@pytest.fixture(autouse=True)
def factories_count_from_zero():
    """In whatever order tests run: names, titles and addresses are the same."""
    for factory in DjangoModelFactory.__subclasses__():
        factory.reset_sequence(0)


def _usual():
    return every_mail.people(now=NOW)


def _unusual():
    """Other alphabets, markup, and characters that calendars and headers must escape; a session that is near."""
    them = every_mail.people(now=NOW)
    Season.objects.update(
        title="Rehearsal; “Saison d’été”, 水俣 & <b>more</b>",
        is_rehearsal=True,
        timezone="Asia/Kathmandu",
        place="Patan",
    )
    Stream.objects.update(title="Ртуть, vapours & more", mark=Stream.Mark.TRIANGLE)
    Session.objects.update(
        title="Réunion à propos de l’élimination du mercure; gold, “артель” and\\or 水銀 <i>" + "x" * 60,
        summary="First; line, with a \\ and a “quote”.\n\nSecond <line> & more: " + "ж" * 90,
    )
    people = Participant.objects.all()
    people.update(timezone="Pacific/Auckland", name='Zoë "Ж" O’Brien-王 <zoë>')
    slot = them.seats[0].occurrence
    Occurrence.objects.filter(pk=slot.pk).update(
        starts_at=NOW + timedelta(minutes=45), ends_at=NOW + timedelta(minutes=90), sequence=2
    )
    Registration.objects.update(sequence=3)
    return them


def _without_entries():
    """By invitation, of people who subscribe to a calendar and have heard nothing yet."""
    them = every_mail.people(now=NOW)
    Registration.objects.update(entry_was_mailed=False)
    Participant.objects.update(calendar_entries=Participant.CalendarEntries.SUBSCRIPTION)
    seat = them.seats[0]
    Session.objects.filter(pk=seat.session_id).update(access=Session.Access.INVITATION, is_published=False)
    type(them.invitation).objects.update(registration=seat, session=seat.session)
    return them


SETTINGS = {"usual": _usual, "unusual": _unusual, "without_entries": _without_entries}


@pytest.mark.parametrize("setting", SETTINGS)
def test_mails_are_those_that_are_stored(setting):
    them = _with_fixed_keys(SETTINGS[setting]())
    for seat in [*them.seats, them.waiting]:
        seat.lacks_first_mail = setting == "without_entries"

    mails = every_mail.one_of_each_kind(them)

    written = {f"{kind}.eml": _without_chance(bytes(mail.octets)) for kind, mail in mails.items()}
    _require_stored(FOLDER / "mails" / setting, written)


@pytest.mark.parametrize("setting", ["usual", "unusual"])
def test_calendar_objects_are_those_that_are_stored(client, setting):
    them = _with_fixed_keys(SETTINGS[setting]())
    seat, slot = them.seats[0], them.seats[0].occurrence
    season, session = slot.session.season.slug, slot.session.slug
    OccurrenceFactory(session=slot.session, starts_at=NOW + timedelta(days=9), uid="off", called_off_at=NOW)
    SpeakerFactory(session=slot.session)
    pages = {
        "season": reverse("sessions:season_feed", args=[season]),
        "stream": reverse("sessions:stream_feed", args=[season, slot.session.stream.slug]),
        "session": reverse("sessions:session_feed", args=[season, session]),
        "slot": reverse("sessions:slot_calendar", args=[season, session, slot.pk]),
        "own_feed": reverse("registrations:own_feed", args=[them.person.feed_key]),
        "my_season": reverse("registrations:my_calendar", args=[them.person.key]),
        "my_session": reverse("registrations:session_calendar", args=[them.person.key, session]),
    }

    written = {f"{name}.ics": client.get(page).content for name, page in pages.items()}

    written["request.ics"] = itip.request(seat, stamp=NOW).encode()
    written["cancel.ics"] = itip.cancel(seat, stamp=NOW).encode()
    _require_stored(FOLDER / "calendars" / setting, written)


@pytest.mark.parametrize("language", ["ar", "zh-hans", "fr", "ru", "es"])
def test_calendars_in_other_languages_are_those_that_are_stored(client, language):
    them = _with_fixed_keys(_usual())
    Participant.objects.update(language=language)
    seat = them.seats[0]
    seat.participant.refresh_from_db()
    with override(language):
        feed = reverse("sessions:season_feed", args=[seat.session.season.slug])
    pages = {"season": feed, "own_feed": reverse("registrations:own_feed", args=[them.person.feed_key])}

    written = {f"{name}.ics": client.get(page).content for name, page in pages.items()}

    written["request.ics"] = itip.request(seat, stamp=NOW).encode()
    _require_stored(FOLDER / "calendars" / language, written)


def _with_fixed_keys(them):
    """Every key and UID is a number in the order of making; `them` as they are stored then."""
    for model in apps.get_models():
        names = [field.name for field in model._meta.fields if field.default in (new_key, new_uid)]
        for number, row in enumerate(model._default_manager.order_by("pk") if names else []):
            model._default_manager.filter(pk=row.pk).update(
                **{name: f"{model.__name__}-{name}-{number}" for name in names}
            )
    one_each = [
        them.person,
        them.waiting,
        them.named,
        them.delegation,
        them.invitation,
        them.subscriber,
        them.certificate,
    ]
    for row in [*one_each, *them.seats]:
        row.refresh_from_db()
    return them


def _without_chance(octets) -> bytes:
    for number, boundary in enumerate(BOUNDARY.findall(octets)):
        octets = octets.replace(boundary, b"boundary-%d" % number)
    unfolded = octets.replace(b"=\r\n", b"")
    if LINK_OF_STAFF.search(unfolded):
        # Links of another length are folded at other places.
        octets = LINK_OF_STAFF.sub(b"/new-password/key/", unfolded)
    return RANDOM_ID.sub(b"random", octets)


def _require_stored(folder, written):
    if os.environ.get("WRITE_OCTETS"):
        folder.mkdir(parents=True, exist_ok=True)
        for file in folder.iterdir():
            file.unlink()
        for name, octets in written.items():
            (folder / name).write_bytes(octets)
    stored = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert sorted(written) == sorted(stored)
    for name, octets in written.items():
        assert octets.decode() == stored[name].decode(), name
