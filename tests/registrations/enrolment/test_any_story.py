"""Whatever staff and a person do, in whatever order mails come: calendars end with the right entry, or with none."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from registrations.models import Message, Registration
from tests.support.calendar_stores import STORES, seen_in
from tests.support.registrations.story import ACTIONS, LONG_STORY, WITH_WORKER, end_of
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("actions", first_always([LONG_STORY, WITH_WORKER]), ids=["worker away", "worker at work"])
def test_long_story_ends_with_one_right_entry(actions):
    story, mails = end_of(actions)

    assert len(story.truth) == 1
    for arrived in (mails, mails[::-1]):
        assert [seen_in(store, arrived) for store in STORES] == [story.truth] * len(STORES)
    assert_newest_mails_say_the_present_time(story, mails)


# Found by the machine: the waiting mail of the move is outdated by the person's own way there and back.
BY_WAY_OF_THE_OTHER = [("move", 0, timedelta(hours=1)), ("switch", 1), ("switch", 0), ("take_back",)]


def test_change_taken_back_after_the_person_went_to_the_other_slot_and_back():
    story, mails = end_of(BY_WAY_OF_THE_OTHER)

    assert [seen_in(store, mails) for store in STORES] == [story.truth] * len(STORES)
    assert_newest_mails_say_the_present_time(story, mails)


@pytest.mark.thorough
@settings(max_examples=30, deadline=None)
@given(actions=st.lists(ACTIONS, max_size=12), data=st.data())
def test_any_story_in_any_order_of_arrival_ends_with_the_truth(actions, data):
    with transaction.atomic():
        story, mails = end_of(actions)
        arrived = data.draw(st.permutations(mails))

        assert [seen_in(store, arrived) for store in STORES] == [story.truth] * len(STORES)
        assert_newest_mails_say_the_present_time(story, mails)
        transaction.set_rollback(True)


def assert_newest_mails_say_the_present_time(story, mails):
    """What a person reads last is so, too; a mail of an older state is never composed."""
    newest = {mail.registration_id: mail for mail in mails}
    for uid, starts_at in story.truth.items():
        mail = newest[Registration.objects.get(uid=uid).pk]
        assert f"{starts_at:%H:%M}" in bytes(mail.octets).decode()
    assert not Message.objects.unsent().exists()
