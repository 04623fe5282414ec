"""What programs read of a calendar object is the same in every language; only what people read is translated."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from registrations.calendar import itip
from registrations.models import Participant
from tests.factories import OccurrenceFactory
from tests.support.calendars import seen_by_ical, seen_by_icalendar, seen_by_ics, seen_by_vobject
from tests.support.directions import is_arabic, unisolated
from tests.support.registrations import every_mail

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 10, 1, 6, 30, tzinfo=UTC)
OTHERS = ["ar", "zh-hans", "fr", "ru", "es"]
FOR_PEOPLE = {"SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME", "X-WR-CALDESC"}
PARTS = ("summary", "description")
PARSERS = [seen_by_icalendar, seen_by_vobject, seen_by_ics, seen_by_ical]
PUBLIC = {"season_feed", "stream_feed", "session_feed", "slot_calendar"}


@pytest.fixture
def objects(client):
    """Every calendar object in a language, by name."""
    them = every_mail.people(now=NOW)
    slot = them.seats[0].occurrence
    OccurrenceFactory(session=slot.session, starts_at=NOW + timedelta(days=9), uid="off", called_off_at=NOW)
    season, session = slot.session.season.slug, slot.session.slug
    addresses = {
        "season_feed": ("sessions:season_feed", season),
        "stream_feed": ("sessions:stream_feed", season, slot.session.stream.slug),
        "session_feed": ("sessions:session_feed", season, session),
        "slot_calendar": ("sessions:slot_calendar", season, session, slot.pk),
        "own_feed": ("registrations:own_feed", them.person.feed_key),
        "my_calendar": ("registrations:my_calendar", them.person.key),
        "session_calendar": ("registrations:session_calendar", them.person.key, session),
    }

    def written(language):
        Participant.objects.update(language=language)
        them.seats[0].participant.refresh_from_db()
        with override(language):
            paths = {name: reverse(view, args=args) for name, (view, *args) in addresses.items()}
        texts = {name: client.get(path).content.decode() for name, path in paths.items()}
        seat = them.seats[0]
        return texts | {"request": itip.request(seat, stamp=NOW), "cancel": itip.cancel(seat, stamp=NOW)}

    return written


def lines_of(text) -> list[tuple[str, str]]:
    """The name of each property, without its parameters, and the whole line."""
    return [(line.partition(":")[0].partition(";")[0], line) for line in text.replace("\r\n ", "").splitlines()]


def test_programs_read_the_same_in_every_language(objects):
    english = objects("en")
    times = {(name, parser): times_seen(parser, text) for name, text in english.items() for parser in PARSERS}

    assert all(times.values())
    for language in OTHERS:
        prefix = f"{settings.SITE_URL}/{language}/"
        for name, text in objects(language).items():
            read = [line for prop, line in lines_of(text) if prop not in FOR_PEOPLE]
            expected = [line for prop, line in lines_of(english[name]) if prop not in FOR_PEOPLE]
            assert [line.replace(prefix, f"{settings.SITE_URL}/") for line in read] == expected, name
            assert all(line.isascii() for line in read), name
            assert (prefix in text) == (name in PUBLIC), name
            # Nor does anybody read a digit of another script.
            assert not [letter for letter in text if letter.isdigit() and not letter.isascii()], name
            for parser in PARSERS:
                assert times_seen(parser, text) == times[name, parser], (name, parser)


def times_seen(parser, text) -> list:
    return [(event["uid"], event["starts_at"], event["ends_at"]) for event in parser(text)]


def test_people_read_arabic_in_which_names_keep_their_order(objects):
    texts = [event[part] for text in objects("ar").values() for event in seen_by_vobject(text) for part in PARTS]

    assert [text for text in texts if unisolated(text)] == []
    assert any(is_arabic(text) for text in texts)
    assert [line for text in texts for line in text.splitlines() if "http" in line and is_arabic(line)] == []
