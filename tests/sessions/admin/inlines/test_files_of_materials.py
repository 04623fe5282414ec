"""Files that staff publish after a session: which can be, under which name they are stored, and when they go."""

import pytest
from django.urls import reverse

from sessions.models import Material, Session
from tests.factories import SessionFactory
from tests.support.sessions.admin_pages import edit_session, errors_of, page
from tests.support.sessions.uploads import PDF, add_material, files_in, material_with_file, refused, upload
from tests.support.thorough import first_always

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
committed = pytest.mark.django_db(transaction=True)
LINK = "https://video.example.org/film"


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
