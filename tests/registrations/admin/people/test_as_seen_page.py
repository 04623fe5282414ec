"""Staff see the page of a person as that person sees it, and nothing on it works."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from registrations.models import Participant, Registration, StaffAction
from tests.factories import OccurrenceFactory, ParticipantFactory
from tests.support.registrations.signing_up import register
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    slot = OccurrenceFactory(session__title="Mercury in air")
    OccurrenceFactory(session__season=slot.session.season, session__title="Mercury in fish")
    full = OccurrenceFactory(session__season=slot.session.season, session__title="Mercury in soil", capacity=1)
    register(full, email="first@example.org", name="First")
    person = register(slot, full, waits_for={full.pk})[0].participant
    ParticipantFactory(season=person.season, named_by=person, email=person.email, mailbox=person.mailbox, name="Omar")
    return person


def page(person):
    return reverse("admin:registrations_participant_as_seen", args=[person.pk])


def test_it_is_the_page_of_the_person(officer, person):
    own = officer.get(reverse("registrations:my_season", args=[person.key]))

    shown = officer.post(page(person))

    assert headings(shown) == headings(own)
    assert "You are on the waiting list: number 1." in shown.text
    assert "Nothing on it works." in shown.text


def headings(answer) -> list[str]:
    found = re.findall(r"<h[123][^>]*>(.*?)</h[123]>", answer.text, re.DOTALL)
    return [re.sub(r"<[^>]*>", "", heading) for heading in found]


def test_no_key_is_in_it(officer, person):
    keys = [*Participant.objects.values_list("key", "feed_key", "stop_key")]
    keys += [*Registration.objects.values_list("join_key")]

    shown = officer.post(page(person))

    assert "Omar" in shown.text
    assert [key for row in keys for key in row if key in shown.text] == []


def test_nothing_on_it_works(officer, person):
    text = officer.post(page(person)).text

    leading = [href for href in re.findall(r'<a [^>]*href="([^"]*)"', text) if not href.startswith("#")]
    assert leading == [reverse("admin:registrations_participant_change", args=[person.pk])]
    assert re.findall(r"<(?:button|input|select)(?![^>]*disabled)[^>]*>", text) == []
    assert re.findall(r"<form [^>]*|<script|csrfmiddlewaretoken", text) == []


def test_looking_is_on_the_record_and_asking_is_not(officer, person):
    officer.get(page(person))
    assert not StaffAction.objects.exists()

    officer.post(page(person))

    action = StaffAction.objects.get()
    assert (action.action, action.object_id, action.by_name) == ("page-seen", person.pk, "officer")


def test_season_that_is_not_published_has_a_page(officer, person):
    person.season.is_published = False
    person.season.save()

    assert officer.post(page(person)).status_code == 200


def test_who_may_not_see_registrations_has_no_page(client, person):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_participant"))
    sign_in(client, reader)

    assert client.post(page(person)).status_code == 403
