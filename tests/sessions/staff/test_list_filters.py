"""Lists of the desk are narrowed by their filters alone: another column would be guessed letter by letter."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from sessions.staff import groups
from sessions.staff.list_filters import NarrowedByFilters
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db
SLOTS, PEOPLE = "online_sessions_occurrence", "registrations_participant"
REGISTRATIONS, TRAIL = "registrations_registration", "registrations_staffaction"


def colleague(role):
    groups.set_up()
    user = User.objects.create_user(role, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return sign_in(Client(), user)


def listed(client, name, **asked):
    return client.get(reverse(f"admin:{name}_changelist"), asked)


def is_led_to_the_whole_list(answer) -> bool:
    return answer.status_code == 302 and answer.url == f"{answer.request['PATH_INFO']}?e=1"


def test_every_list_is_narrowed_so():
    assert [each for each in admin.site._registry.values() if not isinstance(each, NarrowedByFilters)] == []


@pytest.mark.parametrize(
    ("role", "name", "column"),
    [
        ("Viewer", SLOTS, "meeting_url"),
        ("Viewer", SLOTS, "meeting_phone"),
        ("Viewer", SLOTS, "part_urls"),
        ("Registration officer", PEOPLE, "key"),
        ("Registration officer", REGISTRATIONS, "join_key"),
        ("Registration officer", REGISTRATIONS, "participant__key"),
        ("Programme editor", TRAIL, "why"),
    ],
)
@pytest.mark.parametrize("how", ["", "__startswith", "__gte", "__regex"])
def test_nobody_guesses_what_the_list_does_not_show(role, name, column, how):
    RegistrationFactory(occurrence__meeting_url="https://meet.example.org/secret")

    assert is_led_to_the_whole_list(listed(colleague(role), name, **{column + how: "h"}))


def test_filters_narrow_as_before(admin_client):
    wanted, _other = RegistrationFactory(), RegistrationFactory()
    slot = wanted.occurrence
    asked = [
        (SLOTS, {"session__season__id__exact": slot.session.season_id, "called_off_at__isempty": "1"}, slot),
        (SLOTS, {"session__season__id__exact": slot.session.season_id, "starts_at__year": slot.starts_at.year}, slot),
        (REGISTRATIONS, {"season": slot.session.season_id, "status__exact": "confirmed"}, wanted),
        (PEOPLE, {"season__id__exact": slot.session.season_id}, wanted.participant),
    ]

    found = [list(listed(admin_client, name, **query).context["cl"].result_list) for name, query, _row in asked]

    assert found == [[row] for _name, _query, row in asked]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        (SLOTS, {"starts_at__year": "9999"}),
        (SLOTS, {"starts_at__year": "1"}),
        (SLOTS, {"starts_at__year": "9" * 30}),
        (SLOTS, {"starts_at__year": "2030", "starts_at__month": "9" * 12}),
        (SLOTS, {"starts_at__year": "2030", "starts_at__month": "12", "starts_at__day": "9" * 30}),
        (SLOTS, {"starts_at__year": "2030", "starts_at__month": "-1"}),
        (TRAIL, {"made_at__gte": "0001-01-01"}),
        (TRAIL, {"made_at__lt": "9999-12-31 23:59:59"}),
    ],
)
def test_days_of_no_calendar_lead_to_the_whole_list(admin_client, name, asked):
    OccurrenceFactory()

    assert is_led_to_the_whole_list(listed(admin_client, name, **asked))
