"""Rows of a form that a colleague added, moved or deleted while somebody had it open."""

import pytest

from sessions.models import Occurrence, Speaker, Stream
from tests.factories import OccurrenceFactory, SessionFactory, SpeakerFactory, StreamFactory
from tests.support.messages import said
from tests.support.sessions.desks import two_at, with_prefix

pytestmark = pytest.mark.django_db


def test_row_added_by_a_colleague_stays():
    stream = StreamFactory()
    anna, ben = two_at("season_change", stream.season)

    new = {"title": "New", "slug": "new", "mark": "circle", "position": 0}
    anna.save(streams__TOTAL_FORMS=2, **with_prefix("streams-1-", new))
    ben.save(title="Another", streams__0__title="Renamed")

    assert sorted(Stream.objects.values_list("title", flat=True)) == ["New", "Renamed"]


def test_row_deleted_by_a_colleague_stays_deleted_if_nobody_typed_into_it():
    first, second = SpeakerFactory.create_batch(2, session=SessionFactory())
    anna, ben = two_at("session_change", first.session)

    anna.save(speakers__0__DELETE="on")
    answer = ben.save(speakers__1__role="Chair")

    assert list(Speaker.objects.values_list("pk", "role")) == [(second.pk, "Chair")]
    assert any("Anna deleted this at" in line for line in said(answer))


@pytest.mark.parametrize(("choice", "roles"), [("theirs", []), ("mine", ["Chair"])])
def test_row_that_a_colleague_deleted_while_somebody_typed_into_it_is_asked_for(choice, roles):
    speaker = SpeakerFactory(name="Wanjiru Kamau")
    anna, ben = two_at("session_change", speaker.session)
    anna.save(speakers__0__DELETE="on")

    ben.save(speakers__0__role="Chair")

    [(label, theirs, mine)] = ben.questions
    assert (label, theirs) == ("Speaker", "Deleted")
    assert "Name: Wanjiru Kamau\nRole: Chair" in mine
    ben.choose(choice)
    assert list(Speaker.objects.values_list("role", flat=True)) == roles


def test_slot_that_a_colleague_deleted_can_only_stay_deleted():
    slot = OccurrenceFactory()
    anna, ben = two_at("session_change", slot.session)
    anna.save(occurrences__0__DELETE="on")

    ben.save(title="Another", occurrences__0__capacity=7)
    assert ben.questions == [("Time slot", "Deleted", None)]
    ben.choose("theirs")

    slot.session.refresh_from_db()
    assert (slot.session.title, Occurrence.objects.count()) == ("Another", 0)


@pytest.mark.parametrize(("choice", "roles"), [("theirs", ["Chair"]), ("mine", [])])
def test_row_that_changed_is_not_deleted_unseen(choice, roles):
    speaker = SpeakerFactory()
    anna, ben = two_at("session_change", speaker.session)
    anna.save(speakers__0__role="Chair")

    ben.save(speakers__0__DELETE="on")

    assert Speaker.objects.count() == 1
    assert "Role: Chair" in ben.questions[0][1]
    ben.choose(choice, speakers__0__DELETE="on")
    assert list(Speaker.objects.values_list("role", flat=True)) == roles


def test_rows_keep_their_own_values_when_their_order_changes():
    first = SpeakerFactory(name="First", position=1)
    second = SpeakerFactory(name="Second", position=2, session=first.session)
    anna, ben = two_at("session_change", first.session)

    anna.save(speakers__0__position=9)
    ben.save(speakers__0__role="Role of the first", speakers__1__role="Role of the second")

    roles = dict(Speaker.objects.values_list("name", "role"))
    assert roles == {"First": "Role of the first", "Second": "Role of the second"}
    assert second.pk in Speaker.objects.values_list("pk", flat=True)


@pytest.mark.parametrize("name", ["season_change", "session_change", "occurrence_change"])
def test_form_of_something_deleted_meanwhile_shows_all_that_was_typed(name):
    slot = OccurrenceFactory()
    row = {"season": slot.session.season, "session": slot.session, "occurrence": slot}[name.partition("_")[0]]
    _anna, ben = two_at(name, row)
    slot.delete()
    slot.session.delete()
    slot.session.stream.delete()
    slot.session.season.delete()

    answer = ben.save(title="What Ben typed", meeting_url="https://meet.example.org/ben")

    assert answer.status_code == 409
    typed = "https://meet.example.org/ben" if name == "occurrence_change" else "What Ben typed"
    assert typed in answer.content.decode()
