"""Sign-ups that look made up are listed with the reason; colleagues in one office are not, and nothing is done."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.models import Participant, Registration
from registrations.privacy import retention
from registrations.seat_removals import suspects
from registrations.seat_removals.suspects import Likeness
from tests.factories import InvitationFactory, OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.staff import registration_officer

pytestmark = pytest.mark.django_db
PAGE = "admin:registrations_seatremoval_suspects"
EMAILS = ["zoe", "omar", "li", "ana", "mia", "jo", "kim", "lea", "max", "ida", "eva", "tom", "ben", "sam", "pia"]


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def slot(now):
    return OccurrenceFactory(starts_at=now + timedelta(days=9))


def come(slot, number, now, *, apart=timedelta(seconds=30), emails=EMAILS, client="", organisation="", **more):
    return [
        RegistrationFactory(
            occurrence=slot,
            registered_at=now - timedelta(hours=1) + each * apart,
            participant__email=f"{emails[each]}@example.org",
            participant__organisation=organisation,
            client_digest=client,
            **more,
        )
        for each in range(number)
    ]


def found(now):
    return [(group.likeness, group.what, len(group.people)) for group in suspects.groups(now=now)]


def numbered(number):
    return [f"fake{each}" for each in range(number)]


def test_many_from_one_client_within_minutes(slot, now):
    fakes = come(slot, 12, now, client="abc")

    [group] = suspects.groups(now=now)

    assert group.likeness is Likeness.CLIENT
    assert [person.registration_ids for person in group.people] == [[each.pk] for each in fakes]


def test_same_organisation_in_other_letters(slot, now):
    come(slot, 12, now, organisation="Institute of  Nothing")
    Participant.objects.filter(email__startswith="zoe").update(organisation="INSTITUTE of nothing")

    assert found(now) == [(Likeness.ORGANISATION, "INSTITUTE of nothing", 12)]


def test_addresses_of_one_pattern(slot, now):
    come(slot, 6, now, emails=numbered(6))

    assert found(now) == [(Likeness.ADDRESSES, "fake#@example.org", 6)]


@pytest.mark.parametrize(
    ("mailbox", "pattern"),
    [
        ("fake12@example.org", "fake#@example.org"),
        ("a1b22@example.org", "a#b#@example.org"),
        ("ana+one@example.org", "ana+*@example.org"),
        ("ana@example24.org", ""),
    ],
)
def test_pattern(mailbox, pattern):
    assert suspects.pattern(mailbox) == pattern


def test_six_colleagues_of_a_ministry_are_not_listed(slot, now):
    come(slot, 6, now, client="abc", organisation="Ministry of Environment", apart=timedelta(seconds=5))

    assert found(now) == []


@pytest.mark.parametrize(
    "more",
    [
        {"apart": timedelta(minutes=2)},
        {"is_by_telephone": True},
        {"status": "cancelled"},
    ],
)
def test_others_are_not_listed(slot, now, more):
    come(slot, 15, now, client="abc", organisation="UNEP", **more)

    assert found(now) == []


def test_delegations_and_invited_people_are_not_listed(slot, now):
    focal = ParticipantFactory(season=slot.session.season)
    come(slot, 12, now, client="abc", participant__named_by=focal)
    for registration in come(slot, 12, now, client="abc", emails=[f"{each}.b" for each in EMAILS]):
        InvitationFactory(registration=registration)

    assert found(now) == []


def test_page_names_them_and_leads_to_taking_the_places_away(client, slot, now):
    officer = registration_officer(client)
    fakes = come(slot, 6, now, emails=numbered(6))
    page = officer.get(reverse(PAGE))
    assert "6 people with addresses like fake#@example.org" in page.text
    assert str(fakes[0].participant) in page.text

    [group] = page.context["groups"]
    asked = officer.post(
        reverse("admin:registrations_seatremoval_take"), {"registration": group["chosen"], "reason": "fake"}
    )

    assert "6 places are taken away" in asked.text
    assert (asked.context["form"]["reason"].value(), asked.context["form"]["telling"].value()) == ("fake", "silent")
    assert Registration.objects.active().count() == 6


def test_start_page_tells_of_them(client, slot, now):
    officer = registration_officer(client)
    assert "looks made up" not in officer.get(reverse("admin:index")).text
    come(slot, 6, now, emails=numbered(6))

    assert "1 group of sign-ups looks made up." in officer.get(reverse("admin:index")).text


def test_page_says_that_all_is_well(client):
    assert "No sign-ups of the last days look made up." in registration_officer(client).get(reverse(PAGE)).text


def test_where_they_came_from_is_kept_a_day(slot, now):
    [old, _new] = come(slot, 2, now, client="abc")
    Registration.objects.filter(pk=old.pk).update(registered_at=now - timedelta(days=1, minutes=1))

    tally = retention.apply(now=now)

    assert tally.clients == 1
    assert [*Registration.objects.order_by("pk").values_list("client_digest", flat=True)] == ["", "abc"]
