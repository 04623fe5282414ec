"""What staff publish after a session: a link or a file, and what becomes of the files."""

import html

import pytest
from django.urls import reverse

from sessions.models import Material, Session
from tests.factories import MaterialFactory, SessionFactory
from tests.support.sessions.admin_pages import edit_session, errors_of, page
from tests.support.sessions.uploads import PDF, add_material, files_in, material_with_file, upload
from tests.support.thorough import first_always

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
committed = pytest.mark.django_db(transaction=True)
LINK = "https://video.example.org/film"


def refused(response, field) -> str:
    assert response.status_code == 200
    [errors] = errors_of(response, "materials")
    assert list(errors) == [field]
    assert not Material.objects.filter(file__gt="").exists()
    return " ".join(errors[field])


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


@pytest.mark.parametrize(
    "name",
    first_always(
        ["page.html", "drawing.svg", "run.js", "slides.pdf.html", "slides.pdf.exe", "slides", ".pdf", "a.pdf\0.html"]
    ),
)
def test_other_kinds_of_file_are_refused_with_the_list_of_those_possible(admin_client, name):
    message = refused(add_material(admin_client, SessionFactory(), file=upload(name)), "file")

    assert "Possible are: pdf, pptx," in message


@pytest.mark.parametrize(
    ("name", "content"),
    first_always(
        [
            ("slides.pdf", b"<html><script>alert(1)</script>"),
            ("slides.pdf", b"\n\n%PDF"),
            ("slides.pptx", PDF),
            ("old.doc", b"PK\x03\x04"),
            ("film.mp4", b"PK\x03\x04 ftyp"),
            ("sound.mp3", b"RIFF"),
            ("words.vtt", b"1\n00:00"),
            ("words.txt", b"MZ\x90\0\x03\0"),
            ("all.zip", b"Rar!"),
        ]
    ),
)
def test_content_that_is_something_else_is_refused(admin_client, name, content):
    message = refused(add_material(admin_client, SessionFactory(), file=upload(name, content)), "file")

    assert "although its name says so" in message


@pytest.mark.parametrize(
    ("name", "content"),
    first_always(
        [
            ("SLIDES.PDF", PDF),
            ("a.php.pdf", PDF),
            ("slides.pptx", b"PK\x03\x04 and so on"),
            ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
            ("film.mp4", b"\0\0\0\x20ftypisom"),
            ("sound.mp3", b"\xff\xfb\x90"),
            ("words.vtt", b"\xef\xbb\xbfWEBVTT\n"),
            ("table.csv", "\ufeffa;b".encode("utf-16")),
            ("words.srt", "1\n00:00:01,000 --> Ртуть".encode()),
        ]
    ),
)
def test_content_that_fits_its_name_is_stored(admin_client, name, content):
    add_material(admin_client, SessionFactory(), file=upload(name, content))

    assert Material.objects.get().size == len(content)


def test_empty_file_is_refused(admin_client):
    message = refused(add_material(admin_client, SessionFactory(), file=upload(content=b"")), "file")

    assert message == "This file is empty. Choose another one."


def test_too_large_file_is_refused_with_its_size_and_the_limit(admin_client, media):
    response = add_material(admin_client, SessionFactory(), file=upload(content=PDF.ljust(60 * 1024 * 1024)))

    message = refused(response, "file").replace("\xa0", " ")
    assert message.startswith("This file has 60.0 MB, at most 50.0 MB are possible.")
    assert not media.exists()


@pytest.mark.parametrize(
    ("name", "stored"),
    first_always(
        [
            ("../../../etc/cron.d/x.pdf", "x.pdf"),
            ("..\\..\\windows\\x.pdf", "x.pdf"),
            ("a\0b';.pdf", "ab.pdf"),
            ("Résumé final (2).pdf", "Résumé_final_2.pdf"),
            ("الزئبق.pdf", "الزئبق.pdf"),
            ("汞.pdf", "汞.pdf"),
            ("🎉.pdf", "file.pdf"),
            ("…---.pdf", "file.pdf"),
            ("x" * 400 + ".pdf", "x" * 120 + ".pdf"),
            ("汞" * 240 + ".pdf", "汞" * 40 + ".pdf"),
        ]
    ),
)
def test_file_of_any_name_is_stored_in_its_folder(admin_client, media, name, stored):
    session = SessionFactory(slug="trade", season__slug="2030")

    add_material(admin_client, session, file=upload(name))

    assert files_in(media) == [f"2030/trade/{stored}"]


