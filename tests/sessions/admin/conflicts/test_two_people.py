"""Two members of staff have the same form open: neither undoes what the other saved."""

import pytest

from registrations.models import Message
from sessions.models import Material, Speaker
from tests.factories import (
    MaterialFactory,
    OccurrenceFactory,
    RegistrationFactory,
    SeasonFactory,
    SessionFactory,
    SpeakerFactory,
    StreamFactory,
)
from tests.support.messages import said
from tests.support.sessions.admin_pages import page
from tests.support.sessions.desks import Desk, two_at, with_prefix
from tests.support.sessions.uploads import material_with_file, upload
from tests.support.thorough import first_always

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


ROWS = {
    "season": (SeasonFactory, "season_change", "", {"title": "Season of Anna"}, {"organiser": "Office of Ben"}),
    "stream": (StreamFactory, "season_change", "streams-0-", {"title": "Stream of Anna"}, {"position": 7}),
    "session": (SessionFactory, "session_change", "", {"summary": "Words of Anna"}, {"platform": "Of Ben"}),
    "slot in its session": (
        lambda: OccurrenceFactory(capacity=9),
        *("session_change", "occurrences-0-", {"capacity": 5}, {"meeting_url": "https://meet.example.org/ben"}),
    ),
    "slot": (
        lambda: OccurrenceFactory(capacity=9),
        *("occurrence_change", "", {"capacity": 5}, {"meeting_url": "https://meet.example.org/ben"}),
    ),
    "speaker": (SpeakerFactory, "session_change", "speakers-0-", {"name": "Anna’s name"}, {"role": "Ben’s role"}),
    "material": (MaterialFactory, "session_change", "materials-0-", {"title": "Of Anna"}, {"position": 4}),
}


def opened(kind):
    make, name, prefix, of_anna, of_ben = ROWS[kind]
    row = make()
    whole = row if name.removesuffix("_change") == row._meta.model_name else getattr(row, name.removesuffix("_change"))
    anna, ben = two_at(name, whole)
    return row, anna, ben, prefix, of_anna, of_ben


@pytest.mark.parametrize("kind", first_always(ROWS, 2))
def test_what_each_of_two_changed_stays(kind):
    row, anna, ben, prefix, of_anna, of_ben = opened(kind)

    anna.save(**with_prefix(prefix, of_anna))
    answer = ben.save(**with_prefix(prefix, of_ben))

    row.refresh_from_db()
    both = of_anna | of_ben
    assert {name: getattr(row, name) for name in both} == both
    assert any("Anna saved this at" in line for line in said(answer))


@pytest.mark.parametrize("kind", first_always(sorted(ROWS, key=["speaker", "session"].count, reverse=True)))
@pytest.mark.parametrize("choice", ["theirs", "mine"])
def test_of_two_values_of_one_field_a_person_chooses(kind, choice):
    row, anna, ben, prefix, of_anna, _of_ben = opened(kind)
    [(name, theirs)] = of_anna.items()
    mine = 6 if isinstance(theirs, int) else "Of Ben"

    anna.save(**with_prefix(prefix, of_anna))
    ben.save(**with_prefix(prefix, {name: mine}))

    row.refresh_from_db()
    assert getattr(row, name) == theirs
    [question] = ben.answer.context["questions"]
    assert (question.theirs, question.mine) == (str(theirs), str(mine))
    assert question.saved.startswith("Anna saved this at ")

    ben.choose(choice)

    row.refresh_from_db()
    assert getattr(row, name) == {"theirs": theirs, "mine": mine}[choice]


def test_who_does_not_choose_is_asked_again():
    session = SessionFactory()
    anna, ben = two_at("session_change", session)
    anna.save(title="Of Anna")
    ben.save(title="Of Ben")

    ben.save()

    session.refresh_from_db()
    assert ben.questions == [("Title", "Of Anna", "Of Ben")]
    assert session.title == "Of Anna"


def test_choice_holds_for_the_value_that_was_seen_only():
    session = SessionFactory()
    anna, ben = two_at("session_change", session)
    anna.save(title="Of Anna")
    ben.save(title="Of Ben")
    anna.open()
    anna.save(title="Better words of Anna")

    ben.choose("mine")

    assert ben.questions == [("Title", "Better words of Anna", "Of Ben")]


def test_nothing_else_that_was_typed_is_lost_over_a_question():
    speaker = SpeakerFactory()
    anna, ben = two_at("session_change", speaker.session)
    anna.save(title="Of Anna")
    ben.save(title="Of Ben", summary="Long words", speakers__0__role="Chair", speakers__TOTAL_FORMS=2)
    ben.choose("theirs", speakers__1__name="New", speakers__1__part="panelist", speakers__1__position=0)

    speaker.session.refresh_from_db()
    assert (speaker.session.title, speaker.session.summary) == ("Of Anna", "Long words")
    assert list(Speaker.objects.order_by("pk").values_list("role", "name")) == [("Chair", speaker.name), ("", "New")]


