"""Staff write to people: nothing typed is lost, nobody is chosen by themselves, and drafts are for those who write."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from registrations.models import Circular, Message
from sessions.staff import groups
from tests.factories import OccurrenceFactory, RegistrationFactory, SeasonFactory
from tests.support.messages import said
from tests.support.registrations.circulars import SUBJECT, TEXT, draft, page
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    """To come, with somebody in it."""
    slot = OccurrenceFactory(starts_at=timezone.now() + timedelta(days=3), session__title="Mercury in air")
    RegistrationFactory(occurrence=slot, participant__name="Wanjiru Kamau", participant__country="404")
    return slot


def typed(season, **more):
    return {"season": season.pk, "subject": SUBJECT, "text": TEXT, "attendance": ""} | more


def write(client, season, **more):
    return client.post(page("add"), typed(season, **more))


def test_list_leads_to_writing_and_the_page_begins_with_nobody_chosen(officer, slot):
    assert page("add") in officer.get(page("changelist")).text

    text = officer.get(page("add")).text

    assert "Nobody gets it until you choose somebody here." in text
    assert " checked" not in text.replace('value="" id="id_attendance_0" checked', "")
    assert "Mercury in air" in text
    assert "Kenya" in text


def test_of_several_seasons_one_is_chosen_first(officer, slot):
    other = SeasonFactory(title="Season of 2031")

    text = officer.get(page("add")).text

    assert f"?season={other.pk}" in text
    assert "Choose the season" in text
    assert "Mercury in air" not in officer.get(page("add") + f"?season={other.pk}").text
    assert officer.get(page("add") + "?season=x&session=99999999999999999999").status_code == 200


def test_from_a_session_it_begins_with_that_session_chosen(officer, slot):
    SeasonFactory()

    shown = officer.get(page("add") + f"?session={slot.session_id}")

    assert shown.context["form"]["sessions"].value() == [slot.session_id]


def test_link_without_a_whole_address_is_named_beside_the_field_and_nothing_typed_is_lost(officer, slot):
    text = write(officer, slot.session.season, text="**Read** [this](www.example.org)", sessions=[slot.session_id]).text

    assert "“www.example.org” is no whole address." in text
    assert "**Read** [this](www.example.org)" in text
    assert Circular.objects.count() == 0


def test_draft_is_stored_as_typed_and_shown_before_anything_is_sent(officer, slot):
    response = write(officer, slot.session.season, sessions=[slot.session_id], states=["confirmed"])

    circular = Circular.objects.get()
    assert response.url == page("preview", circular)
    assert said(response) == ["The draft is saved."]
    assert circular.audience == {"sessions": [slot.session_id], "states": ["confirmed"]}
    assert (circular.words.get().subject, circular.words.get().text) == (SUBJECT, TEXT)
    assert (circular.written_by.username, circular.is_draft, Message.objects.count()) == ("officer", True, 0)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"subject": ""}, "Write a subject."),
        ({"text": " "}, "Write the text."),
        ({"text": "x" * 10_001}, "at most 10000 characters"),
        ({"everybody": "on", "groups": ["ngo"]}, "Choose either everybody or some of them"),
        ({"sessions": ["0"]}, "0 is not one of the available choices"),
        ({"attendance": "perhaps"}, "perhaps is not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(officer, slot, wrong, words):
    shown = write(officer, slot.session.season, **{"states": ["waitlisted"]} | wrong)

    assert words in shown.text
    assert "Nothing is saved yet." in shown.text
    assert shown.context["form"]["states"].value() == ["waitlisted"]
    assert Circular.objects.count() == 0


def test_line_break_in_a_subject_becomes_a_space(officer, slot):
    write(officer, slot.session.season, subject="Two\r\nBcc: lines@example.org")

    assert str(Circular.objects.get()) == "Two Bcc: lines@example.org"


def test_draft_is_changed_and_shows_what_was_stored(officer, slot):
    circular = draft(slot.session.season, sessions=(slot.session_id,))

    form = officer.get(page("write", circular)).context["form"]
    changed = typed(slot.session.season, subject="Other words", groups=["ngo"], shown=form["shown"].value())
    response = officer.post(page("write", circular), changed)

    assert (form["subject"].value(), form["sessions"].value()) == (SUBJECT, (slot.session_id,))
    assert response.url == page("preview", circular)
    circular = Circular.objects.get()
    assert (str(circular), circular.audience) == ("Other words", {"groups": ["ngo"]})


def test_draft_is_deleted_after_a_question(officer, slot):
    circular = draft(slot.session.season)

    assert SUBJECT in officer.get(page("delete_draft", circular)).text
    response = officer.post(page("delete_draft", circular))

    assert (response.url, Circular.objects.count()) == (page("changelist"), 0)


def test_who_only_looks_sees_no_draft_and_writes_nothing(client, slot):
    groups.set_up()
    editor = User.objects.create_user("editor", is_staff=True)
    editor.groups.add(Group.objects.get(name="Programme editor"))
    sign_in(client, editor)
    circular = draft(slot.session.season)

    assert SUBJECT not in client.get(page("changelist")).text
    assert page("add") not in client.get(page("changelist")).text
    for name in ("change", "write", "preview", "formatted", "delete_draft", "take_back"):
        assert client.get(page(name, circular)).status_code == 403
    assert client.get(page("add")).status_code == 403
    assert write(client, slot.session.season).status_code == 403
