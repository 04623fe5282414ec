"""The line beside a time slot at night, with the way out: on forms, reviews and invitations."""

from datetime import timedelta

import pytest
from django.urls import reverse

from registrations.models import Delegation, Participant, Registration
from tests.factories import InvitationFactory, OccurrenceFactory
from tests.support.registrations.inviting import hidden_slot, page_of
from tests.support.registrations.nights import AT_NIGHT, LIMA, fill_up
from tests.support.registrations.sign_up_form import choice_of, delegation_of, filled_in
from tests.support.registrations.story_of_parts import slot_in_parts

pytestmark = pytest.mark.django_db

OTHER = "02:00–03:00 is at night for you. The other time slot is at 12:00 for you"
ONLY = "Only at night for you."
THEIRS = "Each person can ask for the recording on their own page."


@pytest.fixture
def in_lima(client):
    client.cookies["zone"] = LIMA.replace("/", "%2F")
    return client


# The form of a sign-up


def test_slot_of_a_link_that_is_at_night_has_a_button_for_the_other_one(in_lima, address, at_night, by_day, registered):
    form = in_lima.get(address, {"slot": at_night.pk})

    again = in_lima.post(address, filled_in(form, take=str(by_day.pk), name="Wanjiru", access_needs="Captions"))

    assert OTHER in form.text
    assert registered() == []
    assert [option.is_chosen for option in choice_of(again, by_day).slots] == [False, True]
    assert (again.context["form"]["name"].value(), "Captions</textarea>" in again.text) == ("Wanjiru", True)
    assert "at night for you. The" not in again.text
    in_lima.post(address, filled_in(again))
    assert registered() == [by_day.pk]


def test_slot_of_which_a_later_part_is_at_night_says_when(in_lima, address, season):
    day = AT_NIGHT + timedelta(hours=10)
    in_parts = slot_in_parts(day, AT_NIGHT + timedelta(days=1), session__season=season)
    OccurrenceFactory(session=in_parts.session, starts_at=day + timedelta(days=3))

    form = in_lima.get(address, {"slot": in_parts.pk})

    assert OTHER in form.text


def test_proposal_by_day_has_no_such_line(in_lima, address, at_night, by_day):
    form = in_lima.get(address, {"session": at_night.session.slug})

    assert "02:00 for you: night" in form.text
    assert 'name="take"' not in form.text


def test_night_is_said_once_at_a_glance(in_lima, address, at_night, by_day):
    same_day = choice_of(in_lima.get(address), at_night).hours
    by_day.starts_at += timedelta(days=1)
    by_day.ends_at += timedelta(days=1)
    by_day.save()

    other_day = choice_of(in_lima.get(address), at_night).hours

    assert same_day == "02:00–03:00 (night), 12:00–13:00"
    assert (other_day.count("(night)"), other_day.count("; ")) == (1, 1)


def test_full_slot_by_day_has_a_button_for_its_waiting_list(in_lima, address, at_night, by_day):
    fill_up(by_day)
    form = in_lima.get(address, {"session": at_night.session.slug})

    in_lima.post(address, filled_in(in_lima.post(address, filled_in(form, take=f"wait-{by_day.pk}"))))

    assert "The other time slot, at 12:00 for you, is full." in form.text
    assert "Send me the recording" in form.text
    registration = Registration.objects.get()
    assert (registration.occurrence, registration.is_waiting) == (by_day, True)


def test_session_held_once_at_night_has_a_button_that_ticks_the_recordings(in_lima, address, at_night):
    form = in_lima.get(address, {"slot": at_night.pk})

    again = in_lima.post(address, filled_in(form, take="recording"))
    in_lima.post(address, filled_in(again))

    assert ONLY in form.text
    assert "is at night for you. The other" not in form.text
    assert Participant.objects.get().wants_announcements


def test_recording_that_was_asked_for_can_be_taken_back(in_lima, address, at_night):
    asked = in_lima.post(address, filled_in(in_lima.get(address, {"slot": at_night.pk}), take="recording"))

    again = in_lima.post(address, filled_in(asked, take="no-recording"))
    in_lima.post(address, filled_in(again))

    assert "You ask us for the recording." in asked.text
    assert "Do not send it" in asked.text
    assert not Participant.objects.get().wants_announcements


