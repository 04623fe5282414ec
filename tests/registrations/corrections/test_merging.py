"""Two people who are one: what stays, what comes, who moves up, and who hears of it."""

from datetime import timedelta

import pytest

from registrations import links
from registrations.corrections import merge_plan, merging
from registrations.corrections.address import ChangeWaits
from registrations.enrolment import answering
from registrations.models import Invitation, Message, Participant, Registration, StaffAction
from registrations.rescheduling import changes
from registrations.seats import counters
from sessions.models import Occurrence
from tests.factories import AnswerFactory, OccurrenceFactory, ParticipantFactory, QuestionFactory, RegistrationFactory
from tests.support.calendars import CalendarStore, read_mail
from tests.support.registrations.inviting import accept, hidden_slot, invite
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, register

pytestmark = pytest.mark.django_db
KEPT, LOST = "amina@ministry.example", "amina@old.example"
LATER, LATEST = NOW + timedelta(hours=1), NOW + timedelta(hours=2)


def slots(number=1, **fields):
    first = OccurrenceFactory(**fields)
    return [first, *(OccurrenceFactory(session__season=first.session.season, **fields) for _ in range(number - 1))]


def person(email, *chosen, **more):
    waits_for = {slot.pk for slot in chosen}
    return register(*chosen, email=email, waits_for=waits_for, **more)[0].participant


def merge(kept, lost, details=(), shown="", now=LATER):
    kept, lost = (Participant.objects.get(pk=each.pk) for each in (kept, lost))
    plan = merge_plan.of(kept, lost, now=now)
    merging.merge(
        kept_id=kept.pk,
        lost_id=lost.pk,
        details_of_lost=details,
        shown=shown or plan.fingerprint,
        by=None,
        now=now,
    )
    assert not counters.wrong(Occurrence.objects.all()).exists()


def has(someone):
    return {(each.occurrence, each.status) for each in someone.registrations.active()}


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


def test_what_is_over_follows(smtp_server):
    [slot] = slots()
    kept, lost = ParticipantFactory(season=slot.session.season), person(LOST, slot)
    Registration.objects.filter(participant=lost).update(joined_at=slot.starts_at)

    merge(kept, lost, now=slot.ends_at + timedelta(hours=1))

    assert kept.registrations.get().joined_at == slot.starts_at


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


def test_chosen_details_stay(smtp_server):
    [slot] = slots()
    kept = person(KEPT, slot, organisation="Ministry")
    lost = person(LOST, slot, organisation="Museum", timezone="Asia/Manila")

    merge(kept, lost, details=["organisation"])

    kept.refresh_from_db()
    assert (kept.organisation, kept.timezone) == ("Museum", "Africa/Nairobi")
    assert "museum" in kept.search_text


@pytest.mark.parametrize(
    ("of_kept", "of_lost", "then"),
    [(None, LATER, LATER), (LATEST, LATER, LATER), (LATER, None, LATER), (None, None, None), (None, NOW, NOW)],
)
def test_earlier_opening_of_a_page_stays(of_kept, of_lost, then, smtp_server):
    [slot] = slots()
    kept, lost = person(KEPT, slot), person(LOST, slot)
    for someone, opened_at in [(kept, of_kept), (lost, of_lost)]:
        Participant.objects.filter(pk=someone.pk).update(page_opened_at=opened_at)

    merge(kept, lost)

    kept.refresh_from_db()
    assert kept.page_opened_at == then


def test_nothing_says_who_the_other_one_was(smtp_server):
    [slot] = slots()
    kept, lost = person(KEPT, slot), person(LOST, slot, name="Amina O")

    merge(kept, lost)

    lost.refresh_from_db()
    assert (lost.name, lost.email, lost.confirmed_at) == ("", "", None)


def test_invitations_and_named_people_follow(smtp_server):
    slot = hidden_slot()
    invite(slot.session, "Amina Otieno")
    accept(Invitation.objects.get(), slot)
    lost = Registration.objects.get().participant
    kept = ParticipantFactory(season=lost.season)
    named = ParticipantFactory(season=lost.season, named_by=lost)

    merge(kept, lost)

    named.refresh_from_db()
    assert Invitation.objects.get().registration == kept.registrations.get()
    assert named.named_by == kept


def test_sent_mails_follow(smtp_server):
    [slot] = slots()
    kept, lost = person(KEPT, slot), person(LOST, slot)
    send_waiting_mails()

    merge(kept, lost)

    assert {LOST, KEPT} <= set(kept.messages.values_list("recipient", flat=True))


def test_it_is_on_the_record_by_numbers(smtp_server):
    kept, lost = person(KEPT, slot := slots()[0]), person(LOST, slot)

    merge(kept, lost)

    said = dict(StaffAction.objects.values_list("action", "after"))
    assert said["merged"] == {"participant": lost.pk, "places": 0, "earlier_registrations": 0}
    assert said["merged-into"] == {"participant": kept.pk}


def test_what_changed_meanwhile_stops_it():
    [slot] = slots()
    kept, lost = person(KEPT, slot), person(LOST, slot)

    with pytest.raises(merging.ChangedMeanwhile):
        merge(kept, lost, shown="something else")

    assert has(lost) == {(slot, "confirmed")}


def test_change_that_staff_may_take_back_stops_it():
    [slot] = slots()
    kept, lost = person(KEPT, slot), person(LOST, slot)
    changes.call_off(occurrence_id=slot.pk, now=LATER)

    with pytest.raises(ChangeWaits):
        merge(kept, lost)


@pytest.mark.parametrize(
    ("kept", "lost", "refusal"),
    [
        ({"anonymised_at": NOW}, {}, merging.NotTwoPeople),
        ({}, {"anonymised_at": NOW}, merging.NotTwoPeople),
        ({"confirmed_at": None}, {}, merging.KeptUnconfirmed),
    ],
)
def test_who_cannot_be_merged(kept, lost, refusal):
    kept = RegistrationFactory(**{f"participant__{name}": value for name, value in kept.items()}).participant
    lost = ParticipantFactory(season=kept.season, **lost)

    with pytest.raises(refusal):
        merge(kept, lost)


def test_people_of_two_seasons_are_two():
    with pytest.raises(merging.NotTwoPeople):
        merge(ParticipantFactory(), ParticipantFactory())


def test_somebody_is_not_merged_with_themselves():
    someone = ParticipantFactory()

    with pytest.raises(merging.NotTwoPeople):
        merge(someone, someone)


def test_focal_point_with_people_behind_the_old_mailbox_stays():
    lost = ParticipantFactory()
    ParticipantFactory(season=lost.season, email=lost.email, mailbox=lost.mailbox, named_by=lost)

    with pytest.raises(merging.MailboxShared):
        merge(ParticipantFactory(season=lost.season), lost)


def test_answers_that_the_kept_person_lacks_come_along(smtp_server):
    first, second = slots(2)
    kept, lost = person(KEPT, first), person(LOST, second)
    both, alone = QuestionFactory.create_batch(2, season=kept.season)
    AnswerFactory(participant=kept, question=both, value="Kept")
    for question in (both, alone):
        AnswerFactory(participant=lost, question=question, value="Lost")

    merge(kept, lost)

    assert answering.of(kept) == {both.pk: ["Kept"], alone.pk: ["Lost"]}
    assert answering.of(lost) == {}
