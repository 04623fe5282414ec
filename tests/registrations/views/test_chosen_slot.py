"""What somebody presses is what they get: the time slot of a link, of a form, and a proposal that was for elsewhere."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.models import Message, Participant, Registration
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations.sign_up_form import choice_of, filled_in, typed

pytestmark = pytest.mark.django_db


# A link names the slot


@pytest.mark.parametrize("page", ["season", "session"])
@pytest.mark.parametrize("number", [0, 1])
def test_link_beside_a_slot_leads_to_a_form_that_registers_it(
    client, season, slot, late_slot, page, number, registered
):
    pressed = [slot, late_slot][number]
    opened = season if page == "season" else slot.session
    link = f"/sign-up/{season.slug}/?slot={pressed.pk}"
    assert f'href="{link}">Sign up' in client.get(opened.get_absolute_url()).text

    form = client.get(link)
    client.post(link, filled_in(form))

    assert choice_of(form, slot).is_ticked
    assert [option.is_chosen for option in choice_of(form, slot).slots] == [number == 0, number == 1]
    assert registered() == [pressed.pk]


@pytest.mark.parametrize("number", [0, 1])
def test_link_to_a_waiting_list_leads_to_a_form_that_puts_one_on_it(
    client, address, slot, late_slot, number, registered
):
    full = [slot, late_slot][number]
    Occurrence.objects.filter(pk=full.pk).update(capacity=0)

    client.post(address, filled_in(client.get(address, {"slot": full.pk, "wait": "1"})))

    assert registered() == [full.pk]
    assert Registration.objects.get().is_waiting


def test_slot_of_a_link_stays_chosen_in_every_time_zone(client, address, slot, late_slot, registered):
    form = client.get(address, {"slot": slot.pk})

    answer = client.post(address, filled_in(form, timezone="America/Lima"))

    assert answer.status_code == 302
    assert registered() == [slot.pk]


def test_full_slot_of_a_link_is_said_and_another_one_proposed(client, address, slot, late_slot):
    Occurrence.objects.filter(pk=slot.pk).update(capacity=0)

    form = client.get(address, {"slot": slot.pk})

    assert "All places of the time slot that you chose are taken. Another one is chosen" in form.text
    assert [option.is_chosen for option in choice_of(form, slot).slots] == [False, True]


@pytest.mark.parametrize("is_over", [False, True])
def test_slot_of_a_link_that_cannot_be_chosen_any_more_is_said(client, season, address, slot, is_over):
    OccurrenceFactory(session__season=season)
    yesterday = timezone.now() - timedelta(days=1)
    change = (
        {"starts_at": yesterday, "ends_at": yesterday + timedelta(hours=1)} if is_over else {"called_off_at": yesterday}
    )
    Occurrence.objects.filter(pk=slot.pk).update(**change)

    form = client.get(address, {"slot": slot.pk})

    assert "Mercury in rice: The time slot that you chose takes no registrations any more." in form.text


@pytest.mark.parametrize("number", ["999999", "x", "", "\x00", "٣"])
def test_slot_of_a_link_that_is_gone_is_said(client, address, slot, number):
    form = client.get(address, {"slot": number})

    assert "The time slot in your link is not offered any more." in form.text
    assert not choice_of(form, slot).is_ticked


# A chosen slot ticks its session


def test_slot_that_is_chosen_ticks_its_session(client, address, slot, late_slot, registered):
    form = client.get(address)

    review = client.post(address, filled_in(form, **{f"slot-{slot.session.pk}": late_slot.pk}))
    client.post(address, filled_in(review))

    assert "Do you want these sessions?" in review.text
    assert registered() == [late_slot.pk]


def test_session_that_was_unticked_after_its_slot_was_chosen_can_be_left_out(
    client, address, season, slot, late_slot, registered
):
    other = OccurrenceFactory(session__season=season)
    form = client.get(address)
    sent = filled_in(form, session=other.session.slug, **{f"slot-{slot.session.pk}": late_slot.pk})

    review = client.post(address, sent)
    back = client.post(address, filled_in(review, session=other.session.slug, back="1"))
    client.post(address, filled_in(review, session=other.session.slug))

    assert not choice_of(back, slot).is_ticked
    assert registered() == [other.pk]


def test_only_session_that_is_left_out_in_the_review_leaves_none(client, address, slot, late_slot, registered):
    review = client.post(address, filled_in(client.get(address), **{f"slot-{slot.session.pk}": late_slot.pk}))

    answer = client.post(address, filled_in(review, session=None))

    assert answer.status_code == 422
    assert "Please tick at least one session." in answer.text
    assert registered() == []


def test_slot_without_a_tick_is_asked_about_beside_new_proposals(client, address, season, slot, late_slot, registered):
    other = OccurrenceFactory(session__season=season, starts_at=slot.starts_at)
    proposed = OccurrenceFactory(session=other.session, starts_at=late_slot.starts_at)
    form = client.get(address, {"session": other.session.slug})
    sent = filled_in(form, timezone="America/Lima", **{f"slot-{slot.session.pk}": late_slot.pk})

    review = client.post(address, sent)
    client.post(address, filled_in(review, session=other.session.slug))

    assert [choice.session for choice in review.context["page"].unticked] == [slot.session]
    assert registered() == [proposed.pk]


def test_slot_that_moves_while_its_tick_is_asked_about_is_said(client, address, slot, late_slot, registered):
    review = client.post(address, filled_in(client.get(address), **{f"slot-{slot.session.pk}": late_slot.pk}))
    Occurrence.objects.filter(pk=late_slot.pk).update(starts_at=late_slot.starts_at + timedelta(minutes=30))

    answer = client.post(address, filled_in(review))

    assert answer.status_code == 409
    assert registered() == []


def test_slot_that_was_chosen_beforehand_ticks_nothing(client, address, slot, late_slot):
    form = client.get(address)

    answer = client.post(address, filled_in(form))

    assert answer.status_code == 422
    assert 'id="sessions-error">Please tick at least one session.' in answer.text


def test_session_of_a_link_can_be_left_out_for_another_one(client, address, season, slot, late_slot, registered):
    other = OccurrenceFactory(session__season=season)
    form = client.get(address, {"slot": late_slot.pk})

    client.post(address, filled_in(form, session=other.session.slug))

    assert registered() == [other.pk]


# A proposal is for one time zone


def test_proposal_for_the_season_is_not_taken_for_a_country_elsewhere(client, address, slot, late_slot, registered):
    """07:00 UTC is 19:00 in Fiji and 15:00 UTC is 03:00: the form, in Geneva's time, proposes neither for Fiji."""
    Occurrence.objects.filter(pk=slot.pk).update(starts_at=slot.starts_at - timedelta(hours=8))
    form = client.get(address, {"session": slot.session.slug})
    assert [option.is_proposed for option in choice_of(form, slot).slots] == [False, True]

    review = client.post(address, filled_in(form, timezone="", country="242"))

    assert review.status_code == 200
    assert "These are yours, in Suva, UTC+12" in review.text
    assert (registered(), Participant.objects.count()) == ([], 0)
    answer = client.post(address, filled_in(review))
    assert answer.status_code == 302
    assert registered() == [slot.pk]


