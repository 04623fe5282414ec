"""A feed as programs fetch it, over a real connection."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from django.utils import timezone

from registrations import links
from registrations.enrolment import enrolment
from registrations.rescheduling import changes
from sessions.calendar.http import SETTLED_AFTER
from sessions.models import Occurrence, Season
from sessions.seasons import rewording
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.calendars import seen_by_vobject
from tests.support.subscriber import Subscriber, fetch
from tests.support.thorough import first_always

LONG_AGO = datetime(2025, 8, 1, tzinfo=UTC)
AGES_AGO = datetime(2020, 8, 1, tzinfo=UTC)
BROWSER = {
    "Accept": "text/html",
    "Accept-Language": "fr",
    "Cookie": "zone=Africa%2FNairobi; csrftoken=x; sessionid=y; django_language=fr",
}
ENCODINGS = pytest.mark.parametrize("encoding", ["identity", "gzip"])
WAYS = pytest.mark.parametrize("ask_by", ["ETag", "Last-Modified"])


@pytest.fixture
def registration(site):
    """For one of two slots; nothing has changed for years."""
    slot = OccurrenceFactory(session__season__changed_at=AGES_AGO, session__title="Emissions", changed_at=AGES_AGO)
    OccurrenceFactory(session__season=slot.session.season, changed_at=AGES_AGO)
    return RegistrationFactory(occurrence=slot, revised_at=AGES_AGO)


@pytest.fixture
def public(site, registration):
    season = f"{site}{registration.session.season.get_absolute_url()}"
    return {
        "season": f"{season}calendar.ics",
        "stream": f"{season}streams/{registration.session.stream.slug}/calendar.ics",
        "session": f"{season}{registration.session.slug}/calendar.ics",
    }


@pytest.fixture
def own(registration):
    return links.own_feed(registration.participant)


def move(registration):
    slot = registration.occurrence
    times = {"starts_at": slot.starts_at + timedelta(hours=3), "ends_at": slot.ends_at + timedelta(hours=3)}
    changes.reschedule(occurrence_id=slot.pk, now=LONG_AGO, **times)


def call_off(registration):
    changes.call_off(occurrence_id=registration.occurrence_id, now=LONG_AGO)


def retitle(registration):
    registration.session.title = "Emissions to air"
    registration.session.save()
    rewording.session_saved(session=registration.session, changed=["title"], now=LONG_AGO)


def delete_slot(registration):
    Occurrence.objects.exclude(pk=registration.occurrence_id).delete()
    Season.objects.touch(registration.session.season_id, now=LONG_AGO)


def cancel(registration):
    enrolment.cancel(registration_id=registration.pk, now=LONG_AGO)


@ENCODINGS
@WAYS
@pytest.mark.parametrize("change", first_always([move, call_off, retitle, delete_slot]))
def test_public_feed_is_sent_once_and_once_more_after_a_change(public, registration, change, encoding, ask_by):
    subscriber = Subscriber(public["season"], encoding=encoding, ask_by=ask_by)
    before = subscriber.look(), subscriber.look(), subscriber.octets

    change(registration)

    assert before[:2] == (200, 304)
    assert (subscriber.look(), subscriber.look()) == (200, 304)
    assert subscriber.octets != before[2]


@ENCODINGS
@WAYS
@pytest.mark.parametrize("change", first_always([cancel, move, call_off, retitle]))
def test_own_feed_is_sent_once_and_once_more_after_a_change(own, registration, change, encoding, ask_by):
    subscriber = Subscriber(own, encoding=encoding, ask_by=ask_by)
    before = subscriber.look(), subscriber.look(), subscriber.octets

    change(registration)

    assert before[:2] == (200, 304)
    assert (subscriber.look(), subscriber.look()) == (200, 304)
    assert subscriber.octets != before[2]


@pytest.mark.parametrize("feed", ["season", "stream", "session"])
def test_headers_of_a_public_feed(public, feed):
    status, headers, _octets = fetch(public[feed])

    assert status == 200
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers["Content-Disposition"].startswith('inline; filename="')
    assert headers["Content-Disposition"].endswith('.ics"')
    assert headers["Cache-Control"] == "max-age=600, public"
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Content-Language"] == "en"
    assert headers["Last-Modified"] == format_datetime(AGES_AGO + SETTLED_AFTER, usegmt=True)


def test_headers_of_ones_own_feed(own):
    status, headers, _octets = fetch(own)

    assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert headers["Cache-Control"] == "max-age=600, private"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("whose", ["public", "own"])
def test_whoever_asks_gets_the_same_octets_and_no_cookie(public, own, whose):
    url = {"public": public["season"], "own": own}[whose]

    bare, browser, any_type = (fetch(url, sent) for sent in ({}, BROWSER, {"Accept": "image/png"}))

    assert bare[2] == browser[2] == any_type[2] != b""
    for status, headers, _octets in (bare, browser, any_type):
        assert (status, headers["Set-Cookie"], headers["Vary"]) == (200, None, "Accept-Encoding")


@pytest.mark.parametrize("whose", ["public", "own"])
def test_head_is_a_get_without_octets(public, own, whose):
    url = {"public": public["season"], "own": own}[whose]

    got, asked = fetch(url), fetch(url, method="HEAD")

    same = [name for name in got[1] if name not in ("Date", "X-Request-ID")]
    assert (asked[0], asked[2]) == (200, b"")
    assert [asked[1][name] for name in same] == [got[1][name] for name in same]
    assert asked[1]["Content-Length"] == str(len(got[2]))


@ENCODINGS
def test_answer_without_octets_carries_the_validator_that_the_octets_had(public, encoding):
    first = fetch(public["season"], {"Accept-Encoding": encoding})
    etag = first[1]["ETag"]

    status, headers, octets = fetch(public["season"], {"Accept-Encoding": encoding, "If-None-Match": etag})

    assert (status, octets) == (304, b"")
    kept = ("ETag", "Last-Modified", "Cache-Control", "Vary")
    assert [headers[name] for name in kept] == [first[1][name] for name in kept]
    assert etag.startswith("W/") is (encoding == "gzip")


def test_two_changes_in_one_second_are_both_seen_by_who_asks_by_date(public, registration):
    now = timezone.now().replace(microsecond=0)
    subscriber = Subscriber(public["season"], ask_by="Last-Modified")
    Season.objects.touch(registration.session.season_id, now=now)
    assert subscriber.look() == 200

    registration.session.title = "Second change"
    registration.session.save()
    rewording.session_saved(session=registration.session, changed=["title"], now=now + timedelta(milliseconds=500))

    assert subscriber.look() == 200
    assert "Second change" in [entry["summary"] for entry in seen_by_vobject(subscriber.octets.decode())]


def test_date_given_out_while_a_change_was_fresh_does_not_hide_a_later_one(public, registration):
    now = timezone.now()
    Season.objects.touch(registration.session.season_id, now=now)
    date = fetch(public["season"])[1]["Last-Modified"]

    Season.objects.touch(registration.session.season_id, now=now - timedelta(hours=1))
    settled = fetch(public["season"], {"If-Modified-Since": date})[0]
    Season.objects.touch(registration.session.season_id, now=now)
    fresh = fetch(public["season"], {"If-Modified-Since": date})[0]

    assert (settled, fresh) == (304, 200)


@pytest.mark.parametrize("sent", first_always(["*", '"\xff"', "", '"', "W/", "x" * 4000]))
@pytest.mark.parametrize("question", ["If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since"])
def test_odd_question_is_answered(public, sent, question):
    status, _headers, _octets = fetch(public["season"], {question: sent})

    assert status in (200, 304, 412)


def test_robots_may_fetch_everything(site):
    status, headers, octets = fetch(f"{site}/robots.txt")

    rules = octets.decode().split("\n\n")[0]
    assert (status, headers["Content-Type"], rules) == (200, "text/plain", "User-agent: *\nDisallow:")
