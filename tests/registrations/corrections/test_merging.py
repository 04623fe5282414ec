"""Two people who are one: which places stay, who moves up, and who hears of it."""

from datetime import timedelta

import pytest

from registrations import links
from registrations.models import Message, Registration
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory
from tests.support.calendars import CalendarStore, read_mail
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.merging import KEPT, LOST, has, merge, person, slots

pytestmark = pytest.mark.django_db


def test_kept_person_has_what_both_had(smtp_server):
    first, second, both = slots(3)
    kept, lost = person(KEPT, first, both), person(LOST, second, both)

    merge(kept, lost)

    assert has(kept) == {(first, "confirmed"), (second, "confirmed"), (both, "confirmed")}
    assert has(lost) == set()
    taken = Occurrence.objects.in_bulk([first.pk, second.pk, both.pk])
    assert [taken[slot.pk].taken for slot in (first, second, both)] == [1, 1, 1]


def test_calendars_have_each_session_once(smtp_server):
    first, second, both = slots(3)
    kept, lost = person(KEPT, first, both), person(LOST, second, both)
    send_waiting_mails()

    merge(kept, lost)

    send_waiting_mails()
    stores = {email: CalendarStore() for email in (KEPT, LOST)}
    for mail in smtp_server.mails:
        stores[mail.rcpt_tos[0]].receive(mail)
    coming = set(kept.registrations.active().values_list("uid", flat=True))
    assert {email: set(store.entries) for email, store in stores.items()} == {KEPT: coming, LOST: set()}


def test_both_mailboxes_hear_and_old_links_are_nobodys(client, smtp_server):
    [slot] = slots()
    kept, lost = person(KEPT, slot), person(LOST, slot)
    send_waiting_mails()
    before, old = Message.objects.count(), links.my_season(lost)

    merge(kept, lost)

    mails = send_waiting_mails()[before:]
    assert [mail.kind for mail in mails] == ["place_taken_away", "already_registered"]
    assert sorted(each.rcpt_tos for each in smtp_server.mails[-2:]) == [(KEPT,), (LOST,)]
    assert client.get(old).status_code == 404


def test_mails_say_why(smtp_server):
    first, second = slots(2)
    kept, lost = person(KEPT, first), person(LOST, second)
    send_waiting_mails()

    merge(kept, lost)

    send_waiting_mails()
    texts = {mail.rcpt_tos[0]: words_of(mail) for mail in smtp_server.mails[-2:]}
    assert "You were registered twice" in texts[KEPT]
    assert "probably you" not in texts[KEPT]
    assert "The reason: you are registered twice" in texts[LOST]
    assert "Your other registration stays as it is." in texts[LOST]
    assert KEPT not in texts[LOST]


def words_of(mail) -> str:
    return " ".join(read_mail(mail).get_body(("plain",)).get_content().split())


def test_seat_that_comes_free_goes_to_who_waits(smtp_server):
    [slot] = slots(capacity=2)
    kept, lost = person(KEPT, slot), person(LOST, slot)
    waiting = person("next@example.org", slot, name="Next One")

    merge(kept, lost)

    assert has(waiting) == {(slot, "confirmed")}


def test_seat_is_better_than_a_place_on_a_list(smtp_server):
    [slot] = slots(capacity=1)
    lost, kept = person(LOST, slot), person(KEPT, slot)

    merge(kept, lost)

    slot.refresh_from_db()
    assert has(kept) == {(slot, "confirmed")}
    assert (slot.taken, slot.waiting) == (1, 0)


def test_earlier_place_on_a_list_is_the_better_one(smtp_server):
    [slot] = slots(capacity=1)
    person("first@example.org", slot, name="First")
    lost = person(LOST, slot)
    person("between@example.org", slot, name="Between")
    kept = person(KEPT, slot)
    since = lost.registrations.get().waiting_since

    merge(kept, lost)

    slot.refresh_from_db()
    assert kept.registrations.get().waiting_since == since
    assert (slot.taken, slot.waiting) == (1, 2)


def test_two_slots_of_one_session_become_one(smtp_server):
    [slot] = slots()
    other = OccurrenceFactory(session=slot.session)
    kept, lost = person(KEPT, slot), person(LOST, other)

    merge(kept, lost)

    assert has(kept) == {(slot, "confirmed")}


def test_session_that_both_were_in_is_counted_once(smtp_server):
    [slot] = slots()
    kept, lost = person(KEPT, slot), person(LOST, slot)
    Registration.objects.filter(participant=lost).update(joined_at=slot.starts_at)

    merge(kept, lost, now=slot.ends_at + timedelta(hours=1))

    slot.refresh_from_db()
    assert (slot.taken, kept.registrations.get().joined_at) == (1, slot.starts_at)


def test_place_to_come_is_not_lost_to_one_that_is_over(smtp_server):
    past, coming = slot_and_one_a_week_later()
    kept, lost = person(KEPT, past), person(LOST, coming)
    Registration.objects.filter(participant=kept).update(joined_at=past.starts_at)

    merge(kept, lost, now=past.ends_at + timedelta(hours=1))

    assert has(kept) == {(coming, "confirmed")}
    assert kept.registrations.get(occurrence=past).joined_at == past.starts_at
    assert kept.registrations.get(occurrence=coming).joined_at is None


def test_who_was_in_the_first_slot_has_not_joined_the_one_to_come(smtp_server):
    past, coming = slot_and_one_a_week_later()
    kept, lost = person(KEPT, coming), person(LOST, past)
    Registration.objects.filter(participant=lost).update(joined_at=past.starts_at)

    merge(kept, lost, now=past.ends_at + timedelta(hours=1))

    assert has(kept) == {(coming, "confirmed")}
    assert kept.registrations.get(occurrence=coming).joined_at is None


def slot_and_one_a_week_later():
    [past] = slots()
    week = timedelta(days=7)
    return past, OccurrenceFactory(session=past.session, starts_at=past.starts_at + week, ends_at=past.ends_at + week)
