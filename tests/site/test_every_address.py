"""What is true at every address: each of the routes is asked, so a new one is held to it by itself."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from minamata_online.monitoring.log_format import without_keys
from registrations.models import Registration
from tests.factories import RegistrationFactory
from tests.support import site_map
from tests.support.headers import directives
from tests.support.site_map import KEYED, MEETING, address, keys_of, opened_by
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db
# A calendar is fetched again and again by programs, so it may be kept by its own reader, and never by anybody else.
KEPT_BY_ITS_READER = {"registrations:own_feed"}
FILES = {"sessions:material_file", "registrations:own_file"}
ELSEWHERE = re.compile(
    r"""(?:\ssrc|\ssrcset|<link(?! rel="canonical")[^>]*\shref|\sdata|\sposter)=["'](?:https?:)?//"""
)
# A block of data is no script, whatever its tag is called.
INLINE = re.compile(r"""<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)(?! type="application/ld\+json">)|javascript:""")


@pytest.fixture
def rows():
    return site_map.one_of_everything()


def ask_all(rows, method="get") -> dict:
    """What a stranger is answered at each address, with its own key where it has one."""
    return {name: getattr(Client(), method)(opened_by(rows, name)) for name in site_map.routes()}


def content(answer) -> str:
    octets = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return octets.decode(errors="replace").replace("\r\n ", "")


def test_no_page_may_run_or_load_anything_of_others(rows):
    for name, answer in ask_all(rows).items():
        policy = directives(answer)
        if name in FILES:
            assert policy == {"default-src": ["'none'"], "sandbox": []}, name
        else:
            assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == ["'none'"], name
            assert policy["form-action"] == ["'self'"], name
        assert "unsafe" not in answer["Content-Security-Policy"], name
        assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff"), name


def test_no_page_has_anything_inline_or_from_elsewhere(rows):
    pages = {name: content(answer) for name, answer in ask_all(rows).items() if "html" in answer["Content-Type"]}

    assert len(pages) > 30
    assert [name for name, page in pages.items() if ELSEWHERE.search(page) or INLINE.search(page)] == []


def test_answers_behind_a_key_are_kept_found_and_told_nowhere(rows):
    answers = ask_all(rows)

    for name in KEYED:
        wanted = "private" if name in KEPT_BY_ITS_READER else "no-store"
        assert wanted in answers[name]["Cache-Control"], name
        assert answers[name]["X-Robots-Tag"] == "noindex", name
        assert answers[name]["Referrer-Policy"] in ("no-referrer", "strict-origin"), name


@pytest.mark.thorough
def test_looking_with_head_is_answered_like_looking(rows):
    seen, heads = ask_all(rows), ask_all(rows, "head")

    assert {name: answer.status_code for name, answer in heads.items()} == {
        name: answer.status_code for name, answer in seen.items()
    }
    assert not any(content(answer) for answer in heads.values())


@pytest.mark.parametrize("minutes", first_always([-5, 3 * 24 * 60]), ids=["while it runs", "three days before"])
def test_address_of_the_meeting_is_at_no_address(minutes):
    rows = site_map.one_of_everything(starts_in=timedelta(minutes=minutes))

    found = [name for name, answer in ask_all(rows).items() if MEETING in content(answer)]

    assert found == []


def test_button_of_the_join_page_is_what_tells_it_and_only_while_the_seat_is_held():
    rows = site_map.one_of_everything(starts_in=timedelta(minutes=-5))
    page = opened_by(rows, "registrations:join")

    shown = MEETING in content(Client().post(page))
    Registration.objects.filter(pk=rows["registration"].pk).update(status="cancelled")

    assert (shown, MEETING in content(Client().post(page))) == (True, False)


def test_public_addresses_tell_nothing_of_the_people(rows):
    person, invited = rows["registration"].participant, rows["invitation"]
    typed = rows["delegation"]
    theirs = [person.name, person.email, invited.name, invited.email, invited.session.title, invited.session.slug]
    theirs += [key for what, key in keys_of(rows).items() if what in set(KEYED.values())]
    theirs += [rows["registration"].uid, typed.email, *(word for pair in typed.named for word in pair if word)]

    found = {
        name: [word for word in theirs if word.casefold() in content(answer).casefold()]
        for name, answer in ask_all(rows).items()
        if name not in KEYED
    }

    assert {name: words for name, words in found.items() if words} == {}
    assert person.email in content(Client().get(opened_by(rows, "registrations:own_data")))


def test_key_of_somebody_else_opens_nothing_of_mine(rows):
    mine = rows["registration"]
    other = RegistrationFactory(
        participant__season=mine.session.season, occurrence__session__season=mine.session.season
    )
    keys = {"person": other.participant.key, "feed": other.participant.feed_key, "join": other.join_key}
    secrets = [mine.participant.name, mine.participant.email, mine.uid, mine.participant.key, mine.join_key]
    secrets += [mine.participant.feed_key, mine.participant.stop_key]

    for name, what in KEYED.items():
        if what not in keys:
            continue
        path = address(name, rows["values"] | {"key": keys[what]})
        for method in ("get", "post"):
            answer = getattr(Client(), method)(path)
            assert [each for each in secrets if each in content(answer)] == [], (name, method)
            if rows["values"]["slug"] in path:
                assert answer.status_code in (404, 405), (name, method)

    mine.refresh_from_db()
    assert (mine.status, mine.sequence, mine.participant.anonymised_at) == ("confirmed", 0, None)


def test_no_key_of_any_address_comes_into_the_log(rows):
    keys = keys_of(rows)
    paths = {name: opened_by(rows, name) for name in KEYED}

    logged = {name: without_keys(f'"GET {path} HTTP/1.1" 200') for name, path in paths.items()}

    assert [name for name, line in logged.items() if keys[KEYED[name]] in line] == []
