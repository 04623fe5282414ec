"""The page of the sign-up: shown, sent, refused."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.models import Message, Participant, Registration
from sessions.models import Session
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations.sign_up_form import choice_of, page_of, typed
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db


# What the page shows


def test_session_of_the_link_is_ticked_and_its_nearest_slot_chosen(client, address, slot, late_slot):
    client.cookies["zone"] = "America%2FLima"

    response = client.get(address, {"session": slot.session.slug})

    choice = choice_of(response, slot)
    assert choice.is_ticked
    assert [option.is_chosen for option in choice.slots] == [False, True]
    assert "02:00 for you: night" in response.text


def test_full_slot_cannot_be_chosen_and_the_other_one_is_proposed(client, address, slot, late_slot):
    slot.capacity = 0
    slot.save()
    client.cookies["zone"] = "Africa%2FNairobi"

    choice = choice_of(client.get(address), slot)

    assert [(option.is_full, option.is_chosen) for option in choice.slots] == [(True, False), (False, True)]


def test_full_session_that_has_begun_is_shown_with_words_and_cannot_be_ticked(client, season, address, slot):
    begun = {"starts_at": timezone.now() - timedelta(minutes=9), "ends_at": timezone.now() + timedelta(minutes=9)}
    OccurrenceFactory(session__season=season, session__slug="full", capacity=0, **begun)

    response = client.get(address, {"session": "full", "wait": "1"})

    assert "All places are taken, and the session has begun." in response.text
    assert [choice.is_ticked for choice in page_of(response).choices] == [False, False]


def test_sessions_that_nobody_can_choose_do_not_appear(client, season, address, slot):
    now = timezone.now()
    hidden = [
        OccurrenceFactory(session__season=season, session__access=Session.Access.INVITATION),
        OccurrenceFactory(session__season=season, session__is_published=False),
        OccurrenceFactory(session__season=season, session__registration_closes_at=now),
        OccurrenceFactory(session__season=season, called_off_at=now),
        OccurrenceFactory(session__season=season, starts_at=now - timedelta(hours=2)),
    ]

    response = client.get(address)

    assert [choice.session for choice in page_of(response).choices] == [slot.session]
    assert not any(occurrence.session.title in response.text for occurrence in hidden)


def test_unpublished_season_is_not_found(client, season, address):
    season.is_published = False
    season.save()

    assert client.get(address).status_code == 404


def test_closed_season_says_when_the_next_session_opens(client, season, address):
    opens_at = timezone.now() + timedelta(days=3)
    OccurrenceFactory(session__season=season, session__registration_opens_at=opens_at)

    response = client.get(address)

    assert "Registration has not opened yet." in response.text
    assert f"{opens_at.astimezone(season.zone):%H:%M}" in response.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {
                "capacity": 0,
                "starts_at": timezone.now() - timedelta(minutes=9),
                "ends_at": timezone.now() + timedelta(hours=2),
            },
            "All places of all sessions are taken.",
        ),
        ({"starts_at": datetime(2020, 9, 17, tzinfo=UTC)}, "The sessions are over"),
    ],
)
def test_season_that_takes_nobody_says_why(client, season, address, changes, words):
    OccurrenceFactory(session__season=season, **changes)

    assert words in client.get(address).text


def test_season_without_sessions_does_not_speak_of_sessions_that_are_over(client, address):
    shown = client.get(address).text

    assert "There is no session to sign up for yet." in shown
    assert "over" not in shown


def test_unknown_zone_is_asked_for_and_geneva_is_used_instead(client, address, slot):
    response = client.get(address, {"session": slot.session.slug})

    assert "Times are those of Geneva, UTC+2." in response.text
    assert "Where are you?" in response.text
    assert [option.time.reader.start_hour for option in choice_of(response, slot).slots] == ["09:00"]


def test_other_zone_shows_its_clock_and_keeps_what_was_typed(client, address, slot, late_slot):
    shown = page_of(client.get(address)).shown.text
    sent = typed(slot, timezone="America/Lima", show_times="1", name="Ana <", email="ana@", consent=None, shown=shown)

    response = client.post(address, sent)

    form = response.context["form"]
    assert response.status_code == 200
    assert [option.is_chosen for option in choice_of(response, slot).slots] == [False, True]
    assert (form["name"].value(), form["email"].value(), form["consent"].value()) == ("Ana <", "ana@", None)
    assert (form["access_needs"].value(), form.submission) == ("Captions, please", "form-1")
    assert page_of(response).problems == []
    assert response.cookies.get("zone") is None
    assert Registration.objects.count() == 0


# Sending it


def test_sign_up_registers_and_leads_to_the_page_for_everybody(client, address, season, slot, late_slot):
    response = client.post(address, typed(late_slot))

    assert (response.status_code, response.url) == (302, f"/sign-up/{season.slug}/check-your-mail/")
    registration = Registration.objects.select_related("participant").get()
    assert registration.occurrence == late_slot
    assert (registration.participant.name, registration.participant.country) == ("Amina Otieno", "404")
    assert "183 days (about 6 months) after the end of the season" in registration.participant.consent_text
    assert Message.objects.count() == 1


def test_answer_is_the_same_for_known_and_unknown_addresses(client, address, season, slot):
    client.post(address, typed(slot))
    other = OccurrenceFactory(session__season=season)

    known = client.post(address, typed(other, submission="form-2"), follow=True)
    unknown = client.post(address, typed(other, submission="form-3", email="juma@example.org"), follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    # The form that asks the speakers is the same but for its token, which is another one each time.
    said = [re.sub(r'value="\w{64}"', "", answer.text) for answer in (known, unknown)]
    assert said[0].replace("amina@example.org", "juma@example.org") == said[1]
    assert Participant.objects.count() == 2


def test_same_form_sent_twice_is_one_registration_with_the_same_answer(client, address, slot):
    slot.capacity = 1
    slot.save()

    first, second = (client.post(address, typed(slot)) for _ in range(2))

    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert Registration.objects.count() == 1
    assert Message.objects.count() == 1


def test_going_back_to_tick_one_more_session_registers_that_one(client, address, season, slot):
    other = OccurrenceFactory(session__season=season)
    client.post(address, typed(slot))

    client.post(address, typed(slot, other))

    assert set(Registration.objects.values_list("occurrence", flat=True)) == {slot.pk, other.pk}


def test_errors_are_listed_on_top_and_beside_the_fields_and_nothing_is_lost(client, address, slot):
    response = client.post(address, typed(slot, name="evil.com", email="amina@", consent=None))

    assert response.status_code == 422
    assert [problem.anchor for problem in page_of(response).problems] == ["id_name", "id_email", "id_consent"]
    assert 'class="error-summary" role="alert" tabindex="-1" autofocus' in response.text
    assert 'aria-describedby="id_email_helptext id_email_error"' in response.text
    assert all(text in response.text for text in ('value="evil.com"', 'value="amina@"', "Captions, please"))
    assert choice_of(response, slot).is_ticked
    assert Registration.objects.count() == 0


def test_no_session_ticked_is_an_error_at_the_sessions(client, address, slot):
    response = client.post(address, typed(slot, session=None))

    assert [problem.anchor for problem in page_of(response).problems] == ["sessions"]
    assert 'id="sessions-error">Please tick at least one session.' in response.text


def test_slot_that_filled_up_is_said_there_and_the_other_one_proposed(client, address, season, slot, late_slot):
    other = OccurrenceFactory(session__season=season)
    slot.capacity = 1
    slot.save()
    RegistrationFactory(occurrence=slot)

    response = client.post(address, typed(slot, other))

    choice = choice_of(response, slot)
    assert response.status_code == 409
    assert "filled up while you wrote" in choice.error
    assert [option.is_chosen for option in choice.slots] == [False, True]
    assert choice.is_ticked
    assert choice_of(response, other).is_ticked
    assert [problem.anchor for problem in page_of(response).problems] == [choice.id]
    assert Registration.objects.filter(occurrence=other).count() == 0


def test_session_that_closed_meanwhile_is_named_above_the_others(client, address, season, slot):
    OccurrenceFactory(session__season=season)
    Session.objects.filter(pk=slot.session.pk).update(registration_closes_at=timezone.now())

    response = client.post(address, typed(slot))

    assert response.status_code == 409
    assert page_of(response).problems[0].words.startswith("Mercury in rice: Registration for this session is closed")
    assert "amina@example.org" in response.text


def test_session_by_invitation_cannot_be_slipped_in(client, address, season, slot):
    secret = OccurrenceFactory(session__season=season, session__access=Session.Access.INVITATION)

    response = client.post(address, typed(secret))

    assert response.status_code == 422
    assert secret.session.title not in response.text
    assert Registration.objects.count() == 0


@pytest.mark.parametrize("field", first_always([*typed(), "slot-1", "show_times"], 2))
def test_null_bytes_are_no_fault_of_ours(client, address, slot, field):
    client.cookies["zone"] = "a%00b"

    page = client.get(address, {field: "a\x00b"})
    answer = client.post(address, typed(slot) | {field: "a\x00b"})

    assert (page.status_code, answer.status_code < 500) == (200, True)


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_only_the_button_registers(client, address, slot, method):
    getattr(client, method)(address, typed(slot))

    assert Participant.objects.count() == 0


def test_page_asks_the_database_the_same_for_one_session_and_for_three(
    client, address, season, slot, django_assert_num_queries
):
    for _ in range(2):
        with django_assert_num_queries(9):
            client.get(address)
        OccurrenceFactory(session__season=season)
        OccurrenceFactory(session__season=season, session__slug=f"more-{_}")


# After it


def test_page_after_sign_up_says_what_happens_and_holds_nothing_personal(client, season):
    response = client.get(reverse("sign_up:check_your_mail", args=[season.slug]))

    assert response.text.count("<li>") >= 7
    assert "events@minamata.test" in response.text
    assert response.cookies == {}
