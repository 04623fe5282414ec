"""A time slot in parts: whatever staff and a person do, each part has the right entry, or none."""

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from registrations.models import Message
from tests.support.calendar_stores import STORES, seen_in
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import register
from tests.support.registrations.story_of_parts import (
    ACTIONS,
    DAY,
    HOUR,
    LONG_STORY,
    WITH_WORKER,
    end_of,
    slot_in_parts,
)
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db


def steps(*actions):
    return [step for action in actions for step in (action, ("send",))]


@pytest.mark.parametrize("actions", first_always([WITH_WORKER, LONG_STORY]), ids=["worker at work", "worker away"])
def test_long_story_ends_with_an_entry_for_each_part(actions):
    story, mails = end_of(actions)

    assert len(story.truth) == 3
    for arrived in (mails, mails[::-1]):
        assert [seen_in(store, arrived) for store in STORES] == [story.truth] * len(STORES)


@pytest.mark.parametrize(
    ("actions", "kinds"),
    [
        ([], ["confirmation", "part_entry"]),
        ([("move_part", 0, 2, HOUR)], ["parts_changed"]),
        ([("call_off_part", 0, 1)], ["parts_changed"]),
        ([("call_off_part", 0, 1), ("hold_part", 0, 1)], ["parts_changed", "parts_changed"]),
        ([("add_part", 0)], ["parts_changed"]),
        ([("call_off", 0)], ["called_off", "part_entry"]),
        ([("call_off", 0), ("revive", 0)], ["called_off", "part_entry", "revived", "part_entry"]),
        ([("cancel",)], ["cancelled", "part_entry"]),
        ([("switch", 1)], ["slot_changed", "part_entry", "part_entry"]),
        ([("switch", 2)], ["slot_changed", "part_entry"]),
        ([("switch", 2), ("add_part", 2)], ["slot_changed", "part_entry", "parts_changed"]),
    ],
)
def test_one_mail_says_all_and_one_more_leaves_for_each_other_entry_that_changes(actions, kinds):
    story, mails = end_of(steps(("send",), *actions))

    sent = [mail.kind for mail in mails]
    assert sent[2 if actions else 0 :] == kinds
    assert [seen_in(store, mails) for store in STORES] == [story.truth] * len(STORES)


def test_who_signs_up_between_two_parts_gets_the_entry_of_the_second():
    now = timezone.now().replace(microsecond=0)
    [registration] = register(slot_in_parts(now - DAY, now + DAY), now=now)

    mails = send_waiting_mails()

    second = registration.uid.replace("@", "-2@")
    assert [seen_in(store, mails) for store in STORES] == [{second: now + DAY}] * len(STORES)
    assert len(mails) == 1


def test_change_that_is_taken_back_before_it_is_told_leaves_no_mail():
    _story, mails = end_of([("send",), ("move_part", 0, 2, HOUR), ("take_back",)])

    assert [mail.kind for mail in mails] == ["confirmation", "part_entry"]
    assert not Message.objects.unsent().exists()


@pytest.mark.thorough
@settings(max_examples=30, deadline=None)
@given(actions=st.lists(ACTIONS, max_size=12), data=st.data())
def test_any_story_of_parts_in_any_order_of_arrival_ends_with_the_truth(actions, data):
    with transaction.atomic():
        story, mails = end_of(actions)
        arrived = data.draw(st.permutations(mails))

        assert [seen_in(store, arrived) for store in STORES] == [story.truth] * len(STORES)
        assert not Message.objects.unsent().exists()
        transaction.set_rollback(True)
