"""Pictures beside links: what is on them, in which language, and how often they are drawn."""

import html
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import caches
from django.utils import timezone, translation

from sessions.models import Session
from sessions.models.parts import Part
from sessions.presenters import preview_pictures
from sessions.typesetting import typesetter
from tests.factories import OccurrenceFactory, SeasonFactory, SessionFactory

pytestmark = pytest.mark.django_db
LONG = "Reducing emissions of mercury from the production of cement clinker in small facilities and large ones, " * 3


def picture_of(client, page) -> str:
    """The path of the picture that a page names."""
    [address] = re.findall(r'<meta property="og:image" content="([^"]*)">', client.get(page).text)
    assert address.startswith(settings.SITE_URL)
    return address.removeprefix(settings.SITE_URL)


def words_of(client, page) -> str:
    [words] = re.findall(r'<meta property="og:image:alt" content="([^"]*)">', client.get(page).text)
    return html.unescape(words)


def size_of(octets) -> tuple[int, int]:
    assert octets.startswith(b"\x89PNG")
    return tuple(int.from_bytes(octets[place : place + 4], "big") for place in (16, 20))


def values_of(slot) -> dict:
    return preview_pictures.of_session(slot.session, [slot]).values


def on(title, **more):
    return OccurrenceFactory(session__title=title, **more)


def test_season_and_session_have_pictures_of_their_own(client):
    session = on("Mercury in fish").session

    pages = [session.get_absolute_url(), session.season.get_absolute_url(), "/"]
    pictures = [picture_of(client, page) for page in pages]
    answers = [client.get(picture) for picture in pictures]

    assert [size_of(answer.content) for answer in answers] == [(1200, 630)] * 3
    assert [answer["Content-Type"] for answer in answers] == ["image/png"] * 3
    assert pictures[1] == pictures[2]
    assert answers[0].content != answers[1].content


def test_picture_names_title_time_of_the_season_stream_and_organiser(client):
    slot = on("Mercury in fish", session__season__organiser="Basel Convention Regional Centre")

    assert values_of(slot) | {"day": None} == {
        "heading": slot.session.season.title,
        "title": "Mercury in fish",
        "streams": [{"title": slot.session.stream.title, "mark": "square"}],
        "times": [
            f"{slot.starts_at.astimezone(slot.session.season.zone):%A} 8 October 2030, 09:00–10:00 (Geneva, UTC+2)"
        ],
        "day": None,
        "notice": "",
        "organiser": "Basel Convention Regional Centre",
    }
    assert "Mercury in fish, Tuesday 8 October 2030, 09:00–10:00" in words_of(client, slot.session.get_absolute_url())


def test_more_than_two_time_slots_are_counted():
    first = on("Mercury in fish")
    more = [OccurrenceFactory(session=first.session) for _ in range(3)]

    times = preview_pictures.of_session(first.session, [first, *more]).values["times"]

    assert len(times) == 2
    assert times[1] == "and 3 more time slots"


def test_parts_of_a_time_slot_are_named_without_what_was_called_off():
    slot = on("Briefing")
    days = [(slot.starts_at + timedelta(days=day), slot.ends_at + timedelta(days=day)) for day in range(4)]
    slot.parts = tuple(Part(number, *days[number], is_called_off=number == 0) for number in range(4))

    times = values_of(slot)["times"]

    assert times[0].startswith(f"{days[1][0].astimezone(slot.session.season.zone):%A} ")
    assert times[1:] == ["and 2 more parts"]


def test_rehearsal_and_what_was_called_off_say_so():
    rehearsal = on("Fish", session__season__is_rehearsal=True)
    off = on("Fish", called_off_at=timezone.now())

    assert values_of(rehearsal)["notice"] == "Rehearsal"
    assert preview_pictures.of_season(rehearsal.session.season, []).values["notice"] == "Rehearsal"
    assert values_of(off)["notice"] == "Called off"


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
def test_picture_is_in_the_language_of_the_page(client, code):
    session = on("Mercury in fish").session
    prefix = "" if code == "en" else f"/{code}"

    picture = picture_of(client, prefix + session.get_absolute_url())
    answer = client.get(picture)

    assert picture.startswith(f"{prefix}{session.get_absolute_url()}preview.png?v=")
    assert size_of(answer.content) == (1200, 630)
    assert answer["Content-Language"] == code