def test_capacity_that_was_lowered_is_not_raised_again_by_an_old_form():
    slot = OccurrenceFactory(capacity=5)
    RegistrationFactory(occurrence=slot)
    anna, ben = two_at("session_change", slot.session)

    anna.save(occurrences__0__capacity=1)
    ben.save(title="Another", occurrences__0__attendance=3)

    slot.refresh_from_db()
    assert (slot.capacity, slot.attendance, Message.objects.count()) == (1, 3, 0)


def test_session_that_was_withdrawn_stays_withdrawn():
    session = SessionFactory(is_published=True)
    anna, ben = two_at("session_change", session)

    anna.client.post(page("session_withdraw", session.pk))
    ben.save(title="Another")

    session.refresh_from_db()
    assert (session.is_published, session.title) == (False, "Another")


def test_opening_and_stream_of_a_colleague_stay():
    session = SessionFactory()
    other = StreamFactory(season=session.season)
    anna, ben = two_at("session_change", session)

    opening = {"registration_opens_at_0": "2030-10-01", "registration_opens_at_1": "09:00:00"}
    anna.save(stream=other.pk, sources="https://example.org/a\r\nhttps://example.org/b", **opening)
    ben.save(title="Another")
    ben.open()
    ben.save(registration_opens_at_1="10:00:00")

    session.refresh_from_db()
    assert (session.stream, session.title, len(session.sources)) == (other, "Another", 2)
    assert session.registration_opens_at.hour == 8


def test_moment_that_two_people_typed_is_asked_for():
    session = SessionFactory()
    anna, ben = two_at("session_change", session)
    anna.save(registration_opens_at_0="2030-10-01", registration_opens_at_1="09:00:00")
    ben.save(registration_opens_at_0="2030-10-02", registration_opens_at_1="09:00:00")

    assert ben.questions == [("Registration opens", "2030-10-01 09:00:00", "2030-10-02 09:00:00")]
    ben.choose("mine")

    session.refresh_from_db()
    assert session.registration_opens_at.day == 2


def test_line_ends_are_no_change():
    session = SessionFactory(summary="One\nTwo ")
    _anna, ben = two_at("session_change", session)

    ben.save(title="Another", summary="One\r\nTwo ")

    session.refresh_from_db()
    assert session.summary == "One\nTwo "


def test_file_that_a_colleague_chose_stays():
    material = material_with_file()
    anna, ben = two_at("session_change", material.session)
    anna.save(materials__0__file=upload("new.pdf"))

    ben.save(materials__0__title="Another")

    material.refresh_from_db()
    assert (material.title, material.file.name.rpartition("/")[2]) == ("Another", "new.pdf")


def test_two_files_are_asked_for_and_the_one_to_be_chosen_again_is_named():
    material = material_with_file()
    anna, ben = two_at("session_change", material.session)
    anna.save(materials__0__file=upload("anna.pdf"))

    ben.save(materials__0__file=upload("ben.pdf"), title="Another")

    [(_label, theirs, mine)] = ben.questions
    assert theirs.endswith("anna.pdf")
    assert mine == "ben.pdf (choose the file again below)"
    assert ben.answer.context["files_again"] == ["ben.pdf"]
    ben.choose("mine", materials__0__file=upload("ben.pdf"))
    assert Material.objects.get().file.name.endswith("ben.pdf")


def test_own_other_window_is_named_as_such():
    session = SessionFactory()
    anna = Desk("Anna", page("session_change", session.pk))
    old = dict(anna.typed)
    anna.save(title="First")

    anna.typed = old
    anna.save(title="Second")

    assert anna.answer.context["questions"][0].saved.startswith("You saved this in another window at ")


JUNK = ["", "{", "[]", "null", '{"title": 5, "summary": {"a": []}}', '{"title": null}', "[" * 50_000, "\0"]


@pytest.mark.parametrize("junk", first_always(JUNK, 2), ids=range(len(JUNK)))
def test_junk_in_the_hidden_entries_is_no_error_of_ours(junk):
    session = SessionFactory()
    anna = Desk("Anna", page("session_change", session.pk))
    anna.typed["speakers-TOTAL_FORMS"] = anna.typed["speakers-INITIAL_FORMS"] = 1

    answer = anna.save(shown=junk, asked=junk, title="Another", speakers__0__id="9" * 40)

    assert answer.status_code in (200, 302)


def test_slot_deleted_in_the_own_other_window_is_said_to_be_deleted():
    slot = OccurrenceFactory()
    anna = Desk("Anna", page("session_change", slot.session.pk))
    old = dict(anna.typed)
    anna.save(occurrences__0__DELETE="on")

    anna.typed = old
    anna.save(occurrences__0__DELETE="on", title="")

    [sentence] = anna.answer.context["taken_over"]
    assert sentence.startswith("Time slot: You deleted this in another window at ")
