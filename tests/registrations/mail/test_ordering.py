"""Mails of one registration leave in order, whatever the mail server and the workers do meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations import links
from registrations.enrolment import enrolment, preferences
from registrations.mail import delivery, ordering
from registrations.models import Message, PostPause
from registrations.people.preferences import Preferences
from registrations.privacy import erasure
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory
from tests.support.calendar_stores import STORES
from tests.support.calendars import calendar_part, text_of
from tests.support.registrations.mail_trouble import (
    HOUR,
    TROUBLES,
    Person,
    all_is_due,
    cut_at_first,
    everything_leaves,
    in_days,
    killed_at_first,
    live_entries,
    refuse_at_first,
    relay,
    untried,
)
from tests.support.registrations.signing_up import register
from tests.support.registrations.waiting import full_slot, join_list
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db

STORIES = [
    [Person.is_called_off],
    [Person.cancels],
    [Person.changes_slot, Person.is_called_off],
    [Person.is_moved, Person.is_called_off],
    [Person.is_moved, Person.cancels],
]


def everything_left(_smtp_server):
    everything_leaves()


@pytest.fixture
def person():
    slot = OccurrenceFactory(starts_at=in_days(10))
    other = OccurrenceFactory(session=slot.session, starts_at=in_days(11))
    [registration] = register(slot, now=timezone.now())
    return Person(registration, other)


@pytest.mark.parametrize("trouble", first_always(TROUBLES))
@pytest.mark.parametrize("story", first_always(STORIES, 2))
def test_nothing_comes_after_the_mail_that_takes_the_entry_out(smtp_server, person, story, trouble):
    trouble(smtp_server)
    for action in story:
        action(person)

    everything_leaves()

    last = smtp_server.mails[-1]
    assert last.message["Subject"].startswith(("Called off", "You cancelled"))
    assert live_entries(smtp_server) == [{}] * len(STORES)


@pytest.mark.parametrize("trouble", first_always(TROUBLES))
@pytest.mark.parametrize("story", first_always(STORIES, 2))
def test_whoever_had_no_first_mail_finds_the_link_and_the_reason_in_the_next(smtp_server, person, story, trouble):
    trouble(smtp_server)
    for action in story:
        action(person)

    everything_leaves()

    [mail] = smtp_server.mails
    said = mail.message.get_body(("plain",)).get_content()
    assert links.my_season(person.registration.participant) in said
    assert "somebody, probably you, signed up" in said
    html = mail.message.get_body(("html",)).get_content()
    assert links.my_season(person.registration.participant) in html


def test_mail_after_a_first_one_does_not_repeat_it(smtp_server, person):
    relay()
    person.is_called_off()
    everything_leaves()

    _first, second = smtp_server.mails
    assert "somebody, probably you, signed up" not in second.message.get_body(("plain",)).get_content()


def test_mail_that_was_overtaken_is_kept_with_its_reason(smtp_server, person):
    refuse_at_first(smtp_server)
    person.cancels()

    everything_leaves()

    overtaken = Message.objects.get(kind="confirmation")
    assert (overtaken.status, overtaken.attempts) == (Message.Status.DROPPED, 1)
    assert "Overtaken by a later mail" in overtaken.last_error


@pytest.mark.parametrize("trouble", first_always([untried, refuse_at_first, cut_at_first]))
def test_first_mail_waits_for_news_that_waits_and_leaves_when_it_is_taken_back(smtp_server, person, trouble):
    trouble(smtp_server)
    person.is_called_off()
    Message.objects.filter(kind="confirmation").update(due_at=timezone.now())
    relay()
    assert smtp_server.mails == []

    changes.take_back(change_id=person.slot.changes.get().pk, now=timezone.now())
    everything_leaves()

    [mail] = smtp_server.mails
    assert mail.message["Subject"].startswith("Your registration")
    assert live_entries(smtp_server) == [{person.registration.uid: person.slot.starts_at}] * len(STORES)
    assert sequence_in(mail) == 2


@pytest.mark.parametrize("first_mail", [untried, everything_left])
def test_mail_for_which_another_was_dropped_tells_who_stays_although_it_was_put_back(smtp_server, person, first_mail):
    """The post pauses after the claim, and staff take their change back."""
    first_mail(smtp_server)
    person.changes_slot()
    slot = person.other_slot
    changes.reschedule(
        occurrence_id=slot.pk, starts_at=slot.starts_at + HOUR, ends_at=slot.ends_at + HOUR, now=timezone.now()
    )
    all_is_due()
    smtp_server.answer_sender = lambda address: "554 5.7.1 Your sending has been suspended"
    relay()
    smtp_server.answer_sender = lambda address: None

    changes.take_back(change_id=slot.changes.get().pk, now=timezone.now())
    PostPause.objects.update(until=timezone.now())
    everything_leaves()

    assert live_entries(smtp_server) == [{person.registration.uid: slot.starts_at}] * len(STORES)


def test_mail_of_a_killed_worker_that_waited_for_news_has_another_message_id(smtp_server, person):
    """It may have arrived, and waiting does not change that."""
    killed_at_first(smtp_server)
    person.is_called_off()
    before = Message.objects.get(kind="confirmation").message_id
    relay()
    changes.take_back(change_id=person.slot.changes.get().pk, now=timezone.now())

    everything_leaves()

    [mail] = smtp_server.mails
    assert mail.message["Subject"].startswith("Your registration")
    assert mail.message["Message-ID"] != before


def sequence_in(mail) -> int:
    [line] = [line for line in text_of(calendar_part(mail.message)).splitlines() if line.startswith("SEQUENCE")]
    return int(line.partition(":")[2])


def test_words_that_may_have_arrived_leave_again_as_they_were(smtp_server, person):
    cut_at_first(smtp_server)

    everything_leaves()

    [cut], [again] = smtp_server.cut, smtp_server.mails
    assert again.octets == cut.octets


def test_other_words_than_those_that_may_have_arrived_have_another_message_id(smtp_server, person):
    cut_at_first(smtp_server)
    change = person.is_moved()
    changes.take_back(change_id=person.slot.changes.get().pk, now=timezone.now())
    assert change is None

    everything_leaves()

    [cut], [again] = smtp_server.cut, smtp_server.mails
    assert again.message["Message-ID"] != cut.message["Message-ID"]


def test_entry_chosen_while_a_new_time_may_have_arrived_comes_with_the_new_time(smtp_server):
    [registration] = register(
        OccurrenceFactory(starts_at=in_days(10)), now=timezone.now(), preferences=Preferences("none")
    )
    relay()
    person = Person(registration, None)
    person.is_moved()
    all_is_due()
    cut_at_first(smtp_server)
    tried = bytes(Message.objects.get(kind="rescheduled").octets)

    preferences.choose(participant=registration.participant, preferences=Preferences("mail"), now=timezone.now())
    assert bytes(Message.objects.get(kind="rescheduled").octets) == tried
    everything_leaves()

    assert smtp_server.mails[-1].message["Subject"].startswith("Moved to")
    assert live_entries(smtp_server) == [{registration.uid: person.slot.starts_at + HOUR}] * len(STORES)


def test_place_that_came_free_is_not_told_after_the_slot_was_called_off(smtp_server):
    slot = full_slot(starts_at=in_days(10))
    waiting = join_list(slot, now=timezone.now())
    relay()
    enrolment.cancel(registration_id=slot.registrations.confirmed().first().pk, now=timezone.now())
    refuse_at_first(smtp_server)

    changes.call_off(occurrence_id=slot.pk, now=timezone.now())
    everything_leaves()

    mine = [mail for mail in smtp_server.mails if mail.rcpt_tos == (waiting.participant.email,)]
    assert [mail.message["Subject"].split(":")[0] for mail in mine][-1] == "Called off"
    assert waiting.uid not in live_entries(smtp_server)[0]


def test_mail_on_its_way_lets_the_next_one_wait(smtp_server, person):
    [first] = ordering.claim([Message.objects.get().pk], now=timezone.now(), lease=timedelta(seconds=50))
    person.cancels()
    relay()
    assert smtp_server.mails == []

    first.record_sent(at=timezone.now())
    everything_leaves()

    assert [mail.message["Subject"].split(":")[0] for mail in smtp_server.mails] == ["You cancelled"]


def test_mail_of_who_erased_their_details_meanwhile_is_not_tried_again(smtp_server, person):
    [claimed] = ordering.claim([Message.objects.get().pk], now=timezone.now(), lease=timedelta(seconds=50))
    erasure.erase(participant_id=person.registration.participant_id, now=timezone.now())
    delivery._record_failure(claimed, ConnectionResetError("cut"))

    everything_leaves()

    assert [mail.message["Subject"].split(":")[0] for mail in smtp_server.mails] == ["Data erased, cancelled"]
    assert not Message.objects.exclude(recipient="").exists()


def test_failed_mail_that_staff_send_again_after_a_later_one_has_left_is_dropped(smtp_server, person):
    smtp_server.answer_recipient = lambda address: "550 5.2.2 mailbox full"
    relay()
    smtp_server.answer_recipient = lambda address: None
    person.is_called_off()
    everything_leaves()

    Message.objects.all().requeue(timezone.now())
    everything_leaves()

    assert [mail.message["Subject"].split(":")[0] for mail in smtp_server.mails] == ["Called off"]


def test_mail_that_waited_for_long_says_how_soon_the_session_is(smtp_server):
    slot = OccurrenceFactory(starts_at=timezone.now() + timedelta(hours=5))
    early = timezone.now() - timedelta(days=3)
    register(slot, now=early)

    everything_leaves()

    [mail] = smtp_server.mails
    assert "in 4 hours" in mail.message.get_body(("plain",)).get_content()
