"""Sessions that a person adds on their own page, by one button."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.models import Message, Participant, Registration
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.messages import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return ParticipantFactory(timezone="Africa/Nairobi", name="Grace Wanjiru", confirmed_at=timezone.now())


def slot_of(person, *, hour=7, **more):
    """On the clock of Nairobi it begins three hours later."""
    starts_at = timezone.now().replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=5)
    return OccurrenceFactory(starts_at=starts_at, session__season=person.season, **more)


def other_slot(slot, *, hours):
    return OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(hours=hours))


def over(slot):
    before = timedelta(days=9)
    type(slot).objects.update(starts_at=slot.starts_at - before, ends_at=slot.ends_at - before)


def page_of(client, person):
    return client.get(f"/my/{person.key}/")


def add(client, person, slot):
    return client.post(f"/my/{person.key}/add/", {"slot": getattr(slot, "pk", slot)})


# The page


def test_all_sessions_to_come_stand_in_order_registered_or_not(client, person):
    slots = [slot_of(person, hour=hour) for hour in (12, 9, 10, 11)]
    RegistrationFactory(participant=person, occurrence=slots[1])
    RegistrationFactory(participant=person, occurrence=slots[3])
    RegistrationFactory(participant=person, occurrence=slots[2], status=Registration.Status.CANCELLED)

    page = page_of(client, person).context["page"]

    assert page.next.registration.occurrence == slots[1]
    assert [(row.session, row.is_addition) for row in page.programme] == [
        (slots[2].session, False),
        (slots[3].session, False),
        (slots[0].session, True),
    ]


def test_slot_nearest_to_daytime_is_proposed_and_the_other_one_stands_beside_it(client, person):
    night = slot_of(person, hour=1)
    day = other_slot(night, hours=8)

    response = page_of(client, person)

    [addition] = response.context["page"].additions
    assert [(slot.time.occurrence, slot.is_proposed) for slot in addition.slots] == [(day, True), (night, False)]
    assert "04:00 for you: night" in response.text
    assert response.text.count("our proposal") == 1


def test_only_slot_of_a_session_is_no_proposal(client, person):
    slot_of(person)

    assert "our proposal" not in page_of(client, person).text


@pytest.mark.parametrize(
    "hide",
    [
        lambda slot: type(slot.session).objects.update(is_published=False),
        lambda slot: type(slot.session).objects.update(access="invitation"),
        lambda slot: type(slot.session.season).objects.update(is_published=False),
        lambda slot: type(slot).objects.update(called_off_at=timezone.now()),
        over,
    ],
    ids=["hidden", "by invitation", "season hidden", "called off", "over"],
)  # fmt: skip
def test_what_cannot_be_had_is_neither_shown_nor_added(client, person, hide):
    slot = slot_of(person)
    assert [row.session for row in page_of(client, person).context["page"].programme] == [slot.session]

    hide(slot)

    assert page_of(client, person).context["page"].programme == []
    assert add(client, person, slot).status_code == 409
    assert not Registration.objects.exists()


def test_session_that_opens_later_says_when_and_has_no_button(client, person):
    slot = slot_of(person, session__registration_opens_at=timezone.now() + timedelta(days=1))

    response = page_of(client, person)

    assert response.context["page"].additions[0].slots == []
    assert "Opens on " in response.text
    assert add(client, person, slot).status_code == 409


def test_who_was_named_and_has_not_said_yes_adds_nothing(client, person):
    slot = slot_of(person)
    Participant.objects.update(confirmed_at=None)

    assert page_of(client, person).context["page"].additions == []
    assert add(client, person, slot).url == f"/my/{person.key}/take-part/"
    assert not Registration.objects.exists()


def test_page_asks_the_database_the_same_for_one_and_for_three_sessions_to_add(
    client, person, settings, django_assert_num_queries
):
    for _ in range(2):
        RegistrationFactory(participant=person, occurrence=slot_of(person, capacity=9))
        slot_of(person, capacity=9)
        page_of(client, person)
        settings.PROGRAMME_SECONDS = 60
        with django_assert_num_queries(6):
            page_of(client, person)
        settings.PROGRAMME_SECONDS = 0
        slot_of(person, capacity=9)


# The button


def test_button_registers_the_person_behind_the_key(client, person):
    slot = slot_of(person, session__title="Mercury in rice")

    response = add(client, person, slot)

    assert (response.status_code, response.url) == (302, f"/my/{person.key}/#session-{slot.session_id}")
    assert said(response) == ["“Mercury in rice” is added.", "A mail that says so is on its way."]
    assert Registration.objects.get().participant == person
    assert Registration.objects.get().occurrence == slot
    assert Message.objects.get().kind == "confirmation"


def test_what_was_added_says_so_where_the_address_leads(client, person):
    RegistrationFactory(participant=person, occurrence=slot_of(person, hour=5))
    slot = slot_of(person, session__title="Mercury in rice")
    add(client, person, slot)

    page = page_of(client, person).text

    top, entry = page.split(f'id="session-{slot.session_id}"')
    assert "is added" not in top
    assert "“Mercury in rice” is added." in entry
    assert "is added" not in page_of(client, person).text


def test_pressed_twice_it_registers_once(client, person):
    slot = slot_of(person)

    add(client, person, slot)
    add(client, person, slot)

    assert Registration.objects.count() == Message.objects.count() == 1


def test_button_of_the_other_slot_on_an_old_page_does_not_say_that_it_is_added(client, person):
    slot = slot_of(person, session__title="Mercury in rice")
    other = other_slot(slot, hours=4)

    add(client, person, slot)
    response = add(client, person, other)

    assert response.status_code == 409
    assert "You have “Mercury in rice” already, in its other time slot. Nothing was changed." in response.text
    assert Registration.objects.get().occurrence == slot


def test_full_slot_is_waited_for_by_a_button_of_its_own(client, person):
    slot = slot_of(person, capacity=0)

    refused = add(client, person, slot)
    response = add(client, person, page_of(client, person).context["page"].additions[0].slots[0].value)

    assert refused.status_code == 409
    assert said(response)[0].startswith("You are on the waiting list for")
    assert Registration.objects.get().is_waiting


@pytest.mark.parametrize("sent", [None, "", "abc", "a\x00b", "9" * 25, "wait-"])
def test_anything_else_changes_nothing_and_says_so(client, person, sent):
    slot_of(person)

    response = client.post(f"/my/{person.key}/add/", {} if sent is None else {"slot": sent})

    assert response.status_code == 409
    assert "Nothing was changed." in response.text
    assert not Registration.objects.exists()


def test_opening_the_address_leads_to_the_page(client, person):
    slot = slot_of(person)

    response = client.get(f"/my/{person.key}/add/", {"slot": slot.pk})

    assert response.url == f"/my/{person.key}/"
    assert not Registration.objects.exists()


# What is at night


def test_session_at_night_that_has_no_slot_by_day_offers_its_recording(client, person):
    RegistrationFactory(participant=person, occurrence=slot_of(person, hour=23))

    page = page_of(client, person)
    answer = client.post(f"/my/{person.key}/recordings/")

    assert f'href="/my/{person.key}/recordings/"' in page.text
    assert answer.url == f"/my/{person.key}/"
    assert Participant.objects.get().wants_announcements
    assert "We send you the recording once it is published." in page_of(client, person).text


def test_opening_the_page_of_recordings_changes_nothing(client, person):
    page = client.get(f"/my/{person.key}/recordings/")

    assert "Send me the recordings of my sessions" in page.text
    assert not Participant.objects.get().wants_announcements
