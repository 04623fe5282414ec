"""The page of a session once it is over, and what the season says of it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from minamata_online.configuration import languages
from sessions.materials import material_groups
from sessions.reference.languages import OWN_NAMES
from tests.factories import MaterialFactory, OccurrenceFactory, SessionFactory
from tests.support.sessions.uploads import OVER, material_with_file, session_over

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
LINK = "https://www.youtube.example/watch?v=1"


def page(client, session):
    return client.get(session.get_absolute_url()).content.decode()


def ended(days_ago, **session):
    ends_at = timezone.now() - timedelta(days=days_ago)
    return OccurrenceFactory(
        session=SessionFactory(**session), starts_at=ends_at - timedelta(hours=1), ends_at=ends_at
    ).session


def to_come(**session):
    return ended(-9, **session)


def test_recordings_come_first_whatever_their_position():
    session = session_over()
    MaterialFactory(session=session, kind="document", title="Paper", position=0)
    MaterialFactory(session=session, kind="recording", title="Film", position=5)
    MaterialFactory(session=session, kind="recording", title="Film in French", position=4)

    by_kind = {group.kind: [item.title for item in group.items] for group in material_groups.groups_of(session)}

    assert list(by_kind.items()) == [("recording", ["Film in French", "Film"]), ("document", ["Paper"])]


@pytest.mark.parametrize(
    ("material", "details"),
    [
        ({"url": LINK, "language": "fr", "size": 3_000_000_000}, ["French", "2.8 GB", "opens on youtube.example"]),
        ({"url": "https://Example.ORG:8443/a"}, ["opens on example.org"]),
        ({"language": "sw"}, ["Swahili"]),
        ({"language": "x-mystery"}, ["x-mystery"]),
        ({"language": "other"}, ["another language"]),
        ({}, []),
    ],
)
def test_details_say_what_is_known(material, details):
    [group] = material_groups.groups_of(MaterialFactory(**material).session)

    assert [words.replace("\xa0", " ") for words in group.items[0].details] == details


def test_details_of_a_file_say_its_kind_and_size():
    material = material_with_file("slides.pptx", b"PK\x03\x04".ljust(2_516_582), language="ar")

    [group] = material_groups.to_open(material.session)

    assert [words.replace("\xa0", " ") for words in group.items[0].details] == ["Arabic", "PowerPoint", "2.4 MB"]
    assert group.items[0].address == f"{material.session.get_absolute_url()}files/{material.pk}/slides.pptx"


def test_only_what_has_an_address_can_be_opened():
    session = session_over()
    MaterialFactory(session=session, kind="slides")
    MaterialFactory(session=session, kind="recording", url=LINK)

    assert [group.kind for group in material_groups.to_open(session)] == ["recording"]
    assert {group.kind: group.can_be_opened for group in material_groups.groups_of(session)} == {
        "recording": True,
        "slides": False,
    }


def test_page_of_a_session_that_is_over_is_its_archive(client):
    material = material_with_file("slides.pdf", title="Flows of mercury", language="fr")
    MaterialFactory(session=material.session, kind="recording", title="Film", url=LINK)

    shown = page(client, material.session)

    places = [shown.index(words) for words in ("What was published", LINK, "Flows of mercury", "When it was held")]
    assert places == sorted(places)
    assert f'href="{material.session.get_absolute_url()}files/{material.pk}/slides.pdf"' in shown
    assert "sign-up" not in shown.partition("<main")[2]


def test_material_without_address_says_so(client):
    material = MaterialFactory(session=session_over(), title="Six slide decks")

    shown = page(client, material.session)

    assert "Six slide decks" in shown
    assert "address not in our sources" in shown


def test_title_cannot_leave_its_place(client):
    session = session_over()
    MaterialFactory(session=session, title='"><script>alert(1)</script>\u202e\n', url="https://example.org/?a=%22%3E")

    shown = page(client, session)

    assert "<script>alert" not in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize(
    ("days_ago", "words"),
    [
        (1, "Nothing is published yet. The recording and the slides are published on this page some days"),
        (59, "Nothing is published yet."),
        (61, "Nothing is known to have been published."),
    ],
)
def test_empty_archive_says_what_to_expect(client, days_ago, words):
    assert words in " ".join(page(client, ended(days_ago)).split())


def test_session_to_come_says_what_to_expect(client):
    session = to_come(expect_afterwards="Slides in three languages.")

    shown = page(client, session)

    assert "Slides in three languages." in shown
    assert "What was published" not in shown


def test_slides_can_be_published_before_the_session(client):
    session = to_come()
    material_with_file("slides.pdf", session=session)

    shown = page(client, session)

    assert "Published already" in shown
    assert "/slides.pdf" in shown
    assert "some days after the session" in shown


def test_season_leads_from_a_session_to_its_archive(client):
    material = material_with_file(kind="recording")
    MaterialFactory(session=material.session, kind="questions")

    shown = page(client, material.session.season)

    assert f'{material.session.get_absolute_url()}#published">Recording' in shown
    assert "<span>Questions and answers</span" in shown


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_database_equally_often_for_any_number_of_materials(client, rows, django_assert_num_queries):
    session = session_over()
    for number in range(rows):
        material_with_file(session=session)
        MaterialFactory(session=session, url=LINK)
        OccurrenceFactory(session=session, **{name: when.replace("08T", f"1{number}T") for name, when in OVER.items()})

    # One of them for its feedback.
    with django_assert_num_queries(10):
        client.get(session.get_absolute_url())
    with django_assert_num_queries(9):
        client.get(session.season.get_absolute_url())


def test_title_that_is_the_name_of_the_kind_is_said_in_each_language():
    session = session_over()
    MaterialFactory(session=session, kind="recording", title="Recording")
    MaterialFactory(session=session, kind="slides", title="Slides of the Chair")

    with override("fr"):
        items = [item for group in material_groups.groups_of(session) for item in group.items]
        said = [(item.title == item.kind, item.is_named_as_its_kind) for item in items]

    assert said == [(True, True), (False, False)]


def test_official_document_has_its_symbol_and_links_in_other_languages(client):
    session = to_come()
    editions = {"fr": "https://example.org/fr", "ar": "https://example.org/ar"}
    MaterialFactory(session=session, kind="document", url=LINK, symbol="UNEP/MC/COP.5/16", editions=editions)

    shown = page(client, session)

    assert "<bdi>UNEP/MC/COP.5/16</bdi>" in shown
    names = re.findall(r'<a href="(\S+)" lang="(\w+)"\s+hreflang="\w+" rel="noreferrer">(\S+)</a>', shown)
    assert names == [("https://example.org/ar", "ar", "العربية"), ("https://example.org/fr", "fr", "Français")]


def test_languages_of_documents_are_called_as_those_of_pages():
    pages = [(code.partition("-")[0], name) for code, name in languages.NAMES.items()]

    assert list(OWN_NAMES.items()) == pages
