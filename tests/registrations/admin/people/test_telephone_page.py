"""Staff register somebody who calls: the same mails, the agreement noted, and who noted it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.models import Message, Participant, Registration, StaffAction
from registrations.people import consent
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.messages import said
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.removing import take_away
from tests.support.registrations.signing_up import register

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return OccurrenceFactory(starts_at=timezone.now() + timedelta(days=9), capacity=1)


def page(slot):
    return reverse("admin:registrations_occurrence_telephone", args=[slot.pk])


def typed(client, slot, **changes):
    form = client.get(page(slot)).context["form"]
    [(value, _label)] = form.fields["slot"].choices
    said_by_person = {
        **{"slot": value, "name": "Zoe Kamau", "email": "zoe@example.org", "country": "404", "stakeholder": "party"},
        **{"language": "en", "timezone": "", "consent": "on", "submission": form["submission"].value()},
    }
    return said_by_person | changes


def send(client, slot, **changes):
    return client.post(page(slot), typed(client, slot, **changes))


def link_to(person):
    address = reverse("admin:registrations_participant_change", args=[person.pk])
    return f'<a href="{address}">Look at what this person has</a>'


def test_form_begins_with_the_slot_from_which_staff_came_and_says_what_is_free(officer, slot):
    full = OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(days=1), capacity=1)
    RegistrationFactory(occurrence=full)

    form = officer.get(page(full)).context["form"]

    assert form["slot"].value().startswith(f"{full.pk}-")
    assert [str(label).rpartition(": ")[2] for _value, label in form.fields["slot"].choices] == [
        "1 place is free",
        "all places are taken",
    ]


def test_errors_speak_of_the_person_who_calls(officer, slot):
    answer = send(officer, slot, name="", email="", country="", stakeholder="")

    errors = answer.context["form"].errors
    assert sorted(errors) == ["country", "email", "name", "stakeholder", "timezone"]
    assert not [words for found in errors.values() for words in found if "you" in words.split() or "your" in words]


def test_slot_leads_there(officer, slot):
    shown = officer.get(reverse("admin:online_sessions_occurrence_change", args=[slot.pk]))

    assert page(slot) in shown.text


def test_person_has_the_place_and_a_mail_that_says_who_entered_it(officer, slot, smtp_server):
    answer = send(officer, slot)

    [registration] = Registration.objects.all()
    [mail] = send_waiting_mails()
    text = smtp_server.mails[0].message.get_body(("plain",)).get_content()
    assert said(answer) == [f"Zoe Kamau is registered. A mail is on its way. {link_to(registration.participant)}"]
    assert (registration.is_confirmed, registration.participant.timezone) == (True, "Africa/Nairobi")
    assert (mail.kind, mail.recipient) == ("confirmation", "zoe@example.org")
    assert "The Secretariat entered this registration for you, as you asked by telephone." in text
    assert "asked the Secretariat by telephone" in " ".join(text.split())


def test_agreement_is_noted_with_who_and_when(officer, slot):
    send(officer, slot)

    person, action = Participant.objects.get(), StaffAction.objects.get(action="registered-by-telephone")
    assert person.consent_version == consent.VERSION
    assert "by telephone, and noted that they agree" in person.consent_text
    assert (action.by_name, action.object_id) == ("officer", Registration.objects.get().pk)
    assert abs(person.consented_at - action.made_at) < timedelta(minutes=1)


def test_without_agreement_nobody_is_registered_and_nothing_typed_is_lost(officer, slot):
    shown = send(officer, slot, consent="", organisation="UNEP")

    assert "Without their agreement nobody can be registered." in shown.text
    assert 'value="UNEP"' in shown.text
    assert not Registration.objects.exists()


def test_full_slot_asks_for_the_waiting_list(officer, slot):
    RegistrationFactory(occurrence=slot)

    assert "All places of this time slot are taken." in send(officer, slot).text
    [words] = said(send(officer, slot, waits="on"))
    assert words.startswith("Zoe Kamau is on the waiting list. A mail is on its way.")


def test_double_click_is_one_registration(officer, slot):
    sent = typed(officer, slot)

    for _ in range(2):
        officer.post(page(slot), sent)

    assert Registration.objects.count() == 1
    assert StaffAction.objects.filter(action="registered-by-telephone").count() == 1


def test_another_person_in_a_form_that_was_sent_is_another_registration(officer, slot):
    Occurrence.objects.update(capacity=2)
    sent = typed(officer, slot)
    officer.post(page(slot), sent)

    answer = officer.post(page(slot), sent | {"name": "Ana Souza", "email": "ana@example.org"}, follow=True)

    assert "Ana Souza is registered." in answer.text
    people = Registration.objects.values_list("participant__name", "participant__email")
    assert set(people) == {("Zoe Kamau", "zoe@example.org"), ("Ana Souza", "ana@example.org")}


def test_slot_that_moved_meanwhile_is_chosen_again(officer, slot):
    sent = typed(officer, slot)
    later = slot.starts_at + timedelta(hours=1)
    Occurrence.objects.filter(pk=slot.pk).update(starts_at=later, ends_at=later + timedelta(hours=1))

    assert "was changed meanwhile. Choose again." in officer.post(page(slot), sent).text


def test_who_lost_a_place_is_named_to_staff(officer, slot):
    send(officer, slot)
    take_away(Registration.objects.get(), now=timezone.now())

    answer = send(officer, slot)

    assert "one was taken away in this session" in said(answer)[-1]


def test_who_is_registered_already_is_named_to_staff(officer, slot):
    Occurrence.objects.update(capacity=None)
    send(officer, slot)

    assert "is registered for this session already" in said(send(officer, slot))[-1]


def named(slot, **fields):
    """By a focal point, with a place in a session of the season."""
    other = OccurrenceFactory(session__season=slot.session.season, starts_at=slot.starts_at)
    person = register(other, email="zoe@example.org", name="Zoe Kamau", now=timezone.now(), **fields)[0].participant
    Participant.objects.filter(pk=person.pk).update(confirmed_at=None, consent_version="by others")
    Registration.objects.update(entry_was_mailed=False)
    Message.objects.all().delete()
    return person


def test_who_was_named_by_somebody_else_takes_part_from_now_on(officer, slot, smtp_server):
    person = named(slot)

    answer = send(officer, slot)

    person.refresh_from_db()
    mails = send_waiting_mails()
    assert person.confirmed_at
    assert (person.consent_version, "by telephone" in person.consent_text) == (consent.VERSION, True)
    assert StaffAction.objects.filter(action="agreed-by-telephone", object_id=person.pk).count() == 1
    assert "Their agreement is noted" in " ".join(said(answer))
    assert sorted(mail.kind for mail in mails) == ["confirmation", "invitation"]


def test_who_was_named_for_this_session_takes_part_by_calling(officer, slot):
    Occurrence.objects.update(capacity=None)
    person = named(slot)
    Registration.objects.update(session=slot.session, occurrence=slot)
    Occurrence.objects.filter(pk=slot.pk).update(taken=1)

    answer = send(officer, slot)

    person.refresh_from_db()
    assert person.confirmed_at
    assert "is registered for this session already" in said(answer)[0]
    assert "Their agreement is noted" in said(answer)[1]


def test_details_of_a_known_person_stay_and_staff_are_told(officer, slot):
    register(
        OccurrenceFactory(session__season=slot.session.season, starts_at=slot.starts_at),
        email="zoe@example.org",
        name="Zoe Kamau",
        organisation="Museum",
        now=timezone.now(),
    )

    answer = send(officer, slot, organisation="UNEP")

    assert Participant.objects.get().organisation == "Museum"
    assert "Their details were left as they were." in said(answer)[1]


def test_of_a_new_person_nothing_more_is_said(officer, slot):
    assert len(said(send(officer, slot, organisation="UNEP"))) == 1


def test_page_of_a_person_leads_to_a_form_that_knows_them(officer, slot):
    registration = RegistrationFactory(occurrence__session__season=slot.session.season, participant__country="404")
    person, full_name = registration.participant, registration.participant.name
    address = f"{page(slot)}?person={person.pk}"

    shown = officer.get(reverse("admin:registrations_participant_change", args=[person.pk]))
    form = officer.get(address).context["form"]

    assert [(session, page) for session, _time, page in shown.context["open_slots"]] == [(slot.session.title, address)]
    known = [form[name].value() for name in ("name", "email", "country", "timezone")]
    assert known == [full_name, person.email, "404", person.timezone]
    assert form["consent"].value() is None

    erased = Participant.objects.filter(pk=person.pk)
    erased.update(anonymised_at=timezone.now())

    assert officer.get(address).context["form"]["name"].value() is None
    assert officer.get(f"{page(slot)}?person=²").status_code == 200


def test_known_person_of_another_season_is_a_stranger(officer, slot):
    person = RegistrationFactory().participant

    assert officer.get(f"{page(slot)}?person={person.pk}").context["form"]["name"].value() is None
