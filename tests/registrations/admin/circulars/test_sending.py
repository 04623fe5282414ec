"""What staff see before a circular is sent, what they confirm, and what they see afterwards."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from registrations.models import Circular, Message, Registration
from sessions.staff import groups
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.messages import said, said_at_some_hour
from tests.support.registrations.circulars import SUBJECT, draft, page, send
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db
NAMES = ["Wanjiru Kamau", "Amina Otieno"]


@pytest.fixture
def slot():
    """With two people."""
    slot = OccurrenceFactory(starts_at=timezone.now() + timedelta(days=3), session__title="Mercury in air")
    for name in NAMES:
        RegistrationFactory(occurrence=slot, participant__name=name)
    return slot


@pytest.fixture
def circular(slot):
    return draft(slot.session.season, now=timezone.now(), sessions=(slot.session_id,))


def seen(client, circular) -> str:
    return client.get(page("preview", circular)).context["confirm"]["seen"].value()


def confirm(client, circular, people="2", state=None):
    return client.post(page("preview", circular), {"people": people, "seen": state or seen(client, circular)})


def test_preview_shows_number_names_rule_and_the_mail_and_sends_nothing(officer, circular):
    text = officer.get(page("preview", circular)).text

    for words in ("2 people will be told by mail.", "Mercury in air", "so it goes to all of them", *NAMES):
        assert words in text
    assert "The new address (https://meet.example/2)" in text
    assert page("formatted", circular) in text
    assert (Circular.objects.sent().count(), Message.objects.count()) == (0, 0)


def test_formatted_mail_is_shown_alone_in_a_frame_that_runs_nothing(officer, circular):
    frame = officer.get(page("formatted", circular))

    assert "<strong>begins</strong>" in frame.text
    assert "sandbox" in frame["Content-Security-Policy"]
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src 'self'" in officer.get(page("preview", circular))["Content-Security-Policy"]


def test_names_are_not_for_who_may_not_see_people(client, circular):
    groups.set_up()
    writer = User.objects.create_user("writer", is_staff=True)
    writer.user_permissions.set(Group.objects.get(name="Registration officer").permissions.all())
    writer.user_permissions.remove(*writer.user_permissions.filter(codename="view_participant"))
    sign_in(client, writer)

    text = client.get(page("preview", circular)).text

    assert "2 people will be told by mail." in text
    assert not any(name in text for name in NAMES)


def test_without_a_choice_the_button_is_dead_and_sending_is_refused(officer, slot):
    circular = draft(slot.session.season, now=timezone.now())

    text = officer.get(page("preview", circular)).text
    response = confirm(officer, circular)

    assert '<input type="submit" value="Send it (nobody chosen)" disabled>' in text
    assert "Nobody is chosen yet." in text
    assert said(response) == ["Nobody would get it. Choose other people."]
    assert (Circular.objects.sent().count(), Message.objects.count()) == (0, 0)


def test_confirming_with_the_number_sends_and_shows_how_far_it_is(officer, circular):
    response = confirm(officer, circular)

    text = officer.get(page("change", circular)).text
    assert response.url == page("change", circular)
    assert said_at_some_hour(response) == [
        "The circular is on its way.",
        "The mails to 2 people leave at hh:mm (Geneva). Until then you can take this back.",
    ]
    assert Message.objects.filter(circular=circular).count() == 2
    for words in (
        "Waiting until",
        '<meta http-equiv="refresh"',
        "Take it back",
        "Mercury in air",
        "<strong>begins</strong>",
    ):
        assert words in text
    assert "waiting until" in officer.get(page("changelist")).text


@pytest.mark.parametrize("typed", ["", "3", "two"])
def test_another_number_sends_nothing_and_says_so_beside_the_field(officer, circular, typed):
    text = confirm(officer, circular, typed).text

    assert "Nothing was sent: the number of people was missing or different." in text
    assert "Type 2 here to confirm" in text
    assert Message.objects.count() == 0


def somebody_registers(circular, slot):
    RegistrationFactory(occurrence=slot)


def somebody_takes_the_place_of_another(circular, slot):
    Registration.objects.filter(pk=Registration.objects.first().pk).update(status="cancelled")
    RegistrationFactory(occurrence=slot)


def words_change(circular, slot):
    Circular.objects.update(changed_at=timezone.now())


@pytest.mark.parametrize("act", [somebody_registers, somebody_takes_the_place_of_another, words_change])
def test_what_changed_since_the_preview_is_said_and_nothing_is_sent(officer, circular, slot, act):
    state = seen(officer, circular)
    act(circular, slot)

    text = confirm(officer, circular, state=state).text

    assert "Nothing was sent. Please look again." in text
    assert Message.objects.count() == 0


def test_second_confirmation_sends_nothing_again(officer, circular):
    state = seen(officer, circular)
    confirm(officer, circular, state=state)

    response = confirm(officer, circular, state=state)

    assert said(response)[-1] == "It was sent already. Nothing is sent a second time."
    assert Message.objects.count() == 2


def test_to_myself_sends_one_mail_to_my_own_address(officer, circular):
    User.objects.update(email="officer@staff.example")

    response = officer.post(page("to_myself", circular))

    assert said(response)[0].startswith("It is on its way to officer@staff.example.")
    assert [mail.recipient for mail in Message.objects.all()] == ["officer@staff.example"]
    assert Circular.objects.get().is_draft


def test_to_myself_without_an_address_says_what_to_do(officer, circular):
    response = officer.post(page("to_myself", circular))

    assert said(response)[0].startswith("Your user has no e-mail address")
    assert Message.objects.count() == 0


def test_taking_back_says_what_it_does_and_then_nobody_hears(officer, circular):
    confirm(officer, circular)

    before = officer.get(page("take_back", circular)).text
    response = officer.post(page("take_back", circular))

    words = "2 mails have not left: these people hear nothing."
    assert words in before
    assert "It is on no personal page any more." in before
    assert said(response)[-2:] == ["The circular is taken back.", words]
    assert set(Message.objects.values_list("status", flat=True)) == {"dropped"}
    assert "Taken back" in officer.get(page("change", circular)).text
    assert said(officer.post(page("take_back", circular)))[-1].startswith("There is nothing to take back")


def test_editor_sees_that_it_was_sent_without_names_and_without_buttons(client, circular):
    send(circular, now=timezone.now())
    groups.set_up()
    editor = User.objects.create_user("editor", is_staff=True)
    editor.groups.add(Group.objects.get(name="Programme editor"))
    sign_in(client, editor)

    text = client.get(page("change", circular)).text

    assert SUBJECT in client.get(page("changelist")).text
    assert "<dt>People</dt><dd>2</dd>" in text
    assert "Take it back" not in text
    assert "Show these mails" not in text
    assert not any(name in text for name in NAMES)


def test_list_counts_mails_of_all_circulars_at_once(officer, slot, django_assert_max_num_queries):
    counts = []
    for number in (1, 3):
        for _each in range(number):
            send(draft(slot.session.season, now=timezone.now(), sessions=(slot.session_id,)), now=timezone.now())
        with django_assert_max_num_queries(30) as captured:
            officer.get(page("changelist"))
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_mails_of_one_circular_are_listed_alone(officer, circular):
    send(circular, now=timezone.now())
    other = draft(circular.season, now=timezone.now(), subject="Another one", sessions=circular.audience["sessions"])
    send(other, now=timezone.now())

    shown = officer.get(f"/admin/registrations/message/?circular={circular.pk}")

    assert shown.context["cl"].result_count == 2


@pytest.mark.parametrize(
    ("narrower", "words"),
    [({}, "Who registers later finds it there."), ({"states": ("confirmed",)}, "It stands on no personal page")],
)
def test_preview_says_whether_it_will_be_on_personal_pages(officer, slot, narrower, words):
    circular = draft(slot.session.season, now=timezone.now(), sessions=(slot.session_id,), **narrower)

    assert words in officer.get(page("preview", circular)).text
