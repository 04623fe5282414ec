"""A mail that has left is sent once more, as of now, or refused with the reason."""

from datetime import timedelta

import pytest

from registrations.enrolment import enrolment
from registrations.mail import kinds, notices, outbox, sending_again
from registrations.mail.notices.mailbox import new_link, sign_in_code
from registrations.mailings import reminders
from registrations.models import Message, Participant, Registration, StaffAction
from registrations.privacy import erasure
from tests.factories import MessageFactory, OccurrenceFactory
from tests.support.calendars import CalendarStore, read_mail
from tests.support.races import race
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, register

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def registration(smtp_server):
    slot = OccurrenceFactory()
    OccurrenceFactory(session=slot.session)
    [registration] = register(slot)
    send_waiting_mails()
    return registration


def mail(kind="confirmation"):
    return Message.objects.filter(kind=kind).earliest("pk")


def again(which=None, seen_times=0, now=LATER):
    sending_again.send(message_id=(which or mail()).pk, seen_times=seen_times, by=None, now=now)
    return send_waiting_mails()[-1]


def refused(which=None, **how) -> str:
    with pytest.raises(sending_again.NotNeeded) as problem:
        again(which, **how)
    return str(problem.value)


def test_it_leaves_under_another_message_id(registration, smtp_server):
    sent = again()

    first, second = smtp_server.mails
    assert (sent.kind, sent.status, sent.recipient) == ("confirmation", "sent", registration.participant.email)
    assert sent.message_id.encode() in second.octets
    assert mail().message_id.encode() in first.octets
    assert sent.message_id != mail().message_id


def test_entry_is_the_same(registration, smtp_server):
    sent = again()

    store = CalendarStore()
    store.receive(mail(), sent)
    assert list(store.entries) == [registration.uid]


def test_words_are_those_of_now(registration, smtp_server):
    Registration.objects.filter(pk=registration.pk).update(sequence=3)
    registration.session.title = "Mercury in fish"
    registration.session.save()

    sent = again()

    assert "Mercury in fish" in sent.subject
    assert sent.sequence == 3


def test_it_goes_to_the_present_address(registration):
    person = registration.participant
    person.email = "present@example.org"
    person.save()

    assert again().recipient == "present@example.org"


def test_pressing_twice_sends_one(registration):
    again()

    assert refused() == "It was sent again already."
    assert again(seen_times=1).status == "sent"


def test_it_is_on_the_record(registration):
    again()

    action = StaffAction.objects.get()
    assert (action.action, action.about) == ("mail-sent-again", f"mail {mail().pk}")


def test_earlier_mail_of_a_registration_is_refused_where_a_later_one_was_sent(registration):
    enrolment.cancel(registration_id=registration.pk, now=LATER)
    send_waiting_mails()

    assert refused() == "A later mail about this registration has said more. Send that one again."
    assert again(mail("cancelled")).kind == "cancelled"


def test_nothing_overtakes_a_mail_that_waits(registration):
    enrolment.cancel(registration_id=registration.pk, now=LATER)

    assert refused() == "A mail about this registration is on its way. It says all that this one would say."


def test_mail_that_nobody_needs_is_refused_and_not_stored(registration):
    slot = registration.occurrence
    outbox.post([notices.reminder(registration, message_id="<reminder@minamata.test>", now=NOW)])
    send_waiting_mails()
    Message.objects.filter(kind="reminder").update(expires_at=slot.starts_at)
    number = Message.objects.count()

    words = refused(mail("reminder"), now=slot.starts_at + timedelta(minutes=1))

    assert words == "Too late: it would have come after its time."
    assert Message.objects.count() == number


def test_codes_are_never_sent_again(registration):
    outbox.post([sign_in_code("amina@example.org", "ABCD", language="en", now=NOW)])
    send_waiting_mails()

    assert "asked for anew" in refused(mail("sign_in_code"))


def test_mail_that_has_not_left_is_refused(smtp_server):
    register(OccurrenceFactory())

    assert refused() == "Only a mail that has left, or has failed, can be sent again."


def test_failed_mail_is_tried_again(registration, smtp_server):
    Message.objects.update(status="failed", sent_at=None, last_error="550 no such user")

    again()

    assert (len(smtp_server.mails), mail().status) == (2, "sent")


def test_failed_mail_that_nobody_needs_stays_failed(registration):
    Message.objects.update(status="failed", sent_at=None, last_error="550 no such user")
    Registration.objects.update(status="cancelled")

    assert refused() == "The person has cancelled, or the time slot was called off."
    assert mail().status == "failed"


def test_failed_mail_without_text_is_refused(registration):
    Message.objects.update(status="failed", sent_at=None, emptied_at=NOW)

    assert refused() == "The text of this mail was removed."


