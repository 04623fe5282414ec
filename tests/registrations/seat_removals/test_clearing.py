"""Staff say that people who look made up are real: their group comes back only with somebody new, or when undone."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from registrations.corrections import merge_plan, merging
from registrations.models import ClearedSuspect, Participant, StaffAction
from registrations.privacy import anonymisation, erasure
from registrations.seat_removals import clearing, suspects
from registrations.seat_removals.suspects import Likeness
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.messages import said

pytestmark = pytest.mark.django_db
PAGE = "admin:registrations_seatremoval_suspects"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def slot(now):
    return OccurrenceFactory(starts_at=now + timedelta(days=9))


@pytest.fixture
def class_of_six(slot, now):
    return [pupil(slot, number, now) for number in range(6)]


def pupil(slot, number, now, **more):
    registered_at = now - timedelta(hours=1) + timedelta(seconds=30) * number
    email = f"pupil{number}@school.example"
    return RegistrationFactory(occurrence=slot, registered_at=registered_at, participant__email=email, **more)


def clear(registrations, now, by=None):
    ids = [each.participant_id for each in registrations]
    return clearing.clear(participant_ids=ids, likeness=Likeness.ADDRESSES, by=by, now=now)


def send(client, act, number=0, listed="groups"):
    """Press a button of a group on the page."""
    group = client.get(reverse(PAGE)).context[listed][number]
    return client.post(reverse(PAGE), {"act": act, "likeness": group["likeness"], "people": group["ids"]}, follow=True)


def test_group_that_staff_call_real_is_settled(class_of_six, now):
    assert clear(class_of_six, now) == 6

    assert suspects.unsettled(now=now) == []
    [group] = suspects.groups(now=now)
    assert group.is_settled


def test_who_comes_afterwards_brings_the_group_back(class_of_six, slot, now):
    clear(class_of_six, now)

    new = pupil(slot, 6, now)

    [group] = suspects.unsettled(now=now)
    assert len(group.people) == 7
    assert [person.participant_id for person in group.unknown] == [new.participant_id]


def test_who_leaves_does_not(class_of_six, slot, now):
    seventh = pupil(slot, 6, now)
    clear([*class_of_six, seventh], now)

    type(seventh).objects.filter(pk=seventh.pk).update(status="cancelled")

    assert [group.is_settled for group in suspects.groups(now=now)] == [True]


def test_another_likeness_of_the_same_people_is_another_question(class_of_six, slot, now):
    more = [pupil(slot, number, now) for number in range(6, 12)]
    clear([*class_of_six, *more], now)
    Participant.objects.update(organisation="School of Nothing")

    assert [group.likeness for group in suspects.unsettled(now=now)] == [Likeness.ORGANISATION]


def test_it_is_on_the_trail_once_and_without_names(class_of_six, now):
    luis = User.objects.create_user("luis")
    clear(class_of_six, now, by=luis)
    assert clear(class_of_six, now, by=luis) == 0

    action = StaffAction.objects.get()

    assert (action.action, action.by_name, action.about) == ("suspects-cleared", "luis", "people marked as real")
    assert action.after == {"people": 6, "alike_in": "addresses of one pattern"}


def test_undone_the_group_is_listed_again(class_of_six, now):
    clear(class_of_six, now)
    ids = [each.participant_id for each in class_of_six]

    assert clearing.list_again(participant_ids=ids, likeness=Likeness.ADDRESSES, by=None) == 6

    assert len(suspects.unsettled(now=now)) == 1
    assert StaffAction.objects.latest("pk").action == "suspects-listed-again"


def test_who_erases_their_details_is_not_marked_any_more(class_of_six, now):
    clear(class_of_six, now)

    erasure.erase(participant_id=class_of_six[0].participant_id, now=now)

    assert ClearedSuspect.objects.count() == 5
    assert clear(class_of_six, now) == 0


def test_retention_leaves_no_marks(class_of_six, now):
    clear(class_of_six, now)

    anonymisation.anonymise(list(Participant.objects.all()), now=now)

    assert not ClearedSuspect.objects.exists()


def test_mark_goes_with_who_is_merged_into_somebody(class_of_six, slot, now):
    clear(class_of_six, now)
    lost, kept = class_of_six[0].participant, RegistrationFactory(occurrence=slot).participant
    plan = merge_plan.of(kept, lost, now=now)

    told = {"details_of_lost": [], "shown": plan.fingerprint, "by": None, "now": now}
    merging.merge(kept_id=kept.pk, lost_id=lost.pk, **told)

    assert set(ClearedSuspect.objects.values_list("participant", flat=True)) == {
        kept.pk,
        *(each.participant_id for each in class_of_six[1:]),
    }


def test_button_settles_those_who_were_shown_and_today_counts_them_no_more(officer, class_of_six):
    left = send(officer, "clear")

    assert said(left) == ["6 people are marked as real. “Groups of real people” below takes it back."]
    assert (left.context["groups"], len(left.context["settled"])) == ([], 1)
    assert "officer said on" in left.text
    assert "looks made up" not in officer.get(reverse("admin:index")).text


def test_somebody_who_came_after_the_page_was_opened_is_not_called_real(officer, class_of_six, slot, now):
    [group] = officer.get(reverse(PAGE)).context["groups"]
    new = pupil(slot, 6, now)

    officer.post(reverse(PAGE), {"act": "clear", "likeness": group["likeness"], "people": group["ids"]})

    page = officer.get(reverse(PAGE))
    [grown] = page.context["groups"]
    assert "1 of them is new since officer said on" in page.text
    assert [each["is_new"] for each in grown["people"]] == [False] * 6 + [True]
    assert grown["chosen"] == [new.pk]


def test_button_takes_it_back(officer, class_of_six):
    send(officer, "clear")

    left = send(officer, "list-again", listed="settled")

    assert said(left) == ["6 people are listed again."]
    assert "1 group of sign-ups looks made up." in officer.get(reverse("admin:index")).text


def test_colleague_was_faster(officer, class_of_six, now):
    [group] = officer.get(reverse(PAGE)).context["groups"]
    clear(class_of_six, now)

    left = officer.post(
        reverse(PAGE), {"act": "clear", "likeness": group["likeness"], "people": group["ids"]}, follow=True
    )

    assert said(left) == ["Somebody has seen to these people meanwhile. Nothing was done."]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"act": "clear"},
        {"act": "clear", "likeness": "shoes", "people": "1"},
        {"act": "clear", "likeness": "client", "people": "x,,-1,99999999999999999999,\x00"},
        {"act": "list-again", "likeness": "client"},
    ],
)
def test_what_makes_no_sense_does_nothing(officer, class_of_six, sent):
    left = officer.post(reverse(PAGE), sent, follow=True)

    assert (left.status_code, ClearedSuspect.objects.count()) == (200, 0)


@pytest.mark.parametrize("groups", [1, 3])
def test_page_asks_the_database_as_often_for_many_groups(officer, slot, now, groups, django_assert_max_num_queries):
    for group in range(groups):
        for number in range(6):
            email = f"g{'abc'[group]}{number}@school.example"
            registered_at = now - timedelta(hours=1) + timedelta(seconds=number)
            registration = RegistrationFactory(occurrence=slot, registered_at=registered_at, participant__email=email)
            clear([registration], now)

    with django_assert_max_num_queries(7):
        officer.get(reverse(PAGE))
