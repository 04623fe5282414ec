"""The page on which staff move chosen people: what it shows, what it asks for, and what it refuses."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.enrolment import enrolment
from registrations.models import Registration, StaffAction, Transfer
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory
from tests.support.messages import said
from tests.support.registrations.signing_up import NOW, register

pytestmark = pytest.mark.django_db

LIST = "/admin/registrations/registration/"
MOVE = "/admin/registrations/registration/move-people/"


def names(number):
    return ["ABCDEFGHIJ"[each] for each in range(number)]


def sign_up(slot, number=1, prefix="Person"):
    return [
        register(slot, name=f"{prefix} {name}", email=f"{prefix}{name}@example.org", waits_for={slot.pk})[0]
        for name in names(number)
    ]


def two_slots(**second):
    slot = OccurrenceFactory()
    return slot, OccurrenceFactory(session=slot.session, **second)


def choose(client, registrations):
    return client.post(LIST, {"action": "move", "_selected_action": [each.pk for each in registrations]})


def send(client, registrations, slot, **typed):
    return client.post(MOVE, {"registration": [each.pk for each in registrations], "slot": slot.pk} | typed)


def confirm(client, registrations, slot, **typed):
    shown = send(client, registrations, slot, look="1").context["plan"].fingerprint
    return send(client, registrations, slot, confirm="1", shown=shown, **typed)


def places():
    return dict(Registration.objects.values_list("participant__name", "occurrence"))


def test_from_the_list_to_the_slots_of_the_session_with_their_seats(admin_client):
    here, there = two_slots(capacity=7)
    elsewhere = OccurrenceFactory(session__season=here.session.season)

    page = choose(admin_client, sign_up(here, 2))

    assert [slot for slot, _words in page.context["form"].fields["slot"].choices] == [here.pk, there.pk]
    assert "2 people are chosen" in page.text
    assert "7 free seats" in page.text
    assert f'name="slot" value="{elsewhere.pk}"' not in page.text


def test_many_are_moved_once_their_number_is_typed(admin_client):
    here, there = two_slots()
    people = sign_up(here, 4)

    wrong = confirm(admin_client, people, there, people="3")
    assert "Type 4 here to confirm" in wrong.text
    assert set(places().values()) == {here.pk}

    done = confirm(admin_client, people, there, people="4")
    assert set(places().values()) == {there.pk}
    [transfer] = Transfer.objects.all()
    page = admin_client.get(done.url)
    assert done.url == f"/admin/registrations/transfer/{transfer.pk}/change/"
    assert "4 people are moved." in page.text
    assert (
        f'href="{LIST}?season={here.session.season_id}&amp;session={here.session_id}&amp;slot={there.pk}"' in page.text
    )


def test_of_a_few_no_number_is_asked(admin_client):
    here, there = two_slots()
    people = sign_up(here, 2)

    confirm(admin_client, people, there)

    assert set(places().values()) == {there.pk}


def test_preview_names_who_moves_and_says_who_moves_up(admin_client):
    here, there = two_slots()
    type(here).objects.filter(pk=here.pk).update(capacity=1)
    [first] = sign_up(here)
    sign_up(here, prefix="Waits")

    page = send(admin_client, [first], there, look="1")

    assert "1 person on a waiting list gets a seat that they leave, and a mail." in page.text
    assert ("Person A" in page.text, "Waits A" in page.text) == (True, False)


def test_preview_says_when_the_mails_leave(admin_client):
    here, there = two_slots()
    people, early = sign_up(here, 1), min(here.starts_at, there.starts_at)

    page = send(admin_client, people, there, look="1")
    Occurrence.objects.filter(pk=there.pk).update(starts_at=timezone.now() + timedelta(hours=2), ends_at=early)
    near = send(admin_client, people, there, look="1")

    assert "If you confirm now, the mails leave at" in page.text
    assert "The mails leave at once, because the time slot is near." in near.text


def test_full_slot_says_so_and_nobody_moves(admin_client):
    here, there = two_slots(capacity=1)
    people = sign_up(here, 3)

    page = send(admin_client, people, there, look="1")

    assert "That time slot has 1 free seat, and 3 people would move. Nobody was moved." in page.text
    assert set(places().values()) == {here.pk}


def test_changed_meanwhile_is_said_and_shown_anew(admin_client):
    here, there = two_slots()
    people = sign_up(here, 2)
    shown = send(admin_client, people, there, look="1").context["plan"].fingerprint
    enrolment.cancel(registration_id=people[0].pk, now=people[0].registered_at)

    page = send(admin_client, people, there, confirm="1", shown=shown)

    assert "has changed meanwhile. Nobody was moved." in page.text
    assert [each["name"].name for each in page.context["rows"]] == ["Person B"]
    assert set(places().values()) == {here.pk}


def test_people_of_two_sessions_are_refused(admin_client):
    here, _there = two_slots()
    other = OccurrenceFactory(session__season=here.session.season)

    page = choose(admin_client, [*sign_up(here), *sign_up(other, prefix="Other")])

    assert "in several sessions" in admin_client.get(page.url).text


def test_session_with_one_slot_has_nowhere_to_go(admin_client):
    page = choose(admin_client, sign_up(OccurrenceFactory()))

    assert "no other time slot to come" in admin_client.get(page.url).text


@pytest.mark.parametrize("slot", ["", "x", "99999999", "-1", "9" * 40])
def test_slot_that_is_none_of_these_is_an_error_beside_the_field(admin_client, slot):
    here, _there = two_slots()

    page = admin_client.post(MOVE, {"registration": [sign_up(here)[0].pk], "slot": slot, "look": "1"})

    assert page.status_code == 200
    assert page.context["form"].errors["slot"]


@pytest.mark.parametrize("registration", ["", "x", "²", "9" * 40, "99999999"])
def test_nobody_chosen_leads_back(admin_client, registration):
    page = admin_client.post(MOVE, {"registration": registration, "look": "1"})

    assert page.url == reverse("admin:registrations_registration_changelist")
    assert said(page) == ["No people are chosen, or they are not there any more. Nobody was moved."]


def test_who_has_cancelled_cannot_be_moved_wherever_the_slots_are(admin_client):
    here, _there = two_slots()
    [gone] = sign_up(here)
    enrolment.cancel(registration_id=gone.pk, now=NOW)

    page = choose(admin_client, [gone])

    assert said(page) == ["None of these people can be moved: they have cancelled, or their time slot is over."]


def test_looking_moves_nobody(admin_client):
    here, there = two_slots()
    people = sign_up(here, 2)

    choose(admin_client, people)
    send(admin_client, people, there, look="1")
    admin_client.get(MOVE, {"registration": people[0].pk, "slot": there.pk, "confirm": "1"})

    assert set(places().values()) == {here.pk}
    assert not StaffAction.objects.filter(action="people-moved").exists()


def test_way_back_leads_to_the_list_as_it_was_filtered(admin_client):
    here, _there = two_slots()
    people = sign_up(here, 2)
    session = here.session_id

    chosen = {"action": "move", "_selected_action": [each.pk for each in people]}
    asked = admin_client.post(f"{LIST}?session={session}&q=Person", chosen)
    back = send(admin_client, people, here, look="1", filters=asked.context["filters"])

    for page in (asked, back):
        assert f'href="{LIST}?session={session}&amp;q=Person"' in page.text