def test_reminder_of_several_sessions_tells_of_them_again(smtp_server):
    first = OccurrenceFactory()
    slots = [first, OccurrenceFactory(session__season=first.session.season, starts_at=first.starts_at)]
    register(*slots)
    send_waiting_mails()
    reminders.post_due(now=(soon := first.starts_at - timedelta(hours=24)))
    send_waiting_mails()

    again(mail("reminders"), now=soon + timedelta(minutes=1))

    text = read_mail(smtp_server.mails[-1]).get_body(("plain",)).get_content()
    assert [slot.session.title in text for slot in slots] == [True, True]


def test_link_is_the_present_one(registration, smtp_server):
    person = registration.participant
    outbox.post([new_link(person, now=NOW)])
    send_waiting_mails()
    type(person).objects.filter(pk=person.pk).update(key="B" * 24)

    again(mail("new_link"))

    assert b"B" * 24 in smtp_server.mails[-1].octets


def test_text_that_was_removed_is_written_anew(registration):
    Message.objects.all().empty(LATER)

    assert again().kind == "confirmation"


def test_list_of_a_sign_up_tells_of_all_that_is_left(smtp_server):
    slots = [OccurrenceFactory()]
    slots.append(OccurrenceFactory(session__season=slots[0].session.season))
    first, second = register(*slots)
    send_waiting_mails()
    enrolment.cancel(registration_id=first.pk, now=LATER)
    send_waiting_mails()

    again(mail("summary"))

    text = smtp_server.mails[-1].octets.decode()
    assert second.session.title in text
    assert first.session.title not in text


def test_each_kind_written_at_once_says_that_it_cannot_be_written():
    at_once, person = kinds.names(lambda kind: kind.is_written_at_once), Participant(pk=1)

    said = {kind: sending_again.refusal(Message(kind=kind, participant=person, status="sent")) for kind in at_once}

    assert {kind for kind, words in said.items() if not words} == {"new_link"}


@pytest.mark.parametrize("kind", ["confirmation", "erased"])
def test_nothing_is_sent_again_to_who_was_erased(registration, kind):
    erasure.erase(participant_id=registration.participant_id, now=LATER)
    send_waiting_mails()

    assert refused(mail(kind)) == "The person’s details were erased."


def test_mail_that_is_gone_is_refused():
    with pytest.raises(sending_again.NotNeeded, match="not stored any more"):
        sending_again.send(message_id=0, seen_times=0, by=None, now=LATER)


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_send_one(registration):
    answers = race(2, lambda _number: _pressed(mail()))

    assert sorted(answers) == ["It was sent again already.", "sent"]
    assert Message.objects.filter(kind="confirmation").count() == 2


def _pressed(which) -> str:
    try:
        sending_again.send(message_id=which.pk, seen_times=0, by=None, now=LATER)
    except sending_again.NotNeeded as reason:
        return str(reason)
    return "sent"


def not_arrived_again(*mails):
    return sending_again.send_what_did_not_arrive([each.pk for each in mails], by=None, now=LATER)


def comes_back(**which):
    Message.objects.filter(**which).update(came_back_at=LATER, last_error="552 5.2.2 Mailbox full")


def test_mail_that_came_back_is_sent_again_once(registration, smtp_server):
    comes_back()

    assert not_arrived_again(mail()) == (1, [])
    assert not_arrived_again(mail()) == (0, [])

    send_waiting_mails()
    assert len(smtp_server.mails) == 2


def test_of_mails_about_one_registration_that_came_back_the_latest_leaves(registration, smtp_server):
    enrolment.change_occurrence(
        registration_id=registration.pk,
        occurrence_id=registration.session.occurrences.exclude(pk=registration.occurrence_id).get().pk,
        now=NOW,
    )
    send_waiting_mails()
    comes_back()

    assert not_arrived_again(*Message.objects.all()) == (1, [])

    assert [each.kind for each in send_waiting_mails()] == ["confirmation", "slot_changed", "slot_changed"]


def test_mail_that_came_back_and_cannot_be_written_anew_says_why(smtp_server):
    to_nobody = {"kind": "sign_in_code", "participant": None, "recipient": "ana@example.net"}
    sign_in = MessageFactory(status="sent", sent_at=NOW, **to_nobody)
    comes_back()

    [reason] = not_arrived_again(sign_in)[1]

    assert reason.startswith("This mail went to a mailbox, not to a person.")


def test_more_than_some_that_came_back_are_not_sent_at_once(registration, monkeypatch):
    monkeypatch.setattr(sending_again, "CAME_BACK_AT_ONCE", 1)
    other = register(registration.occurrence, email="other@example.org")[0]
    send_waiting_mails()
    comes_back()

    sent, reasons = not_arrived_again(*Message.objects.all())

    assert (sent, len(reasons)) == (1, 1)
    assert Message.objects.unsent().get().registration == other