def test_title_without_translation_is_in_english_on_the_picture_too():
    session = SessionFactory(title="Mercury in fish")

    with translation.override("ru"):
        values = preview_pictures.of_session(session, []).values

    assert values["title"] == "Mercury in fish"
    assert values["organiser"] == "Секретариат Минаматской конвенции о ртути"


@pytest.mark.parametrize("title", [LONG, "W" * 300, "汞" * 300, "ا" * 300, "Zn #[$*] \\ \u202e <b>"])
def test_any_title_fits_or_is_cut(client, title):
    session = on(title[:300], session__season__title=title[:200], session__season__organiser=title[:200]).session

    answers = [client.get(picture_of(client, row.get_absolute_url())) for row in (session, session.season)]

    # A picture with a second page is no picture at all.
    assert [size_of(answer.content) for answer in answers] == [(1200, 630)] * 2


def test_characters_without_glyph_are_left_out(client):
    plain, with_emoji = on("Fish and "), on("Fish and \N{FISH}")
    values = values_of(plain)

    drawn = client.get(picture_of(client, with_emoji.session.get_absolute_url()))

    assert drawn.status_code == 200
    values = values_of(with_emoji) | {"title": values["title"] + " "}
    assert drawn.content == typesetter.png("preview", values, title="Fish", language="en")


def test_title_without_any_letter_that_can_be_drawn_has_the_picture_of_the_site(client):
    session = on("한국").session

    answer = client.get(f"/ru{session.get_absolute_url()}preview.png")

    assert answer.status_code == 302
    assert "preview-ru" in answer["Location"]


def test_digits_of_a_title_that_cannot_be_drawn_stay_in_the_times(client):
    slot = on("Step 1\ufe0f\u20e3 and 2")
    values = values_of(slot)
    plain = values | {"title": "Step 1\ufe0f and 2"}

    drawn = client.get(picture_of(client, slot.session.get_absolute_url()))

    assert drawn.content == typesetter.png("preview", plain, title="Step", language="en")


def test_nothing_of_what_is_not_public_is_shown(client):
    hidden = on("Secret", session__is_published=False).session
    draft = on("Secret", session__season__is_published=False).session

    rows = [hidden, draft, draft.season]
    assert [client.get(f"{row.get_absolute_url()}preview.png").status_code for row in rows] == [404] * 3
    assert client.get("/seasons/nothing/preview.png").status_code == 404


def test_who_has_the_picture_is_told_so_and_it_is_not_compressed_again(client):
    picture = picture_of(client, on("Fish").session.get_absolute_url())

    first = client.get(picture, headers={"Accept-Encoding": "gzip"})
    again = client.get(picture, headers={"Accept-Encoding": "gzip", "If-None-Match": first["ETag"]})

    assert "Content-Encoding" not in first
    assert first["Cache-Control"] == "public, max-age=3600"
    assert "Set-Cookie" not in first
    assert (again.status_code, again.content) == (304, b"")


def test_picture_has_another_address_after_a_change_of_what_is_on_it(client, settings):
    settings.PROGRAMME_SECONDS = 0
    session = on("Fish").session
    before = picture_of(client, session.get_absolute_url())

    Session.objects.filter(pk=session.pk).update(summary="New")
    with_summary = picture_of(client, session.get_absolute_url())
    Session.objects.filter(pk=session.pk).update(title="Rice")
    after = picture_of(client, session.get_absolute_url())

    assert with_summary == before
    assert after != before


def test_made_up_addresses_draw_nothing_more(client):
    session = on("Fish").session
    address = f"{session.get_absolute_url()}preview.png"
    client.get(address)
    kept = len(caches["answers"]._cache)

    answers = {client.get(f"{address}?v={number}&x={number}")["ETag"] for number in range(20)}

    assert len(answers) == 1
    assert len(caches["answers"]._cache) == kept


def test_season_that_has_nothing_yet_has_a_picture(client):
    season = SeasonFactory(starts_on=timezone.now().date(), ends_on=timezone.now().date() + timedelta(days=3))

    assert size_of(client.get(picture_of(client, season.get_absolute_url())).content) == (1200, 630)
