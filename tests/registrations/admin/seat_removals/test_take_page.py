"""Staff take places away: chosen in a list, shown with what it does, typed, done, and undone."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from registrations.enrolment import enrolment
from registrations.models import Message, Registration, SeatRemoval
from sessions.clocks import dates, moment
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.messages import said
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db
PAGE = "admin:registrations_seatremoval_take"


@pytest.fixture
def people():
    """Two with places, and one who waits for one."""
    slot = OccurrenceFactory(capacity=2, session__title="Mercury in air")
    seated = [RegistrationFactory(occurrence=slot, participant__name=name) for name in ("Fake One", "Fake Two")]
    return [*seated, RegistrationFactory(occurrence=slot, participant__name="Zoe Waits", status="waitlisted")]


def ids(*registrations):
    return [registration.pk for registration in registrations]


def ask(client, *registrations):
    return client.get(reverse(PAGE), {"registration": ids(*registrations)})


def send(client, *registrations, shown=None, **typed):
    shown = shown or ask(client, *registrations).context["form"]["shown"].value()
    known = {"registration": ids(*registrations), "shown": shown, "reason": "fake", "telling": "silent"}
    return client.post(reverse(PAGE), known | typed)


def test_list_leads_there_with_those_who_are_ticked(officer, people):
    sent = {"action": "take_away", "_selected_action": ids(*people[:2])}

    shown = officer.post(reverse("admin:registrations_registration_changelist"), sent)

    assert shown.status_code == 200
    assert "2 places are taken away" in shown.text
    assert "Zoe Waits" in shown.text


@pytest.mark.parametrize("kind", ["registration", "participant"])
def test_page_of_somebody_leads_there(officer, people, kind):
    row = people[0] if kind == "registration" else people[0].participant

    shown = officer.get(reverse(f"admin:registrations_{kind}_change", args=[row.pk]))

    link = {"registration": f"registration={row.pk}", "participant": f"person={row.pk}"}[kind]
    assert f"{reverse(PAGE)}?{link}" in shown.text
    assert "Fake One" in officer.get(f"{reverse(PAGE)}?{link}").text


def test_who_may_only_read_is_refused(client, people):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_registration"))
    sign_in(client, reader)
    sent = {"action": "take_away", "_selected_action": ids(*people)}

    listed = client.post(reverse("admin:registrations_registration_changelist"), sent)

    assert ask(client, *people).status_code == 403
    assert "Take the places away" not in listed.text
    assert "places are taken away" not in listed.text


def test_page_leads_back_to_the_list_as_it_was_filtered(officer, people):
    filtered = reverse("admin:registrations_registration_changelist", query={"session": people[0].session_id})

    first = officer.post(filtered, {"action": "take_away", "_selected_action": ids(*people[:2])})
    second = send(officer, *people[:2], filters=first.context["filters"])

    assert f'<a href="{filtered}">Leave everything as it is</a>' in first.text
    assert f'<a href="{filtered}">Leave everything as it is</a>' in second.text


def test_reason_is_asked_for_beside_its_field_and_nothing_typed_is_lost(officer, people):
    shown = send(officer, people[0], reason="other", telling="told", why="A colleague asked.")

    assert "Write what the reason is" in shown.text
    assert "A colleague asked." in shown.text


def test_effects_are_shown_and_nothing_is_done(officer, people):
    shown = send(officer, people[0], reason="other", telling="told", words="We need the room.")

    assert "1 mail leaves for those who lose a place. 1 mail leaves for who moves up." in shown.text
    assert "We need the room." in shown.context["mail"].text
    assert Registration.objects.cancelled().count() == Message.objects.count() == 0


def test_number_is_typed_for_several(officer, people):
    wrong = send(officer, *people[:2], confirm="1", people="3")
    assert "Type 2 here to confirm" in wrong.text
    assert not Registration.objects.cancelled().exists()

    done = send(officer, *people[:2], confirm="1", people="2")

    assert said(done) == ["2 places are taken away."]
    assert sorted(each.participant.name for each in Registration.objects.confirmed()) == ["Zoe Waits"]


def test_change_meanwhile_makes_them_look_again(officer, people):
    shown = ask(officer, *people[:2]).context["form"]["shown"].value()
    enrolment.cancel(registration_id=people[0].pk, now=moment.now())

    answer = send(officer, *people[:2], shown=shown, confirm="1", people="2", why="Typed by a robot.")

    assert "has changed meanwhile" in answer.text
    assert "Typed by a robot." in answer.text
    assert "Fake One" not in answer.text
    assert not SeatRemoval.objects.exists()


def test_page_after_gives_the_places_back(officer, people):
    page = send(officer, people[0], confirm="1").url
    assert "Fake One" in officer.get(page).text

    answer = officer.post(page, {"give_back": "1"})

    assert said(answer) == [
        "0 people have places again.",
        "1 person is on the waiting list, because no place is free.",
    ]
    assert said(officer.post(page, {"give_back": "1"}))[-1] == "These places were given back already."


def test_page_after_says_how_many_mails_leave_and_asks_for_the_number(officer):
    slot = OccurrenceFactory(capacity=5)
    four = [RegistrationFactory(occurrence=slot) for _ in range(4)]
    page = send(officer, *four, telling="told", confirm="1", people="4").url
    assert "4 places are given back. 0 mails leave when you press the button." in officer.get(page).text
    Message.objects.update(status=Message.Status.SENT, sent_at=moment.now())

    refused = officer.post(page, {"give_back": "1", "people": "3"})

    assert "4 places are given back. 4 mails leave when you press the button." in refused.text
    assert "Type 4 here to confirm" in refused.text
    assert not Registration.objects.confirmed().exists()
    officer.post(page, {"give_back": "1", "people": "4"})
    assert Registration.objects.confirmed().count() == Message.objects.filter(kind="confirmation").count() == 4


def test_page_after_lets_them_register_again(officer, people):
    page = send(officer, people[0], confirm="1").url

    officer.post(page, {"allow": "1"})

    assert not Registration.objects.barring().exists()
    assert "Let them register again" not in officer.get(page).text


def test_nobody_with_a_place_leads_back(officer, people):
    answer = officer.get(reverse(PAGE), {"registration": ["x", "99999999999999999999", "7777"]})

    assert answer.status_code == 302
    assert "None of these people has a place" in said(answer)[-1]


def test_nobody_chosen_leads_to_the_list_to_choose_from(officer):
    assert "Nobody is chosen" in said(officer.get(reverse(PAGE)))[-1]


def test_page_of_the_registration_says_when_and_why_and_leads_there(officer, people):
    page = send(officer, people[0], confirm="1").url

    shown = officer.get(reverse("admin:registrations_registration_change", args=[people[0].pk])).text

    made_at = dates.in_geneva(SeatRemoval.objects.get().made_at)
    assert f'<a href="{page}">{made_at}</a>: made-up sign-up: nobody stands behind it' in shown
