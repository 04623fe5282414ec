"""The state of a programme: equal as long as nothing that pages show has changed, another one as soon as it has."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from registrations.models import Registration
from registrations.seats import counters
from sessions.models import Material, Occurrence, Part, Season, Session, Speaker, Stream
from sessions.public import snapshot
from sessions.slot_states import SlotState
from tests.factories import MaterialFactory, OccurrenceFactory, RegistrationFactory, SessionFactory, SpeakerFactory
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db
LATER = datetime(2031, 5, 1, 12, tzinfo=UTC)
# Fields that no public page and no feed shows, or that never change.
UNSEEN = {"id", "meeting_url", "meeting_phone", "part_urls", "taken", "waiting"}
OTHER_VALUES = {
    "reminder_hours": "24",
    "timezone": "Asia/Tokyo",
    "access": "invitation",
    "mark": "circle",
    "part": "moderator",
    "kind": "document",
    "unconfirmed_fields": ["title"],
    "sources": ["https://example.org/"],
    "file": "2030/a/b.pdf",
    "parts": (Part(1, LATER, LATER + timedelta(hours=1)),),
}


@pytest.fixture
def slot():
    slot = OccurrenceFactory(capacity=2, starts_at=timezone.now() + timedelta(days=3))
    SpeakerFactory(session=slot.session)
    MaterialFactory(session=slot.session)
    return slot


def state(slot) -> str:
    return snapshot.of(slot.session.season.slug).state


def other_value(row, field):
    if field.name in OTHER_VALUES:
        return OTHER_VALUES[field.name]
    old = getattr(row, field.attname)
    kind = field.get_internal_type()
    if kind == "BooleanField":
        return not old
    if kind in ("DateField", "DurationField"):
        return old + timedelta(days=1)
    if kind == "DateTimeField":
        return LATER + timedelta(hours=field.name == "ends_at")
    return old + 1 if isinstance(old, int) else (7 if old is None else f"{old}x")


def test_state_is_the_same_until_something_changes(slot):
    assert state(slot) == state(slot)


@pytest.mark.parametrize("model", first_always([Season, Stream, Session, Occurrence, Speaker, Material]))
def test_any_field_of_any_row_is_part_of_the_state(slot, model):
    row = model.objects.get()
    names = [field for field in model._meta.fields if field.name not in UNSEEN and not field.is_relation]

    for field in names:
        before, value = state(slot), other_value(row, field)
        if (model, field.name) in {(Season, "slug"), (Season, "is_published"), (Session, "is_published")}:
            continue  # Another address, or none: shown by the tests below.
        if (model, field.name) == (Occurrence, "starts_at"):
            model.objects.update(ends_at=LATER + timedelta(hours=2))
        if (model, field.name) == (Material, "file"):
            model.objects.update(url="")
        model.objects.update(**{field.attname: value})
        assert state(slot) != before, field.name


@pytest.mark.parametrize("factory", [SpeakerFactory, MaterialFactory, OccurrenceFactory])
def test_new_and_removed_rows_are_part_of_the_state(slot, factory):
    before = state(slot)
    row = factory(session=slot.session)
    between = state(slot)
    row.delete()

    assert (between != before, state(slot)) == (True, before)


def test_meeting_address_is_not_even_read(slot):
    [[read]] = snapshot.of(slot.session.season.slug).slots.values()

    assert {"meeting_url", "meeting_phone", "part_urls"} <= read.get_deferred_fields()


def test_people_count_only_when_they_fill_the_slot(slot):
    empty = state(slot)
    RegistrationFactory(occurrence=slot)
    one = state(slot)
    last = RegistrationFactory(occurrence=slot)
    full = state(slot)
    waiting = RegistrationFactory(occurrence=slot, status="waitlisted")
    Registration.objects.filter(pk=last.pk).update(status="cancelled")
    counters.count_anew(Occurrence.objects.all())
    still_full = state(slot)
    waiting.delete()
    counters.count_anew(Occurrence.objects.all())

    assert (one == empty, full != empty, still_full == full, state(slot) == empty) == (True, True, True, True)


def test_slots_change_their_state_at_their_moment(slot):
    programme = snapshot.of(slot.session.season.slug)

    states = [programme.states_at(moment) for moment in (slot.ends_at - timedelta(seconds=1), slot.ends_at)]

    assert states == [[SlotState.OPEN], [SlotState.OVER]]


def test_hidden_session_is_no_part_of_it(slot):
    before = state(slot)
    SessionFactory(season=slot.session.season, stream=slot.session.stream, is_published=False)

    assert state(slot) == before
    with pytest.raises(Http404):
        snapshot.of(slot.session.season.slug).session("no-such-session")


def test_unpublished_season_is_none(slot):
    Season.objects.update(is_published=False)

    with pytest.raises(Http404):
        snapshot.of(slot.session.season.slug)
    assert snapshot.of_current_season() is None


def test_process_asks_the_database_once_in_its_seconds(slot, settings, django_assert_num_queries):
    settings.PROGRAMME_SECONDS = 60
    first = snapshot.of(slot.session.season.slug)
    Session.objects.update(title="Another title")

    with django_assert_num_queries(0):
        again = snapshot.of(slot.session.season.slug)
    settings.PROGRAMME_SECONDS = 0

    assert again is first
    assert snapshot.of(slot.session.season.slug).sessions[0].title == "Another title"


def test_slots_keep_their_states_in_a_span_of_time_and_no_longer(slot):
    """Asked at each moment that may matter, right before it, and in between."""
    session, hour = slot.session, timedelta(hours=1)
    session.registration_opens_at, session.registration_closes_at = slot.starts_at - 48 * hour, slot.starts_at - hour
    session.save()
    OccurrenceFactory(session=session, starts_at=slot.starts_at + 2 * hour, capacity=0)
    same = {"session__season": session.season, "session__stream": session.stream}
    OccurrenceFactory(**same, capacity=0, starts_at=slot.starts_at)
    OccurrenceFactory(session=session, starts_at=slot.starts_at + 5 * hour, called_off_at=slot.starts_at)
    programme = snapshot.of(session.season.slug)
    slots = [each for theirs in programme.slots.values() for each in theirs]
    whole = [slot.starts_at + n * hour / 2 for n in range(-100, 20)]
    moments = sorted([*whole, *(each - timedelta(microseconds=1) for each in whole)])

    by_span = {}
    for now in moments:
        states = tuple(programme.states_at(now)), tuple(each.is_over(now) for each in slots)
        by_span.setdefault(programme.span_at(now), set()).add(states)

    assert [states for states in by_span.values() if len(states) > 1] == []
    assert len(by_span) > 6
