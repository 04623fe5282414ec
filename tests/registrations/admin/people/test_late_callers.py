"""Where staff come from to register somebody who calls, and how they do it after the closing date."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.models import Registration, StaffAction
from tests.factories import OccurrenceFactory, ParticipantFactory
from tests.support.messages import said

pytestmark = pytest.mark.django_db

TICK = "Registration is closed; register this person all the same"


def slot_of(**session):
    said_of_session = {f"session__{name}": value for name, value in session.items()}
    return OccurrenceFactory(starts_at=timezone.now() + timedelta(days=9), **said_of_session)


def closed_slot():
    return slot_of(registration_closes_at=timezone.now() - timedelta(hours=1))


def page(slot):
    return reverse("admin:registrations_occurrence_telephone", args=[slot.pk])


def send(client, slot, **changes):
    form = client.get(page(slot)).context["form"]
    [(value, _label)] = form.fields["slot"].choices
    typed = {
        **{"slot": value, "name": "Zoe Kamau", "email": "zoe@example.org", "country": "404", "stakeholder": "party"},
        **{"language": "en", "timezone": "", "consent": "on", "submission": form["submission"].value()},
    }
    return client.post(page(slot), typed | changes)


def test_without_the_tick_nobody_is_registered_and_nothing_typed_is_lost(officer):
    slot = closed_slot()

    shown = send(officer, slot)

    assert shown.context["form"].errors == {"late": ["Registration is closed. Tick this to register the person."]}
    assert TICK in shown.text
    assert "zoe@example.org" in shown.text
    assert Registration.objects.count() == 0


def test_with_the_tick_the_person_is_registered_and_that_is_on_record(officer):
    slot = closed_slot()

    send(officer, slot, late="on")

    assert Registration.objects.get().is_confirmed
    assert StaffAction.objects.get(action="registered-by-telephone").after["after_the_closing_date"] is True


def test_while_registration_is_open_nothing_is_asked_or_noted(officer):
    slot = slot_of()

    assert TICK not in officer.get(page(slot)).text
    send(officer, slot, late="on")

    assert "after_the_closing_date" not in StaffAction.objects.get(action="registered-by-telephone").after


@pytest.mark.parametrize(
    "session",
    [
        {"access": "invitation"},
        {"is_published": False},
        {"season__is_published": False},
        {"registration_opens_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_other_reasons_to_refuse_somebody_stand(officer, session):
    slot = slot_of(**session)

    [words] = said(officer.get(page(slot)))

    assert words.startswith("Nobody can be registered for this session")


def test_page_of_a_person_says_which_registration_is_closed(officer):
    slot = closed_slot()
    person = ParticipantFactory(season=slot.session.season)

    shown = officer.get(reverse("admin:registrations_participant_change", args=[person.pk])).text

    assert "registration is closed" in shown
    assert f"{page(slot)}?person={person.pk}" in shown


def test_list_of_people_leads_there_as_far_as_it_is_narrowed(officer):
    slot = slot_of()
    later = OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(days=1))
    of_session = {"season": slot.session.season_id, "session": slot.session_id}

    def leads_to(narrowed):
        address = reverse("admin:registrations_registration_changelist")
        return officer.get(address, narrowed).context["telephone_page"]

    assert leads_to({}) == reverse("admin:online_sessions_session_changelist")
    assert leads_to(of_session) == page(slot)
    assert leads_to(of_session | {"slot": later.pk}) == page(later)