def test_proposal_is_made_anew_for_the_zone_that_was_chosen_before_sending(
    client, address, slot, late_slot, registered
):
    client.cookies["zone"] = "Africa%2FNairobi"
    form = client.get(address, {"session": slot.session.slug})

    review = client.post(address, filled_in(form, timezone="America/Lima"))

    assert [option.is_chosen for option in choice_of(review, slot).slots] == [False, True]
    client.post(address, filled_in(review, **{f"slot-{slot.session.pk}": slot.pk}))
    assert registered() == [slot.pk]


def test_own_choice_stays_whatever_the_zone(client, address, slot, late_slot, registered):
    form = client.get(address)
    ticked = {"session": slot.session.slug, f"slot-{slot.session.pk}": late_slot.pk}
    sent = filled_in(form, timezone="Africa/Nairobi", **ticked)

    answer = client.post(address, sent)

    assert answer.status_code == 302
    assert registered() == [late_slot.pk]


def test_zone_that_changes_no_proposal_asks_nothing(client, address, slot, late_slot, registered):
    form = client.get(address, {"session": slot.session.slug})

    assert client.post(address, filled_in(form, timezone="Africa/Nairobi")).status_code == 302
    assert registered() == [slot.pk]


def test_other_zone_shown_in_the_form_keeps_the_persons_choice_and_proposes_anew(
    client, address, season, slot, late_slot
):
    other = OccurrenceFactory(session__season=season, starts_at=slot.starts_at)
    OccurrenceFactory(session=other.session, starts_at=late_slot.starts_at)
    form = client.get(address, {"session": other.session.slug, "slot": slot.pk})

    shown = client.post(address, filled_in(form, timezone="America/Lima", show_times="1"))

    assert [option.is_chosen for option in choice_of(shown, slot).slots] == [True, False]
    assert [option.is_chosen for option in choice_of(shown, other).slots] == [False, True]
    assert shown.text.count("For this time zone, another time slot is proposed.") == 1


