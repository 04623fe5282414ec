"""Whatever staff and a person do while mails are being prepared: the same mails leave as if they had been at once."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registrations.enrolment import waiting_list
from registrations.mail import batches
from registrations.rescheduling import preparing
from tests.support.calendar_stores import STORES, seen_in
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.story import ACTIONS, LONG_STORY, WITH_WORKER, Story
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db

WITH_PREPARING = st.lists(st.one_of(ACTIONS, st.just(("prepare",)), st.just(("leave",))), max_size=12)
UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


class PreparedStory(Story):
    """Mails leave when all of a change are prepared (`send`), or before that (`leave`)."""

    def prepare(self):
        for slot_id in waiting_list.to_seat(now=self.now):
            waiting_list.seat(occurrence_id=slot_id, now=self.now, seconds=60)
        for change_id in preparing.unprepared():
            preparing.prepare(change_id=change_id, now=self.now, seconds=60)

    def send(self):
        self.prepare()
        send_waiting_mails()

    def leave(self):
        send_waiting_mails()


def mails_of(actions):
    """What the mails that left rows, in the order of their rows, and the story; nothing of it stays."""
    story = PreparedStory()
    for action in [*actions, ("send",)]:
        story.do(*action)
    return story, send_waiting_mails()


def mails_after(actions):
    with transaction.atomic():
        story, mails = mails_of(actions)
        first = story.person.registrations.order_by("pk").first().pk
        rows = [
            (mail.kind, mail.registration_id - first, mail.sequence, mail.knew_called_off, _hours(story, mail))
            for mail in mails
        ]
        transaction.set_rollback(True)
    return sorted(rows, key=repr)


def _hours(story, mail):
    """Which time the mail gives as the one before."""
    return f"{mail.known_starts_at:%d %H}" if mail.known_starts_at else ""


@pytest.mark.parametrize("actions", first_always([WITH_WORKER, LONG_STORY]), ids=["with a worker", "long"])
def test_moment_of_preparing_changes_no_mail(monkeypatch, actions):
    assert_moment_changes_no_mail(monkeypatch, actions)


@pytest.mark.thorough
@settings(max_examples=15, **UNHURRIED)
@given(actions=st.lists(st.one_of(ACTIONS, st.just(("prepare",))), max_size=10))
def test_moment_of_preparing_changes_no_mail_in_any_story(monkeypatch, actions):
    assert_moment_changes_no_mail(monkeypatch, actions)


def assert_moment_changes_no_mail(monkeypatch, actions):
    monkeypatch.setattr(batches, "PEOPLE_AT_ONCE", 500)
    at_once = mails_after(actions)

    monkeypatch.setattr(batches, "PEOPLE_AT_ONCE", 0)

    assert mails_after(actions) == at_once


@pytest.mark.thorough
@settings(max_examples=15, **UNHURRIED)
@given(actions=WITH_PREPARING, data=st.data())
def test_mails_that_leave_while_others_are_being_prepared_end_with_the_truth(monkeypatch, actions, data):
    monkeypatch.setattr(batches, "PEOPLE_AT_ONCE", 0)
    with transaction.atomic():
        story, mails = mails_of(actions)
        arrived = data.draw(st.permutations(mails))

        assert [seen_in(store, arrived) for store in STORES] == [story.truth] * len(STORES)
        newest = {mail.registration_id: mail for mail in mails}
        for registration in story.person.registrations.active().filter(occurrence__called_off_at=None):
            words = bytes(newest[registration.pk].octets).decode()
            assert f"{registration.occurrence.starts_at:%H:%M}" in words
        transaction.set_rollback(True)