@pytest.mark.parametrize("sent", ["", "999999", "wait-x", "\x00", "٣"])
def test_button_for_a_slot_that_is_gone_shows_the_form_as_it_was(in_lima, address, at_night, by_day, sent):
    form = in_lima.get(address, {"slot": at_night.pk})

    again = in_lima.post(address, filled_in(form, take=sent))

    assert again.status_code == 200
    assert [option.is_chosen for option in choice_of(again, by_day).slots] == [True, False]


def test_form_of_a_delegation_offers_the_other_slot_and_no_recording(in_lima, address, at_night, by_day):
    page = in_lima.get(f"{address}delegation/", {"slot": at_night.pk})
    sent = delegation_of(at_night, shown=page.context["page"].shown.text, take=str(by_day.pk))

    again = in_lima.post(f"{address}delegation/", sent)
    by_day.delete()

    assert [option.is_chosen for option in choice_of(again, at_night).slots] == [False, True]
    assert 'value="Omar Said"' in again.text
    alone = in_lima.get(f"{address}delegation/", {"slot": at_night.pk}).text
    assert (ONLY in alone, "Send me the recording" in alone) == (True, False)
    assert THEIRS in alone


def test_what_a_focal_point_confirms_tells_the_way_out(client, address, at_night, by_day):
    sent = delegation_of(at_night, timezone=LIMA)
    client.post(f"{address}delegation/", sent)
    confirm = reverse("registrations:delegation_to_confirm", args=[Delegation.objects.get().key])

    beside = client.get(confirm).text
    fill_up(by_day)
    full = client.get(confirm).text

    assert "The other time slot is at 12:00 for you. To choose it, fill in the form again." in beside
    assert (THEIRS in beside, THEIRS in full) == (False, True)


# The review


def test_review_names_nights_and_asks_once_for_the_recordings(client, season, address, at_night, by_day):
    once = OccurrenceFactory(session__season=season, starts_at=AT_NIGHT)
    slugs = [at_night.session.slug, once.session.slug]
    form = client.get(address, {"session": slugs})

    review = client.post(address, filled_in(form, timezone=LIMA))
    client.post(address, filled_in(review, wants_announcements="on"))

    assert review.text.count(ONLY) == review.text.count("Send me the recordings of my sessions") == 1
    assert set(Registration.objects.values_list("occurrence", flat=True)) == {by_day.pk, once.pk}
    assert Participant.objects.get().wants_announcements


def test_button_in_the_review_brings_the_form_with_the_other_slot(
    client, season, address, at_night, by_day, registered
):
    other = OccurrenceFactory(session__season=season, starts_at=AT_NIGHT)
    OccurrenceFactory(session=other.session, starts_at=by_day.starts_at)
    form = client.get(address, {"session": other.session.slug, "slot": at_night.pk})
    review = client.post(address, filled_in(form, timezone=LIMA))

    again = client.post(address, filled_in(review, take=str(by_day.pk)))

    assert OTHER in review.text
    assert registered() == []
    assert [option.is_chosen for option in choice_of(again, at_night).slots] == [False, True]


# An invitation


@pytest.fixture
def invited():
    slot = hidden_slot(starts_at=AT_NIGHT)
    OccurrenceFactory(session=slot.session, starts_at=AT_NIGHT + timedelta(hours=10), capacity=0)
    return InvitationFactory(session=slot.session, email="amina@example.org", opened_at=AT_NIGHT)


def test_invitation_offers_the_list_of_the_other_slot_and_the_recording(in_lima, invited):
    _night, by_day = invited.session.occurrences.in_order()
    page = in_lima.get(page_of(invited))

    waits = in_lima.post(page_of(invited), filled_in(page, take=f"wait-{by_day.pk}", organisation="Ministry"))
    again = in_lima.post(page_of(invited), filled_in(waits, take="recording"))
    in_lima.post(page_of(invited), filled_in(again))

    assert "The other time slot, at 12:00 for you, is full." in page.text
    assert 'value="Ministry"' in waits.text
    registration = Registration.objects.get()
    assert (registration.occurrence, registration.is_waiting) == (by_day, True)
    assert registration.participant.wants_announcements


def test_button_on_an_invitation_leaves_a_proposal_a_proposal(in_lima, invited):
    page = in_lima.get(page_of(invited))

    again = in_lima.post(page_of(invited), filled_in(page, take="recording"))

    assert again.context["page"].shown.proposed == page.context["page"].shown.proposed
    assert len(again.context["page"].shown.proposed) == 1