# The world changes while the form is open


def test_slot_that_moved_is_said_and_nobody_is_registered_for_another_time(
    client, address, slot, late_slot, registered
):
    form = client.get(address, {"slot": late_slot.pk})
    moved = late_slot.starts_at + timedelta(hours=3)
    Occurrence.objects.filter(pk=late_slot.pk).update(starts_at=moved, ends_at=moved + timedelta(hours=1))

    answer = client.post(address, filled_in(form))

    assert answer.status_code == 409
    assert "This time slot was moved while you wrote." in choice_of(answer, slot).error
    assert registered() == []
    client.post(address, filled_in(answer))
    assert registered() == [late_slot.pk]


@pytest.mark.parametrize("is_linked", [True, False])
def test_slot_that_vanished_is_said_and_the_other_one_is_not_taken_instead(
    client, address, slot, late_slot, registered, is_linked
):
    form = client.get(address, {"slot": slot.pk} if is_linked else {"session": slot.session.slug})
    slot.delete()

    answer = client.post(address, filled_in(form))

    assert answer.status_code == 409
    assert "The time slot that you chose is not offered any more." in choice_of(answer, late_slot).error
    assert (registered(), Message.objects.count()) == ([], 0)


def test_session_that_vanished_is_said(client, address, season, slot, registered):
    OccurrenceFactory(session__season=season)
    form = client.get(address, {"slot": slot.pk})
    slot.delete()

    answer = client.post(address, filled_in(form))

    assert answer.status_code == 422
    assert "A session that you ticked is not offered any more." in answer.text
    assert (registered(), Message.objects.count()) == ([], 0)


def test_only_slot_that_filled_up_is_said(client, address, slot, registered):
    Occurrence.objects.filter(pk=slot.pk).update(capacity=1)
    form = client.get(address, {"slot": slot.pk})
    RegistrationFactory(occurrence=slot)

    answer = client.post(address, filled_in(form))

    assert answer.status_code == 409
    assert "Tick the session again if you want to be on its waiting list" in choice_of(answer, slot).error
    assert len(registered()) == 1


@pytest.mark.parametrize(
    "shown", ["", "x", "Mars/Olympus 1@2p", "Africa/Nairobi ٣@٤p", "\x00", "Africa/Nairobi " * 500]
)
def test_what_did_not_come_from_a_form_of_ours_is_no_fault(client, address, slot, shown, registered):
    answer = client.post(address, typed(slot, shown=shown))

    assert answer.status_code == 302
    assert registered() == [slot.pk]
