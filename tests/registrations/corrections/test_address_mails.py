"""A corrected address: which mails that had not left go where."""

import pytest

from registrations.enrolment import enrolment
from registrations.mail import outbox
from registrations.models import Message, NextSeasonSubscriber
from registrations.next_season import subscription
from registrations.rescheduling import changes
from tests.factories import MessageFactory
from tests.support.calendars import CalendarStore, read_mail
from tests.support.registrations.correcting import (
    LATER,
    OLD,
    RIGHT,
    an_hour_later,
    correct,
    sent_to,
    slots,
    somebody_registered,
)
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, register

pytestmark = pytest.mark.django_db


def test_mails_that_had_not_left_go_nowhere(smtp_server):
    [slot] = slots(1)
    person = register(slot, email=OLD)[0].participant

    correct(person)

    assert [mail.kind for mail in sent_to(RIGHT)] == ["confirmation"]
    assert sent_to(OLD) == []
    assert Message.objects.dropped().get(recipient=OLD).last_error


WHY = "You get this mail because the Secretariat has given your registration"
PROBABLY = "somebody, probably you, signed up"


@pytest.mark.parametrize("number", [0, 1, 2], ids=["a link", "one session", "several"])
def test_first_mails_say_that_the_secretariat_moved_them(smtp_server, number):
    chosen = slots(2)
    person = somebody_registered(*chosen[: number or 1])
    if not number:
        enrolment.cancel(registration_id=person.registrations.get().pk, now=NOW)
        send_waiting_mails()

    correct(person)

    texts = [read_mail(mail).get_body(("plain",)).get_content() for mail in sent_to(RIGHT)]
    first = " ".join(texts[0].split())
    assert "The Secretariat has corrected your e-mail address" in first
    assert "Please delete such entries." in first
    assert all(WHY in " ".join(text.split()) and PROBABLY not in " ".join(text.split()) for text in texts)
    assert "have not changed" not in first


def test_mails_written_anew_say_it_too(smtp_server):
    person = somebody_registered(*slots(1))
    correct(person)
    Message.objects.filter(recipient=RIGHT).update(octets=b"")

    [mail] = sent_to(RIGHT)

    words = read_mail(mail).get_body(("html",)).get_content()
    assert "The Secretariat has corrected your e-mail address" in " ".join(words.split())


def test_later_mails_do_not(smtp_server):
    person = somebody_registered(*slots(1))
    correct(person)
    send_waiting_mails()
    enrolment.cancel(registration_id=person.registrations.get().pk, now=LATER)

    mail = sent_to(RIGHT)[-1]

    assert mail.kind == "cancelled"
    assert "The Secretariat has corrected" not in read_mail(mail).get_body(("plain",)).get_content()


def test_failed_mails_cannot_be_sent_again(smtp_server):
    person = somebody_registered(*slots(1))
    Message.objects.filter(participant=person).update(status="failed", sent_at=None)

    correct(person)
    outbox.requeue_failed(mails=Message.objects.all(), now=LATER)

    assert sent_to(OLD) == []
    assert not Message.objects.failed().exists()


def test_mail_whose_attempt_was_cut_off_is_not_tried_again(smtp_server):
    person = register(*slots(1), email=OLD)[0].participant
    Message.objects.update(attempts=1, may_have_left=True)

    correct(person)

    assert sent_to(OLD) == []


def test_mail_of_a_change_to_come_goes_to_the_new_mailbox(smtp_server):
    [slot] = slots(1)
    person = somebody_registered(slot)
    times = an_hour_later(slot)
    changes.reschedule(occurrence_id=slot.pk, now=NOW, **times)

    correct(person)

    assert [mail for mail in sent_to(OLD) if mail.kind == "rescheduled"] == []
    [*_others, last] = sent_to(RIGHT)
    store = CalendarStore()
    store.receive(last)
    assert list(store.entries.values()) == [times["starts_at"]]


def test_who_has_nothing_to_come_gets_the_link(smtp_server):
    [slot] = slots(1)
    person = somebody_registered(slot)
    enrolment.cancel(registration_id=person.registrations.get().pk, now=NOW)
    send_waiting_mails()

    assert correct(person) == 1
    assert [mail.kind for mail in sent_to(RIGHT)] == ["new_link"]


@pytest.mark.parametrize("octets", [b"", b"With the old link"])
@pytest.mark.parametrize("status", ["queued", "included"])
def test_news_that_has_not_left_is_written_for_the_new_address(smtp_server, octets, status):
    person = somebody_registered(*slots(1))
    about = {"participant": person, "registration": person.registrations.get()}
    news = MessageFactory(kind="published", octets=octets, status=status, attempts=1, **about)

    correct(person)

    news.refresh_from_db()
    assert (news.recipient, bytes(news.octets), news.status) == (RIGHT, b"", status)


def test_announcement_of_a_season_follows(smtp_server):
    person = somebody_registered(*slots(1))
    subscription.ask(participant=person, now=NOW)
    row = NextSeasonSubscriber.objects.get()
    waiting = MessageFactory(participant=None, kind="next_season", subscriber=row, recipient=OLD)

    correct(person)

    waiting.refresh_from_db()
    assert (waiting.recipient, bytes(waiting.octets), waiting.status) == (RIGHT, b"", "queued")
