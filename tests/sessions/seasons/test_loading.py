"""Loading a season into the database: first, again, and when people are registered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from sessions.models import Material, Occurrence, Season, Session, Stream
from sessions.seasons import loading, season_file
from sessions.seasons.load_report import Act
from sessions.seasons.season_file.entries import SeasonEntry, SessionEntry, SlotEntry
from tests.factories import MaterialFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 8, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
MORNING = datetime(2030, 10, 8, 7, tzinfo=UTC)
AFTERNOON = datetime(2030, 10, 8, 13, tzinfo=UTC)
HOUR = timedelta(hours=1)


def slot(starts_at, **fields):
    return SlotEntry(starts_at, starts_at + HOUR, fields)


def session(slug="air", slots=(), **changes):
    fields = {"title": f"Title of {slug}"}
    plain = SessionEntry(slug, "science", fields, list(slots) or [slot(MORNING)], speakers=None, materials=None)
    return replace(plain, **changes)


def season(*sessions, streams=("science",)):
    fields = {"title": "Season", "starts_on": MORNING.date(), "ends_on": MORNING.date()}
    marks = {slug: {"title": slug, "mark": "square", "position": 0} for slug in streams}
    return SeasonEntry("2030", fields, marks, list(sessions) or [session()])


def load(entry, now=NOW, allowed=frozenset(Act)):
    return loading.load(entry=entry, now=now, allowed=allowed)


def load_2020():
    return load(season_file.read(Path("sessions/data/season-2020.toml").read_text(encoding="utf-8")))


def test_season_of_2020_comes_in_whole():
    report = load_2020()

    assert report.outcomes == {
        (Season, "created"): 1,
        (Stream, "created"): 3,
        (Session, "created"): 14,
        (Occurrence, "created"): 20,
    }
    assert report.remarks == []


def test_opening_session_of_2020_is_as_the_file_tells_it():
    load_2020()

    opening = Session.objects.get(slug="effectiveness-evaluation-indicators")

    slots = opening.occurrences.in_order().values_list("starts_at", "ends_at", "attendance", "sequence", "changed_at")
    assert list(slots) == [
        (datetime(2020, 9, 17, 7, tzinfo=UTC), datetime(2020, 9, 17, 8, tzinfo=UTC), 70, 0, NOW),
        (datetime(2020, 9, 17, 13, tzinfo=UTC), datetime(2020, 9, 17, 14, tzinfo=UTC), 115, 0, NOW),
    ]
    assert (opening.stream.slug, opening.attendance_total, opening.is_unconfirmed) == ("cop-4", 185, False)
    assert "slots.start" in opening.unconfirmed_fields
    assert [speaker.name for speaker in opening.speakers.all()][:2] == ["Monika Stankiewicz", "Claudia ten Have"]


def test_expert_session_of_2020_is_by_invitation_and_one_session_unconfirmed():
    load_2020()

    by_invitation = Session.objects.filter(access=Session.Access.INVITATION)
    unconfirmed = Session.objects.filter(is_unconfirmed=True)

    assert [session.slug for session in by_invitation] == ["monitoring-guidance-experts"]
    assert [session.slug for session in unconfirmed] == ["cop-4-intersessional-work"]


def test_second_load_changes_nothing():
    load_2020()
    before = list(Occurrence.objects.order_by("pk").values())

    report = load_2020()

    assert {outcome for _model, outcome in report.outcomes} == {"unchanged"}
    assert report.outcomes[Session, "unchanged"] == 14
    assert list(Occurrence.objects.order_by("pk").values()) == before


def test_only_a_load_that_brings_something_changes_the_season():
    moments = []
    for entry, now in ((season(), NOW), (season(), LATER), (season(session(slots=[slot(AFTERNOON)])), LATER)):
        load(entry, now=now)
        moments.append(Season.objects.get().changed_at)

    assert moments == [NOW, NOW, LATER]


def test_other_title_in_the_file_renews_the_calendar_entries_of_its_session():
    load(season(session("air"), session("water")))
    registration = RegistrationFactory(occurrence=Occurrence.objects.get(session__slug="air"))

    load(season(session("air", fields={"title": "Clean air"}), session("water")), now=LATER)

    entries = Occurrence.objects.values_list("session__slug", "sequence", "changed_at")
    assert set(entries) == {("air", 1, LATER), ("water", 0, NOW)}
    registration.refresh_from_db()
    assert (registration.sequence, registration.revised_at) == (1, LATER)


def test_slot_without_registrations_moves_and_its_calendar_entry_is_revised():
    load(season())
    before = Occurrence.objects.get()

    load(season(session(slots=[slot(AFTERNOON)])), now=LATER)

    after = Occurrence.objects.get()
    assert (after.pk, after.uid) == (before.pk, before.uid)
    assert (after.starts_at, after.sequence, after.changed_at) == (AFTERNOON, 1, LATER)


def test_slot_with_registrations_is_not_moved():
    load(season())
    RegistrationFactory(occurrence=Occurrence.objects.get())

    report = load(season(session(slots=[slot(AFTERNOON)])), now=LATER)

    occurrence = Occurrence.objects.get()
    assert (occurrence.starts_at, occurrence.sequence, occurrence.changed_at) == (MORNING, 0, NOW)
    assert report.remarks == [
        'session "air", slot 2030-10-08 09:00: is moved to 2030-10-08 15:00 to 16:00: '
        "not done, it has registrations; move it in the admin"
    ]


def test_slot_with_registrations_keeps_its_length_but_takes_its_attendance():
    load(season())
    RegistrationFactory(occurrence=Occurrence.objects.get())
    longer = SlotEntry(MORNING, MORNING + 2 * HOUR, {"attendance": 70})

    load(season(session(slots=[longer])), now=LATER)

    occurrence = Occurrence.objects.get()
    assert (occurrence.ends_at, occurrence.attendance, occurrence.changed_at) == (MORNING + HOUR, 70, NOW)


def test_registrations_stay_on_their_slot_when_an_earlier_one_is_added():
    load(season(session(slots=[slot(AFTERNOON)])))
    registration = RegistrationFactory(occurrence=Occurrence.objects.get())

    load(season(session(slots=[slot(MORNING), slot(AFTERNOON)])), now=LATER)

    registration.occurrence.refresh_from_db()
    assert registration.occurrence.starts_at == AFTERNOON
    assert Occurrence.objects.count() == 2


def test_slot_missing_from_the_file_goes_only_without_registrations():
    load(season(session(slots=[slot(MORNING), slot(AFTERNOON), slot(AFTERNOON + HOUR)])))
    RegistrationFactory(occurrence=Occurrence.objects.get(starts_at=AFTERNOON))

    report = load(season(session(slots=[slot(MORNING)])))

    assert set(Occurrence.objects.values_list("starts_at", flat=True)) == {MORNING, AFTERNOON}
    assert report.remarks == [
        'session "air", slot 2030-10-08 15:00: not in the file, is removed: not done, it has registrations'
    ]
    assert (report.outcomes[Occurrence, "kept"], report.outcomes[Occurrence, "removed"]) == (1, 1)


def test_session_missing_from_the_file_goes_only_without_registrations():
    load(season(session("air"), session("water"), session("soil")))
    RegistrationFactory(occurrence=Occurrence.objects.get(session__slug="water"))

    report = load(season(session("air")))

    assert set(Session.objects.values_list("slug", flat=True)) == {"air", "water"}
    assert report.remarks == [
        'session "water": not in the file, is removed with its slots: not done, it has registrations'
    ]


def test_stream_missing_from_the_file_goes_unless_a_kept_session_needs_it():
    load(season(session("air"), session("water", stream="cop"), streams=("science", "cop", "empty")))
    RegistrationFactory(occurrence=Occurrence.objects.get(session__slug="water"))

    load(season(session("air")))

    assert set(Stream.objects.values_list("slug", flat=True)) == {"science", "cop"}


def test_what_the_file_leaves_out_stays_as_staff_typed_it():
    load(season())
    Session.objects.update(summary="Typed by staff")
    Occurrence.objects.update(meeting_url="https://meeting.example.org/1", capacity=50)

    report = load(season())

    assert Session.objects.get().summary == "Typed by staff"
    assert Occurrence.objects.get().capacity == 50
    assert report.outcomes[Occurrence, "unchanged"] == 1


def test_panel_follows_the_file():
    ada, grace = ({"name": name, "role": "", "affiliation": "", "part": "panelist"} for name in ("Ada", "Grace"))
    load(season(session(speakers=[ada | {"position": 0}])))

    load(season(session(speakers=[grace | {"position": 0}, ada | {"position": 1}])))

    assert [speaker.name for speaker in Session.objects.get().speakers.all()] == ["Grace", "Ada"]


def test_materials_with_an_address_stay_and_the_others_follow_the_file():
    load(season(session(materials=[("recording", "Recording"), ("slides", "Old slides")])))
    Material.objects.filter(kind="recording").update(title="Video", url="https://example.org/video")

    load(season(session(materials=[("recording", "Recording"), ("slides", "New slides")])))

    assert list(Material.objects.values_list("title", flat=True)) == ["Video", "New slides"]


def test_what_the_file_says_of_a_document_is_stored_with_the_one_of_that_title():
    materials = [("recording", "Report"), ("document", "Other"), ("document", "Report")]
    details = {"Report": {"symbol": "UNEP/MC/COP.5/16", "editions": {"fr": "https://example.org/fr"}}}
    load(season(session(materials=materials, documents=details)))

    again = load(season(session(materials=materials, documents=details)))
    Material.objects.filter(symbol="UNEP/MC/COP.5/16").update(symbol="UNEP/MC/COP.5/17")
    kept = load(season(session(materials=materials, documents=details)), allowed={Act.ADD, Act.REMOVE})

    assert not again.is_news
    [stored] = Material.objects.exclude(symbol="").values("kind", "title", "symbol", "editions")
    said = {"symbol": "UNEP/MC/COP.5/17", "editions": {"fr": "https://example.org/fr"}}
    assert stored == {"kind": "document", "title": "Report"} | said
    assert [line for line in kept.remarks if 'document "Report", symbol UNEP/MC/COP.5/17 becomes' in line]


def test_what_the_file_says_of_a_recording_is_stored_with_the_first_one():
    materials, details = [("recording", "Recording")], {"duration_minutes": 72, "languages": "en, es", "captions": "ar"}
    load(season(session(materials=materials, recording=details)))
    Material.objects.update(url="https://example.org/video", captions="en")

    kept = load(season(session(materials=materials, recording=details)), allowed={Act.ADD, Act.REMOVE})
    before = Material.objects.values("duration_minutes", "languages", "captions").get()
    load(season(session(materials=materials, recording=details)))

    assert before == details | {"captions": "en"}
    assert Material.objects.values("duration_minutes", "languages", "captions").get() == details
    assert [line for line in kept.remarks if "recording, captions en becomes ar" in line]


def test_materials_with_a_file_stay():
    load(season(session(materials=[("slides", "Slides"), ("document", "Paper")])))
    Material.objects.filter(kind="slides").update(title="Slides in French", file="2030/air/slides.pdf")

    load(season(session(materials=[])))

    assert list(Material.objects.values_list("title", "file")) == [("Slides in French", "2030/air/slides.pdf")]


@pytest.mark.django_db(transaction=True)
def test_session_that_is_removed_takes_its_files_along(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    load(season(session("air"), session("water")))
    MaterialFactory(session=Session.objects.get(slug="water"), file=ContentFile(b"%PDF-", name="slides.pdf"))

    load(season(session("air")))

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_session_changes_its_title_and_stream_in_place():
    load(season(streams=("science", "cop")))
    before = Session.objects.get().pk

    report = load(season(session(fields={"title": "New"}, stream="cop"), streams=("science", "cop")))

    after = Session.objects.get()
    assert (after.pk, after.title, after.stream.slug) == (before, "New", "cop")
    assert report.outcomes[Session, "updated"] == 1
