"""A circular goes to those who were counted, once, in their mailbox as it was shown, until it is taken back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import seed
from registrations.circulars import drafts, sending
from registrations.mail import batches, composing
from registrations.mail.exceptions import Outdated
from registrations.models import Circular, Message, Participant, Registration, StaffAction
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.calendars import read_mail
from tests.support.races import race
from tests.support.registrations.circulars import SUBJECT, draft, send
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db

MANY = pytest.mark.usefixtures("many_people")
MINUTE, TEN_THOUSAND = timedelta(minutes=1), 10_000


def session_with(people):
    """Of so many people, and they."""
    slot = OccurrenceFactory(starts_at=NOW + timedelta(days=3))
    return slot.session, [RegistrationFactory(occurrence=slot).participant for _each in range(people)]


def about(session, **more):
    return draft(session.season, sessions=(session.pk,), **more)


def recipients():
    return list(Message.objects.order_by("pk").values_list("participant", flat=True))


def composed(message):
    Message.objects.update(status="sending", leased_until=timezone.now() + MINUTE, attempts=1)
    message = Message.objects.get()
    composing.prepare(message, now=NOW)
    return read_mail(message)


def test_each_person_gets_one_mail_after_the_time_for_second_thoughts(settings):
    session, [amina, boris] = session_with(2)

    circular = send(about(session))

    leave_at = NOW + timedelta(minutes=settings.RECALL_MINUTES)
    posted = Message.objects.order_by("pk")
    assert [(mail.kind, mail.participant, mail.recipient) for mail in posted] == [
        ("circular", amina, amina.email),
        ("circular", boris, boris.email),
    ]
    assert {(mail.circular, mail.due_at, bytes(mail.octets)) for mail in posted} == {(circular, leave_at, b"")}
    assert (circular.people, circular.left, circular.prepared_at, circular.mails_leave_at) == (2, [], NOW, leave_at)


def test_it_is_on_the_record_with_the_number_and_without_names():
    session, [person] = session_with(1)
    user = User.objects.create_user("ana")

    circular = send(about(session), by=user)

    done = StaffAction.objects.get(action="circular-sent")
    assert (done.made_by, done.object_id, done.about, done.after) == (user, circular.pk, SUBJECT, {"mails": 1})
    assert person.name not in str(list(StaffAction.objects.values()))


@pytest.mark.parametrize("chosen", [{}, {"countries": ("756",)}])
def test_nothing_chosen_or_nobody_found_is_refused_whatever_number_is_typed(chosen):
    session, _people = session_with(2)
    letter = draft(session.season, **chosen)

    for number in (0, 2):
        with pytest.raises(sending.NobodyChosen):
            send(letter, people=number)

    assert (Circular.objects.sent().count(), Message.objects.count()) == (0, 0)


def somebody_else_registers(letter, people):
    RegistrationFactory(occurrence=Registration.objects.first().occurrence)


def one_comes_and_one_goes(letter, people):
    Registration.objects.filter(participant=people[0]).update(status="cancelled")
    RegistrationFactory(occurrence=Registration.objects.first().occurrence)


def colleague_changes_the_words(letter, people):
    audience, seen = sending.Audience.of(letter.audience), letter.changed_at
    words = {"subject": SUBJECT, "text": "Other words"}
    drafts.change(circular_id=letter.pk, audience=audience, **words, seen=seen, now=NOW + MINUTE)


@pytest.mark.parametrize("act", [somebody_else_registers, one_comes_and_one_goes, colleague_changes_the_words])
def test_what_changed_since_it_was_seen_is_refused_also_with_the_same_number(act):
    session, people = session_with(2)
    letter = about(session)
    seen = sending.state(letter, now=NOW)

    act(letter, people)

    with pytest.raises(sending.ChangedMeanwhile):
        send(letter, seen=seen)
    assert Message.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_send_once():
    session, _people = session_with(3)
    letter = about(session)

    def act(_number):
        try:
            return send(letter) and "sent"
        except sending.SentAlready:
            return "already"

    assert sorted(race(2, act)) == ["already", "sent"]
    assert Message.objects.count() == 3


# To many


@MANY
def test_worker_prepares_a_batch_at_a_time_for_those_who_were_counted():
    session, people = session_with(5)
    circular = send(about(session))
    assert (Message.objects.count(), sending.unprepared()) == (0, [circular.pk])
    RegistrationFactory(occurrence=session.occurrences.get())

    left = [sending.prepare(circular_id=circular.pk, now=NOW + MINUTE, seconds=0) for _turn in range(4)]

    circular.refresh_from_db()
    assert left == [True, True, False, False]
    assert recipients() == [person.pk for person in people]
    assert (circular.left, circular.prepared_at, sending.unprepared()) == ([], NOW + MINUTE, [])


@MANY
def test_who_is_erased_before_their_mail_is_prepared_has_none():
    session, [first, second, third] = session_with(3)
    circular = send(about(session))
    Participant.objects.filter(pk=second.pk).update(anonymised_at=NOW)

    sending.prepare(circular_id=circular.pk, now=NOW, seconds=60)

    assert recipients() == [first.pk, third.pk]


def test_ten_thousand_people_cost_the_request_no_row_each():
    session, _people = session_with(0)
    slot = session.occurrences.get()
    seed.people(session.season, TEN_THOUSAND, slots=[slot], tag="many-", at=NOW)
    letter = about(session)

    with CaptureQueriesContext(connection) as queries:
        circular = send(letter)

    assert len(queries) <= 12
    assert (circular.people, Message.objects.count()) == (TEN_THOUSAND, 0)
    assert sending.prepare(circular_id=circular.pk, now=NOW, seconds=0)
    assert Message.objects.count() == batches.PEOPLE_A_BATCH


# Taking back


def test_taking_back_drops_what_has_not_left_and_says_how_many_hear_nothing():
    session, [first, second, third] = session_with(3)
    circular = send(about(session))
    Message.objects.filter(participant=first).update(status="sent")
    Message.objects.filter(participant=second).update(attempts=1, may_have_left=True)

    silent = sending.take_back(circular_id=circular.pk, now=NOW)

    assert silent == 1
    assert Message.objects.get(participant=third).status == "dropped"
    assert StaffAction.objects.get(action="circular-taken-back").after == {"mails_not_sent": 1}
    with pytest.raises(sending.TooLate):
        sending.take_back(circular_id=circular.pk, now=NOW)


@MANY
def test_taken_back_in_the_middle_no_more_mails_are_prepared():
    session, _people = session_with(5)
    circular = send(about(session))
    sending.prepare(circular_id=circular.pk, now=NOW, seconds=0)

    silent = sending.take_back(circular_id=circular.pk, now=NOW)

    assert (silent, sending.prepare(circular_id=circular.pk, now=NOW, seconds=60)) == (5, False)
    assert set(Message.objects.values_list("status", flat=True)) == {"dropped"}


# What is true when it leaves


def cancelled(person):
    Registration.objects.update(status="cancelled", cancelled_at=NOW)


def erased(person):
    Participant.objects.update(anonymised_at=NOW)


def taken_back(person):
    Circular.objects.update(taken_back_at=NOW)


@pytest.mark.parametrize("change", [cancelled, erased, taken_back])
def test_mail_that_is_true_no_more_does_not_leave(change):
    session, [person] = session_with(1)
    send(about(session))
    Message.objects.update(status="sending", leased_until=timezone.now() + MINUTE, attempts=1)

    change(person)

    with pytest.raises(Outdated):
        composing.prepare(Message.objects.get(), now=NOW)


def test_mail_has_the_words_in_both_forms_and_says_why_it_came():
    session, [person] = session_with(1)
    send(about(session))

    mail = composed(Message.objects.get())

    text, html = (mail.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
    assert mail["Subject"] == SUBJECT
    assert "The meeting begins as planned.\n\n- The new address (https://meet.example/2)\n- The old one" in text
    assert '<a style="color:#0b5575;" href="https://meet.example/2" rel="noreferrer">The new address</a>' in html
    for words in (session.title, person.key, f"Dear {person.name},"):
        assert words in text
        assert words in html
    assert "List-Unsubscribe" not in mail


def test_each_paragraph_of_the_mail_runs_in_the_direction_of_its_words():
    session, [_person] = session_with(1)
    send(about(session, text="Hello\n\nمرحبا\n\n- أولاً\n\n3. Third"))

    html = composed(Message.objects.get()).get_body(("html",)).get_content()

    assert '<p style="margin:0 0 16px;" dir="auto">مرحبا</p>' in html
    assert '<ul dir="auto">\n<li>أولاً</li>' in html.replace("\r\n", "\n")
    assert '<ol dir="auto" start="3">' in html


def test_mail_that_is_about_no_session_of_theirs_can_be_stopped_with_one_click():
    session, [person] = session_with(1)
    Participant.objects.update(wants_announcements=True)
    send(draft(session.season, everybody=True))

    mail = composed(Message.objects.get())

    assert person.stop_key in mail["List-Unsubscribe"]
    assert "asked for news" in mail.get_body(("plain",)).get_content()


def test_staff_have_it_first_in_their_own_mailbox_and_nobody_else_has(client):
    session, _people = session_with(1)
    user = User.objects.create_user("ana", email="ana@staff.example")
    letter = about(session)

    assert sending.send_to_oneself(circular_id=letter.pk, now=NOW, by=user) == "ana@staff.example"

    [mail] = Message.objects.all()
    assert (mail.recipient, mail.participant, mail.due_at, mail.circular) == ("ana@staff.example", None, NOW, None)
    assert read_mail(mail)["To"] == "Sample Person <ana@staff.example>"
    composing.prepare(mail, now=NOW)
    with pytest.raises(sending.NoAddress):
        sending.send_to_oneself(circular_id=letter.pk, now=NOW, by=User.objects.create_user("noor"))


def test_button_pressed_again_and_again_sends_staff_one_a_minute_and_other_words_at_once():
    letter, user = about(session_with(1)[0]), User.objects.create_user("ana", email="ana@staff.example")
    for pressed, changed in ((0, 0), (1, 0), (60, 0), (60, 5)):
        Circular.objects.update(changed_at=NOW + timedelta(seconds=changed))
        sending.send_to_oneself(circular_id=letter.pk, now=NOW + timedelta(seconds=pressed), by=user)
    assert Message.objects.count() == 3


def test_person_without_words_in_their_language_has_the_english_ones():
    session, _people = session_with(0)
    person = ParticipantFactory(season=session.season, language="fr")
    RegistrationFactory(occurrence=session.occurrences.get(), participant=person)
    circular = send(about(session))
    circular.words.create(language="fr", subject="Une autre adresse", text="Bonjour")

    assert composed(Message.objects.get())["Subject"] == "Une autre adresse"
    assert circular.words_in("es").subject == SUBJECT
