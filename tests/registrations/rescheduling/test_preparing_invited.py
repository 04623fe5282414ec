"""Mails of a change to many who are invited and have not answered: prepared by the worker, a batch at a time."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registrations.invitations import inviting, responding
from registrations.mail import batches, slot_change_mails
from registrations.models import Invitation, Message, Registration
from registrations.presenters.staff import progress
from registrations.rescheduling import changes, impact, preparing
from tests.factories import InvitationFactory, RegistrationFactory
from tests.support.databases import analyse
from tests.support.registrations.inviting import accept, hidden_slot, invite
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.preparing import (
    DAY,
    MINUTE,
    NOW,
    invited,
    mail_that_left,
    move,
    news,
    prepare,
    prepare_everything,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("many_people")]

MANY = 1_000


@pytest.fixture
def slot():
    return hidden_slot(starts_at=NOW + 30 * DAY)


@pytest.fixture
def other(slot):
    return hidden_slot(session=slot.session, starts_at=NOW + 40 * DAY)


def test_change_stores_nothing_for_a_single_invited_person(slot):
    people = invited(slot, 3)

    change = move(slot)

    assert (change.people, news()) == (3, [])
    assert set(Invitation.objects.unprepared()) == set(people)


def test_worker_prepares_a_batch_at_a_time_and_each_person_has_one_mail(slot):
    before = slot.starts_at
    people = invited(slot, 5)
    change = move(slot)

    left = [prepare(change, seconds=0) for _turn in range(4)]

    change.refresh_from_db()
    assert left == [True, True, False, False]
    assert news() == [(each, slot, before, False) for each in people]
    assert (change.people, change.prepared_at) == (5, NOW)


def test_batch_is_of_invited_and_registered_people_together(slot):
    invited(slot, 3)
    RegistrationFactory.create_batch(2, occurrence=slot)
    change = move(slot)

    counts = []
    while prepare(change, seconds=0):
        counts.append(change.messages.count())

    change.refresh_from_db()
    assert (counts, change.people) == ([2, 4], 5)


def test_staff_see_how_far_the_preparing_is(slot):
    invited(slot, 5)
    change = move(slot)
    prepare(change, seconds=0)

    change.refresh_from_db()
    assert progress.of(change).in_words(NOW) == "mails are being prepared: 2 of 5"


def test_second_change_takes_over_what_is_not_prepared(slot):
    before = slot.starts_at
    people = invited(slot, 3)
    first = move(slot)
    prepare(first, seconds=0)

    second = move(slot)
    prepare_everything()

    assert (second.people, preparing.unprepared()) == (3, [])
    assert news() == [(each, slot, before, False) for each in people]
    assert set(Message.objects.unsent().values_list("change", flat=True)) == {second.pk}


def test_taken_back_while_mails_are_being_prepared_tells_nobody(slot):
    invited(slot, 3)
    change = move(slot)
    prepare(change, seconds=0)
    slot.refresh_from_db()
    expected = impact.audience(slot, slot_change_mails.known_before(change)).recipients

    undone = changes.take_back(change_id=change.pk, now=NOW + MINUTE)
    prepare_everything()

    undone.refresh_from_db()
    assert (expected, undone.people, news()) == (0, 0, [])


def test_taken_back_when_some_mails_have_left_tells_these_people_only(slot):
    told, *_others = invited(slot, 4)
    change = move(slot)
    prepare(change, seconds=0)
    Message.objects.filter(invitation=told, change=change).update(status="sent", sent_at=NOW, attempts=1)

    undone = changes.take_back(change_id=change.pk, now=NOW + MINUTE)
    prepare_everything()

    assert (undone.people, [invitation for invitation, *_rest in news()]) == (1, [told])


def test_other_slot_that_changes_meanwhile_has_a_mail_of_its_own_with_what_was_known_of_it(slot, other):
    before, other_before = slot.starts_at, other.starts_at
    people = invited(slot, 3)
    prepare(move(slot), seconds=0)

    changes.call_off(occurrence_id=other.pk, now=NOW)
    prepare_everything()

    assert news() == [
        known for each in people for known in [(each, slot, before, False), (each, other, other_before, False)]
    ]
    assert preparing.unprepared() == []


def test_number_shown_before_a_change_is_the_number_told_while_earlier_mails_are_being_prepared(slot, other):
    invited(slot, 5)
    move(other)
    first = move(slot)
    prepare(first, seconds=0)
    slot.refresh_from_db()
    back = slot_change_mails.known_before(first)

    shown = impact.audience(slot, slot_change_mails.Known(slot.starts_at, slot.ends_at, True)).recipients
    silent = impact.audience(slot, back).silent
    change = changes.call_off(occurrence_id=slot.pk, now=NOW)
    told = change.people
    prepare_everything()

    change.refresh_from_db()
    assert (shown, silent) == (5, 5)
    assert shown == told == change.people


@pytest.mark.parametrize("answer", ["accepts", "declines", "is withdrawn"])
def test_who_answers_meanwhile_hears_no_news_as_an_invited_person(slot, answer):
    [invitation] = invited(slot, 1)
    change = move(slot)

    if answer == "accepts":
        accept(invitation, slot, now=NOW)
    elif answer == "declines":
        responding.decline(invitation_id=invitation.pk, now=NOW)
    else:
        inviting.withdraw(invitation_id=invitation.pk, now=NOW)
    prepare_everything()

    change.refresh_from_db()
    assert (news(), change.people, preparing.unprepared()) == ([], 0, [])


def test_who_is_invited_meanwhile_knows_the_new_time(slot):
    invited(slot, 1)
    move(slot)
    [newcomer] = invite(slot.session, now=NOW).invitations
    Message.objects.filter(invitation=newcomer).update(status="sent", sent_at=NOW, attempts=1)

    prepare_everything()

    assert newcomer not in [invitation for invitation, *_rest in news()]


def test_earlier_mail_waits_for_the_news_that_are_being_prepared(slot):
    invited(slot, 2)
    prepare(move(slot))
    second = move(slot)

    assert send_waiting_mails() == list(Message.objects.sent().filter(kind="personal_invitation"))
    prepare(second)

    told = [mail for mail in send_waiting_mails() if mail.kind == "invitation_changed"]
    assert [mail.change for mail in told] == [second] * 2


def test_mail_that_would_be_tried_again_with_the_old_time_gives_way(slot):
    invite(slot.session, now=NOW)
    Message.objects.update(attempts=1)
    move(slot)

    assert send_waiting_mails() == []
    prepare_everything()
    assert [mail.kind for mail in send_waiting_mails()] == ["invitation_changed"]


def test_earlier_mail_does_not_wait_for_a_slot_that_was_deleted(slot, other):
    [invitation] = invited(slot, 1)
    prepare(move(slot))
    move(other)
    other.delete()

    assert [mail.invitation for mail in send_waiting_mails() if mail.kind == "invitation_changed"] == [invitation]


def test_invitations_that_a_call_off_has_dropped_are_posted_once_more_a_batch_at_a_time(slot):
    names = [f"Amina Otieno {letter}" for letter in "ABC"]
    invite(slot.session, *names, now=NOW)
    changes.call_off(occurrence_id=slot.pk, now=NOW + MINUTE)
    prepare_everything()
    assert send_waiting_mails() == []

    change = changes.revive(occurrence_id=slot.pk, now=NOW + 2 * MINUTE)
    assert not Message.objects.unsent().exists()
    left = [preparing.prepare(change_id=change.pk, now=NOW + 3 * MINUTE, seconds=0) for _turn in range(3)]

    assert left == [True, False, False]
    assert [(mail.kind, mail.invitation.name) for mail in send_waiting_mails()] == [
        ("personal_invitation", name) for name in names
    ]


def test_many_invited_people_cost_the_request_no_row_each(slot, monkeypatch):
    monkeypatch.setattr(batches, "PEOPLE_A_BATCH", 50)
    Invitation.objects.bulk_create(InvitationFactory.build_batch(MANY, session=slot.session))
    Message.objects.bulk_create(mail_that_left(each) for each in Invitation.objects.all())
    analyse(Invitation, Message)

    with CaptureQueriesContext(connection) as queries:
        change = move(slot)

    assert len(queries) <= 25
    assert (change.people, change.messages.count()) == (MANY, 0)
    assert prepare(change, seconds=0)
    assert change.messages.count() == batches.PEOPLE_A_BATCH
    assert not Registration.objects.exists()
