"""What staff publish after a session: a link or a file, and what they say of it."""

import html

import pytest

from sessions.models import Material
from tests.factories import MaterialFactory, SessionFactory
from tests.support.sessions.admin_pages import edit_session
from tests.support.sessions.uploads import PDF, add_material, files_in, refused, upload
from tests.support.thorough import first_always

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
LINK = "https://video.example.org/film"


def test_file_is_stored_with_its_size_below_its_session(admin_client, media):
    session = SessionFactory(slug="trade", season__slug="2030")

    add_material(admin_client, session, file=upload(), language="fr", megabytes="7")

    stored = Material.objects.values("kind", "url", "file", "language", "size").get()
    assert stored == {
        "kind": "slides",
        "url": "",
        "file": "2030/trade/slides.pdf",
        "language": "fr",
        "size": len(PDF),
    }
    assert files_in(media) == ["2030/trade/slides.pdf"]


def test_link_is_stored_with_the_size_that_staff_typed(admin_client):
    add_material(admin_client, SessionFactory(), kind="recording", url=LINK, megabytes="2.5")

    assert Material.objects.values("url", "file", "size").get() == {"url": LINK, "file": "", "size": 2_621_440}


def test_neither_link_nor_file_is_known_to_exist(admin_client):
    add_material(admin_client, SessionFactory())

    assert Material.objects.values("url", "file", "size").get() == {"url": "", "file": "", "size": None}


def test_link_and_file_at_once_are_refused_beside_the_link(admin_client, media):
    response = add_material(admin_client, SessionFactory(), url=LINK, file=upload())

    assert refused(response, "url") == "Give a link or a file, not both. Remove one of them."
    assert LINK in response.content.decode()
    assert not media.exists()


@pytest.mark.parametrize(
    "address",
    first_always(
        ["javascript:alert(1)", "ftp://example.org/a", "data:text/html,x", "//", "file:///etc/passwd", "a\0b"], 2
    ),
)
def test_only_web_addresses_are_links(admin_client, address):
    assert refused(add_material(admin_client, SessionFactory(), url=address), "url")


def test_what_a_link_begins_with_is_said(admin_client):
    answer = add_material(admin_client, SessionFactory(), url="ftp://example.org/a")

    assert refused(answer, "url") == "Type an address that begins with https:// or http://."


@pytest.mark.parametrize("code", ["sw", "x-mystery"])
def test_language_code_of_elsewhere_stays_as_it_is(admin_client, code):
    material = MaterialFactory(language=code)

    edit_session(admin_client, material.session, materials__0__title="New title")

    assert list(Material.objects.values_list("title", "language")) == [("New title", code)]


def test_language_that_is_not_offered_is_refused(admin_client):
    assert refused(add_material(admin_client, SessionFactory(), language="tlh"), "language")


def test_session_with_forty_materials_can_be_saved(admin_client):
    session = SessionFactory()
    MaterialFactory.create_batch(40, session=session)

    response = edit_session(admin_client, session, materials__0__title="New title")

    assert response.status_code == 302
    assert Material.objects.filter(title="New title").count() == 1


def test_official_document_in_several_languages_is_typed_line_by_line(admin_client):
    session = SessionFactory()
    lines = "fr https://example.org/fr\n\n ar  https://example.org/ar "

    add_material(admin_client, session, url=LINK, symbol="UNEP/MC/COP.5/16/Add.1", editions=lines)

    stored = Material.objects.get()
    assert (stored.symbol, stored.editions) == (
        "UNEP/MC/COP.5/16/Add.1",
        {"fr": "https://example.org/fr", "ar": "https://example.org/ar"},
    )
    edit_session(admin_client, session, materials__0__title="Another")
    assert Material.objects.get().editions == stored.editions


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("editions", "French https://example.org/fr", "is not a code of a language"),
        ("editions", "fr", "is not a code of a language"),
        ("editions", "fr javascript:alert(1)", "is not a web address"),
        ("editions", "fr https://example.org/1\nfr https://example.org/2", "is there twice"),
        ("symbol", "UNEP/MC/COP.5 draft", "Type the symbol as it is on the document"),
        ("symbol", "<b>UNEP/1</b>", "Type the symbol as it is on the document"),
    ],
)
def test_what_is_no_symbol_or_no_link_in_a_language_is_refused_beside_its_field(admin_client, field, typed, words):
    response = add_material(admin_client, SessionFactory(), url=LINK, **{field: typed})

    assert words in refused(response, field)
    assert typed in html.unescape(response.text)


def test_recording_is_stored_with_its_length_languages_and_captions(admin_client):
    details = {"duration_minutes": "72", "languages": "en, es", "captions": "ar,fr"}

    add_material(admin_client, SessionFactory(), kind="recording", url=LINK, **details)

    stored = Material.objects.values("duration_minutes", "languages", "captions").get()
    assert stored == {"duration_minutes": 72, "languages": "en, es", "captions": "ar,fr"}


@pytest.mark.parametrize(
    ("kind", "field", "typed", "words"),
    [
        ("recording", "duration_minutes", "0", "greater than or equal to 1"),
        ("recording", "duration_minutes", "1441", "less than or equal to 1440"),
        ("recording", "duration_minutes", "1:12", "Enter a whole number"),
        ("recording", "languages", "English", "is no code of a language"),
        ("recording", "captions", "xx", "is no code of a language"),
        ("slides", "duration_minutes", "72", "Only a recording has this"),
        ("document", "captions", "en", "Only a recording has this"),
        ("sound", "captions", "en", "Only a recording has this"),
    ],
)
def test_what_no_recording_has_is_refused_beside_its_field(admin_client, kind, field, typed, words):
    response = add_material(admin_client, SessionFactory(), kind=kind, url=LINK, **{field: typed})

    assert words in refused(response, field)
    assert typed in html.unescape(response.text)
