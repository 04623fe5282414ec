"""Recordings: what their pages say of them, and when they play there."""

import pytest
from csp.constants import HEADER
from django.conf import settings as configured
from django.utils import translation

from minamata_online.configuration import content_security
from sessions.materials import material_groups, player
from tests.factories import MaterialFactory, RegistrationFactory
from tests.support.sessions.uploads import material_with_file, session_over

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
HOST = "player.example.org"
FILM = f"https://{HOST}/embed/1"


@pytest.fixture
def with_player(settings):
    settings.PLAYER_HOST, settings.PLAYER_POLICY = HOST, content_security.player(HOST)


def recording(url=FILM, session=None, **more):
    return MaterialFactory(session=session or session_over(), kind="recording", title="Recording", url=url, **more)


def details(material, language="en"):
    with translation.override(language):
        [group, *_others] = material_groups.groups_of(material.session)
        return [words.replace("\xa0", " ") for words in group.items[0].details]


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.usefixtures("with_player")
def test_title_of_the_player_is_text_also_where_it_is_in_english_still(client, prefix):
    film = MaterialFactory(session=session_over(), kind="recording", title="Film", url=FILM)

    page = client.get(f"{prefix}{film.session.get_absolute_url()}").text

    assert 'data-title="Film"' in page


def test_kind_that_is_translated_is_not_called_english(client):
    session = recording().session

    page = client.get(f"/ar{session.get_absolute_url()}").text

    with translation.override("ar"):
        kind = translation.gettext("Recording")
    assert f"<bdi>{kind}</bdi>" in page


def test_says_languages_length_size_captions_and_the_other_site():
    film = recording(languages="en, es", duration_minutes=72, size=310 * 1024 * 1024, captions="en, fr")

    assert details(film) == [
        "English and Spanish",
        "1 hour 12 minutes",
        "310.0 MB",
        "captions: English, French",
        "opens on player.example.org",
    ]


@pytest.mark.parametrize(
    ("language", "length", "captions"),
    [
        ("ar", "ساعة و12 دقيقة", "عرض الكلام مكتوباً: العربية"),
        ("zh-hans", "1小时12分钟", "字幕：阿拉伯语"),
        ("fr", "1 heure 12 minutes", "sous-titres : arabe"),
        ("ru", "1 час 12 минут", "субтитры: арабский"),
        ("es", "1 hora 12 minutos", "subtítulos: árabe"),
    ],
)
def test_says_so_in_each_language(language, length, captions):
    said = details(recording(duration_minutes=72, captions="ar"), language)

    bare = [words.translate(dict.fromkeys(range(0x2066, 0x206A))).casefold() for words in said]
    assert length in bare
    assert captions in bare


def test_transcript_and_sound_stand_behind_the_recording(client):
    film = recording()
    material_with_file("transcript.pdf", session=film.session, kind="transcript", title="Transcript")
    MaterialFactory(session=film.session, kind="sound", title="Sound alone", url="https://a.example/a.mp3")

    groups = material_groups.groups_of(film.session)

    assert [group.kind for group in groups] == ["recording", "transcript", "sound"]
    page = client.get(film.session.get_absolute_url()).text
    assert page.index("Recording</dt>") < page.index("Transcript</dt>") < page.index("Sound alone</dt>")


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example.org/embed/1",
        f"http://{HOST}/embed/1",
        f"https://{HOST}.evil.example/embed/1",
        f"https://{HOST}@evil.example/",
        f"https://evil.example/?{HOST}",
        f"https://{HOST}:8443/embed/1",
        "",
    ],
)
def test_only_what_is_on_the_named_site_plays(with_player, url):
    assert player.address_of(recording(url)) == ""


def test_link_to_watch_plays_and_stays_the_link(client, settings):
    settings.PLAYER_HOST = "www.youtube-nocookie.com"
    settings.PLAYER_POLICY = content_security.player(settings.PLAYER_HOST)
    watch = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"

    answer = client.get(recording(watch).session.get_absolute_url())

    assert 'data-player="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"' in answer.text
    assert f'<a\n  href="{watch}" rel="noreferrer">' in answer.text
    assert "comes from youtube-nocookie.com: that site sees" in answer.text
    assert "frame-src https://www.youtube-nocookie.com" in answer[HEADER]


def test_slides_on_the_named_site_do_not_play(with_player):
    assert player.address_of(MaterialFactory(kind="slides", url=FILM)) == ""
    assert player.address_of(recording()) == FILM


def test_page_with_a_player_and_no_other_may_show_that_site(client, with_player):
    film, elsewhere = recording(), recording("https://a.example/film")

    answers = [client.get(each.session.get_absolute_url()) for each in (film, elsewhere)]

    assert [f"frame-src https://{HOST}" in answer[HEADER] for answer in answers] == [True, False]
    assert ["data-player" in answer.text for answer in answers] == [True, False]
    assert ["player.js" in answer.text for answer in answers] == [True, False]
    # The link is there for who has no scripts, and nothing loads from there by itself.
    assert answers[0].text.count(FILM) == 2
    assert f'<a\n  href="{FILM}" rel="noreferrer">' in answers[0].text
    assert "<iframe" not in answers[0].text
    assert HOST not in client.get(film.session.season.get_absolute_url())[HEADER]


def test_answer_that_nothing_changed_allows_the_same(client, with_player):
    address = recording().session.get_absolute_url()
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again[HEADER]) == (304, first[HEADER])


def test_ones_own_page_has_the_player_too(client, with_player):
    film = recording()
    slot = film.session.occurrences.get()
    person = RegistrationFactory(occurrence=slot).participant

    answer = client.get(f"/my/{person.key}/{film.session.slug}/session/")

    assert "data-player" in answer.text
    assert f"frame-src https://{HOST}" in answer[HEADER]


def test_without_a_named_site_nothing_plays(client):
    film = recording()

    answer = client.get(film.session.get_absolute_url())

    assert configured.PLAYER_HOST == ""
    assert "data-player" not in answer.text
    assert HOST not in answer[HEADER]


def test_page_says_in_words_who_sees_the_reader(client, with_player):
    address = recording().session.get_absolute_url()

    assert f"comes from {HOST}: that site sees the address of your device" in client.get(address).text
    assert "voit l’adresse de votre appareil" in client.get(f"/fr{address}").text


def test_page_about_privacy_names_the_site_that_may_play(client, settings):
    before = client.get("/privacy/").text
    settings.PLAYER_HOST = HOST

    assert HOST not in before
    assert f"it comes from {HOST}: that site then sees the address of your device" in client.get("/privacy/").text