@committed
def test_longest_addresses_leave_room_for_the_name(admin_client, media):
    session = SessionFactory(slug="s" * 100, season__slug="y" * 50)

    for _attempt in range(2):
        material_with_file(session=session)
    edit_session(admin_client, session, materials__0__file=upload("n" * 255 + ".pdf"))

    assert len(files_in(media)) == 2


def test_two_files_of_one_name_keep_their_own_contents(admin_client, media):
    session = SessionFactory()
    material_with_file(session=session, content=PDF)

    add_second = {f"materials__1__{name}": value for name, value in {"kind": "slides", "title": "B"}.items()}
    edit_session(
        admin_client,
        session,
        materials__TOTAL_FORMS=2,
        materials__1__position=0,
        materials__1__file=upload(content=PDF + b"B"),
        **add_second,
    )

    assert sorted(Material.objects.values_list("size", flat=True)) == [len(PDF), len(PDF) + 1]
    assert len(files_in(media)) == 2


@committed
def test_replaced_file_leaves_the_disk(admin_client, media):
    material = material_with_file("old.pdf")

    edit_session(admin_client, material.session, materials__0__file=upload("new.pdf", PDF + b"!"))

    material.refresh_from_db()
    assert (material.file.name.rpartition("/")[2], material.size) == ("new.pdf", len(PDF) + 1)
    assert [name.rpartition("/")[2] for name in files_in(media)] == ["new.pdf"]


@committed
def test_refused_replacement_leaves_the_file_where_it_is(admin_client, media):
    material = material_with_file("old.pdf")

    edit_session(admin_client, material.session, materials__0__file=upload("new.pdf", b"<html>"))

    assert [name.rpartition("/")[2] for name in files_in(media)] == ["old.pdf"]


@committed
def test_file_gives_way_to_a_link(admin_client, media):
    material = material_with_file()
    changes = {"materials__0__url": LINK, "materials__0__file-clear": "on"}

    edit_session(admin_client, material.session, **changes)

    material.refresh_from_db()
    assert (material.url, material.file.name, material.size) == (LINK, "", None)
    assert files_in(media) == []


def test_link_beside_a_stored_file_says_how_to_remove_the_file(admin_client):
    material = material_with_file()

    response = edit_session(admin_client, material.session, materials__0__url=LINK)

    assert errors_of(response, "materials") == [
        {"url": ["This has a file already. Tick “Remove this file”, or leave the link empty."]}
    ]


def test_other_changes_leave_file_and_size_alone(admin_client, media):
    material = material_with_file()

    edit_session(admin_client, material.session, materials__0__title="New title")

    material.refresh_from_db()
    assert (material.title, material.size, len(files_in(media))) == ("New title", len(PDF), 1)


@committed
def test_deleted_material_takes_its_file_along(admin_client, media):
    material = material_with_file()

    edit_session(admin_client, material.session, materials__0__DELETE="on")

    assert (Material.objects.count(), files_in(media)) == (0, [])


@committed
def test_deleted_session_takes_its_files_along(admin_client, media):
    material = material_with_file()

    admin_client.post(page("session_delete", material.session.pk), {"post": "yes"})

    assert (Session.objects.count(), files_in(media)) == (0, [])


def test_form_links_to_the_public_address_of_the_file(admin_client):
    material = material_with_file("Résumé.pdf")
    address = [material.session.season.slug, material.session.slug, material.pk, "Résumé.pdf"]

    shown = admin_client.get(page("session_change", material.session.pk)).content.decode()

    assert f'<a href="{reverse("sessions:material_file", args=address)}">Résumé.pdf</a>' in shown
    assert 'enctype="multipart/form-data"' in shown


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
