"""The page behind the link in the focal point's mail: it shows what will happen, and only its button acts."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registrations.enrolment import enrolment
from registrations.limits import rates
from registrations.models import Delegation, Message, Participant, Registration
from registrations.privacy import erasure, my_data, retention
from sessions.models import Season
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.database_dump import whole_database
from tests.support.registrations.sign_up_form import delegation_of
from tests.support.registrations.waiting import join_list

pytestmark = pytest.mark.django_db
PEOPLE = [("Omar Said", ""), ("Juma Kiptoo", "juma@example.org")]


@pytest.fixture
def slot():
    starts_at = timezone.now() + timedelta(days=20)
    return OccurrenceFactory(session__title="Mercury in rice", starts_at=starts_at)


def typed(*slots, people=PEOPLE, client=None, **changes) -> str:
    """The address of the page, after a focal point has sent the form for these slots."""
    season = slots[0].session.season
    answer = Client().post(f"/sign-up/{season.slug}/delegation/", delegation_of(*slots, people=people, **changes))
    assert answer.status_code == 302
    return reverse("registrations:delegation_to_confirm", args=[Delegation.objects.latest("pk").key])


def press(client, page):
    """As a browser does: what the page shows as possible is what it sends."""
    shown = client.get(page).context["page"]
    return client.post(page, {"slot": [each.slot.pk for each in shown.to_be_had]})


def names() -> list[str]:
    return sorted(Registration.objects.confirmed().values_list("participant__name", flat=True))


# What the page shows


def test_page_stays_in_the_language_of_the_focal_point_once_they_have_pressed(client, slot):
    page = typed(slot, language="fr")
    press(client, page)

    assert '<html lang="fr"' in Client().get(page).text


def test_page_shows_sessions_and_people_as_they_were_typed(client, slot):
    shown = client.get(typed(slot, takes_part="yes"))

    for words in ("Mercury in rice", "Omar Said", "Juma Kiptoo", "juma@example.org", "You take part too."):
        assert words in shown.text
    assert (shown["Cache-Control"], shown["X-Robots-Tag"], shown["Referrer-Policy"]) == (
        *("no-store", "noindex", "strict-origin"),
    )


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_changes_nothing(client, slot, method):
    page = typed(slot)
    before = whole_database()

    getattr(client, method)(page)

    assert whole_database() == before


def test_wrong_key_answers_like_every_wrong_link(client):
    assert client.get("/delegations/nobody/").status_code == 404


# What the button does


def test_button_signs_everybody_up_and_writes_to_those_with_an_address(client, slot):
    page = typed(slot, takes_part="yes")

    answer = press(client, page)

    assert answer.url == page
    assert "Your delegation is signed up" in client.get(page).text
    assert names() == ["Focal Point", "Juma Kiptoo", "Omar Said"]
    assert sorted(Message.objects.values_list("kind", "recipient")) == [
        ("confirmation", "point@example.org"),
        ("delegation", "point@example.org"),
        ("named", "juma@example.org"),
        ("please_confirm", "point@example.org"),
    ]
    assert "the people I name know that I give you theirs" in Participant.objects.get(name="Omar Said").consent_text


def test_what_was_typed_is_gone_after_the_button(client, slot):
    press(client, typed(slot))

    asked = Delegation.objects.get()
    assert (asked.named, asked.details, asked.email, asked.mailbox) == ([], {"language": "en"}, "", "")


def test_button_pressed_again_and_again_is_pressed_once(client, slot):
    page = typed(slot)
    press(client, page)
    before = Message.objects.count()

    answers = [client.post(page, {"slot": slot.pk}).status_code for _ in range(10)]

    assert answers == [302] * 10
    assert (Message.objects.count(), len(names())) == (before, 2)


def test_focal_point_sees_who_stays_and_no_key_or_name_of_others(client, slot):
    press(client, typed(slot))
    point, omar, juma = (Participant.objects.get(name=name) for name in ("Focal Point", "Omar Said", "Juma Kiptoo"))

    page = client.get(f"/my/{point.key}/").text

    assert f'href="/my/{omar.key}/"' in page
    assert (juma.key in page, juma.name in page) == (False, False)


# What has changed meanwhile


def test_slot_that_filled_up_is_said_and_the_button_signs_up_for_the_others(client, slot):
    tight = OccurrenceFactory(session__season=slot.session.season, session__title="Mercury in fish", capacity=2)
    page = typed(slot, tight)
    RegistrationFactory(occurrence=tight)

    shown = client.get(page).text
    press(client, page)

    assert "There are not enough places for everybody any more." in shown
    assert "The button signs everybody up for the other sessions." in shown
    assert set(Registration.objects.filter(participant__name="Omar Said").values_list("occurrence", flat=True)) == {
        slot.pk
    }


def test_place_that_somebody_waits_for_is_nobody_s_of_a_delegation(client, slot):
    slot.capacity = 2
    slot.save()
    page = typed(slot)
    first, _second = RegistrationFactory.create_batch(2, occurrence=slot)
    join_list(slot, "Waiter One", now=timezone.now())
    enrolment.cancel(registration_id=first.pk, now=slot.starts_at + timedelta(minutes=1))

    assert "None of these sessions has a place for all of these people any more" in client.get(page).text
    assert client.post(page, {"slot": slot.pk}).status_code == 409
    assert "Omar Said" not in names()


@pytest.mark.parametrize("what", ["called off", "removed", "not published"])
def test_slot_that_cannot_be_had_any_more_is_said_and_nobody_is_signed_up(client, slot, what):
    page, pk = typed(slot), slot.pk
    if what == "removed":
        slot.delete()
    elif what == "called off":
        type(slot).objects.update(called_off_at=timezone.now())
    else:
        Season.objects.update(is_published=False)

    shown = client.get(page)
    answer = client.post(page, {"slot": pk})

    assert (shown.status_code, "None of these sessions has a place for all of these people any more" in shown.text) == (
        200,
        True,
    )
    assert (answer.status_code, "Nobody was signed up." in answer.text) == (409, True)
    assert (names(), Message.objects.count()) == ([], 1)


def test_slot_that_fills_up_between_page_and_button_is_said(client, slot):
    slot.capacity = 2
    slot.save()
    page = typed(slot)
    client.get(page)
    RegistrationFactory(occurrence=slot)

    answer = client.post(page, {"slot": slot.pk})

    assert answer.status_code == 409
    assert "There are not enough places for everybody any more." in answer.text


@pytest.mark.parametrize("sent", [{}, {"slot": "x"}, {"slot": "999999"}, {"slot": ["\x00", "9" * 30]}])
def test_button_signs_up_for_nothing_that_was_not_chosen(client, slot, sent):
    other = OccurrenceFactory(session__season=slot.session.season)
    page = typed(slot)

    answers = [client.post(page, sent).status_code, client.post(page, {"slot": other.pk}).status_code]

    assert (answers, names()) == ([409, 409], [])


# Limits


def test_mailbox_that_has_had_its_mails_is_said_and_nobody_is_signed_up(client, slot):
    page = typed(slot)
    rates.take_for("", rates.MAILS_TO_A_MAILBOX, "juma@example.org", 4)

    answer = client.post(page, {"slot": slot.pk})

    assert (answer.status_code, 0 < int(answer["Retry-After"]) <= 3601) == (429, True)
    assert "Juma Kiptoo: We have sent several mails to this address" in answer.text
    assert (names(), Message.objects.count()) == ([], 1)


def test_one_mailbox_gets_at_most_four_mails_whoever_names_it(client, slot):
    for number in range(8):
        named = [(f"Somebody {'y' * number}", "Victim@Example.org")]
        press(client, typed(slot, people=named, email=f"p{number}@example.org", submission=f"form-{number}"))

    assert Message.objects.filter(recipient__iexact="victim@example.org").count() == 4


def test_client_is_counted_by_the_mailboxes_it_writes_to(client, slot, settings, within_a_minute):
    settings.SIGN_UPS_A_MINUTE_OF_A_CLIENT = 30
    many = [[(f"Person {'x' * each}", f"{each}@{number}.example") for each in range(20)] for number in "ab"]
    pages = [typed(slot, people=people, email=f"{people[0][1]}") for people in many]

    answers = [client.post(page, {"slot": slot.pk}).status_code for page in pages]

    assert answers == [302, 429]
    assert Message.objects.filter(kind="named").count() == 19


# The term


def test_link_expires_after_a_week_and_what_was_typed_goes(client, slot):
    page = typed(slot)
    Delegation.objects.update(asked_at=timezone.now() - timedelta(days=7))

    shown = client.get(page)
    answer = client.post(page, {"slot": slot.pk})
    retention.apply(now=timezone.now())

    assert "This link has expired" in shown.text
    assert (answer.status_code, names()) == (409, [])
    assert (Delegation.objects.count(), client.get(page).status_code) == (0, 404)


def test_delegation_that_waits_stays_until_its_term_is_over(slot):
    typed(slot)
    Delegation.objects.update(asked_at=timezone.now() - timedelta(days=6, hours=23))

    assert retention.apply(now=timezone.now()).delegations == 0


def test_focal_point_finds_it_among_their_data_and_erases_it(client, slot):
    point = RegistrationFactory(
        participant__season=slot.session.season, participant__name="Focal Point", participant__email="point@example.org"
    ).participant
    typed(slot)

    stored = my_data.of(point, now=timezone.now())["delegations"]
    shown = client.get(f"/my/{point.key}/data/").text
    erasure.erase(participant_id=point.pk, now=timezone.now())

    assert [each["people_named"] for each in stored] == [2]
    assert ("A delegation that nobody has signed up yet" in shown, "Juma Kiptoo" in shown) == (True, False)
    assert Delegation.objects.count() == 0
