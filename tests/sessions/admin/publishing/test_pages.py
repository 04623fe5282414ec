"""The pages on which staff publish and withdraw a season or a session."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from registrations.models import Message, Registration, StaffAction
from tests.factories import OccurrenceFactory, RegistrationFactory, SeasonFactory, SessionFactory
from tests.support.messages import said
from tests.support.sessions.admin_pages import page
from tests.support.sessions.desks import two_at

pytestmark = pytest.mark.django_db
MAKE = {"season": SeasonFactory, "session": SessionFactory}
OF = {"season": lambda slot: slot.session.season, "session": lambda slot: slot.session}
BOTH = pytest.mark.parametrize("model", ["season", "session"])


def slot_with(people, **more):
    slot = OccurrenceFactory(**more)
    RegistrationFactory.create_batch(people, occurrence=slot)
    return slot


def shown(client, name, row) -> str:
    return client.get(page(name, row.pk)).content.decode()


@BOTH
def test_draft_is_published_with_one_press_and_nobody_gets_a_mail(admin_client, model):
    row = MAKE[model](is_published=False)

    assert "Nobody gets a mail." in shown(admin_client, f"{model}_publish", row)
    row.refresh_from_db()
    assert row.is_published is False

    answer = admin_client.post(page(f"{model}_publish", row.pk))

    row.refresh_from_db()
    assert (row.is_published, Message.objects.count()) == (True, 0)
    assert said(answer) == [f"“{row}” is published."]
    assert StaffAction.objects.values_list("action", "about").get() == ("published", str(row))


def test_page_says_what_is_shown_with_a_season_and_what_is_not(admin_client):
    season = SeasonFactory(is_published=False)
    SessionFactory.create_batch(2, season=season)
    SessionFactory(season=season, is_published=False)

    text = shown(admin_client, "season_publish", season)

    assert "Everybody sees the season, with 2 sessions." in text
    assert "1 session is a draft and stays hidden." in text
    assert "It becomes the page with which the site opens." in text


def test_page_says_for_how_many_sessions_registration_opens_with_a_season(admin_client):
    season, soon = SeasonFactory(is_published=False), timezone.now() + timedelta(days=3)
    for more in ({}, {}, {"registration_opens_at": soon}, {"registration_closes_at": soon - timedelta(days=4)}):
        OccurrenceFactory(session=SessionFactory(season=season, **more), starts_at=soon + timedelta(days=1))
    OccurrenceFactory(session=SessionFactory(season=season), starts_at=soon - timedelta(days=9))
    SessionFactory(season=season)

    text = shown(admin_client, "season_publish", season)

    assert "Registration is open at once for 2 sessions." in text
    assert "Registration opens later for 1 session, on the day that stands in it." in text
    assert "To open a session later, first set “Registration opens” in it." in text


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({}, "Registration is open at once."),
        ({"registration_opens_at": datetime(2030, 9, 1, 7, tzinfo=UTC)}, "Registration opens on "),
        ({"registration_closes_at": datetime(2020, 9, 1, 7, tzinfo=UTC)}, "registration has closed."),
    ],
)
def test_page_says_when_registration_opens_with_a_session(admin_client, dates, words):
    slot = OccurrenceFactory(session__is_published=False, **{f"session__{name}": at for name, at in dates.items()})

    assert words in shown(admin_client, "session_publish", slot.session)


@BOTH
def test_page_says_that_nobody_can_sign_up_without_a_time_slot_to_come(admin_client, model):
    assert "Nobody can sign up" in shown(admin_client, f"{model}_publish", MAKE[model](is_published=False))


def test_page_says_that_a_session_waits_for_its_season(admin_client):
    session = SessionFactory(is_published=False, season__is_published=False, season__title="Next one")

    assert "“Next one” is a draft. It is shown together with the season." in shown(
        admin_client, "session_publish", session
    )


@BOTH
def test_without_people_it_is_withdrawn_with_one_press(admin_client, model):
    row = MAKE[model]()

    admin_client.post(page(f"{model}_withdraw", row.pk))

    row.refresh_from_db()
    assert row.is_published is False


@BOTH
def test_with_people_their_number_is_typed(admin_client, model):
    row = OF[model](slot_with(2))
    address = page(f"{model}_withdraw", row.pk)

    text = admin_client.get(address).content.decode()
    wrong = [admin_client.post(address, typed) for typed in ({}, {"people": "1"}, {"people": "x" * 30})]

    row.refresh_from_db()
    assert "2 people are registered." in text
    assert "2 people with a place keep it" in text
    assert (row.is_published, [answer.status_code for answer in wrong]) == (True, [200, 200, 200])

    admin_client.post(address, {"people": " 2 "})

    row.refresh_from_db()
    assert (row.is_published, Message.objects.count()) == (False, 0)
    assert StaffAction.objects.get().action == "unpublished"


def test_who_is_registered_twice_is_one_person_and_who_cancelled_none(admin_client):
    slot = slot_with(1)
    other = OccurrenceFactory(session=SessionFactory(season=slot.session.season))
    RegistrationFactory(occurrence=other, participant=Registration.objects.get().participant)
    RegistrationFactory(occurrence=other, status=Registration.Status.CANCELLED)
    RegistrationFactory(occurrence=other, status=Registration.Status.WAITLISTED)

    text = shown(admin_client, "season_withdraw", slot.session.season)

    assert "2 people are registered." in text
    assert "1 person with a place keeps it" in text
    assert "1 person stays on a waiting list." in text


@BOTH
def test_people_keep_their_page_and_strangers_see_nothing(admin_client, model):
    row = OF[model](slot_with(1, starts_at=timezone.now() + timedelta(days=3)))
    person = Registration.objects.get().participant

    admin_client.post(page(f"{model}_withdraw", row.pk), {"people": "1"})

    statuses = [Client().get(path).status_code for path in (f"/my/{person.key}/", row.get_absolute_url())]
    assert statuses == [200, 404]


@BOTH
def test_of_two_who_press_at_once_the_second_is_told(model):
    row = MAKE[model]()
    anna, ben = two_at(f"{model}_change", row)
    withdraw = page(f"{model}_withdraw", row.pk)
    anna.client.get(withdraw)

    answers = [desk.client.post(withdraw) for desk in (anna, ben)]

    assert [said(answer) for answer in answers] == [
        [f"“{row}” is withdrawn: staff alone see it."],
        ["It is a draft already."],
    ]
    assert StaffAction.objects.count() == 1


@BOTH
def test_form_leads_to_the_page_and_has_no_tick(admin_client, model):
    row = MAKE[model]()

    response = admin_client.get(page(f"{model}_change", row.pk))

    assert "is_published" not in response.context["adminform"].form.fields
    assert page(f"{model}_withdraw", row.pk) in response.content.decode()


@pytest.mark.parametrize(("is_published", "name"), [(False, "publish"), (True, "withdraw")])
def test_button_in_the_programme_leads_back_to_the_programme(admin_client, is_published, name):
    season = SeasonFactory(is_published=is_published)
    programme = page("season_overview", season.pk)
    [address] = re.findall(rf'href="([^"]*/{name}/[^"]*)"', admin_client.get(programme).content.decode())

    question, answer = admin_client.get(address), admin_client.post(address)

    season.refresh_from_db()
    assert season.is_published is not is_published
    assert f'href="{programme}">Leave everything as it is' in question.content.decode()
    assert answer.url == programme


@BOTH
def test_button_in_a_form_leads_back_to_the_form(admin_client, model):
    row = MAKE[model](is_published=False)
    form = page(f"{model}_change", row.pk)
    [address] = re.findall(r'href="([^"]*/publish/[^"]*)"', admin_client.get(form).content.decode())

    assert admin_client.post(address).url == form
