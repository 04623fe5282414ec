"""What people do while the worker prepares the mails of a change of their slot, and what they hear of it."""

import pytest

from registrations.calendar import my_feed
from registrations.calendar_replies import responding
from registrations.calendar_replies.parsing import Decline
from registrations.delegations import confirming
from registrations.enrolment import enrolment, preferences
from registrations.mailings import reminders
from registrations.models import Message, Participant, Registration, ReminderRound
from registrations.people.preferences import Preferences
from registrations.privacy import erasure
from registrations.rescheduling import changes
from sessions.seasons import rewording
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.calendars import calendar_part, read_mail, seen_by_vobject, text_of
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.preparing import HOUR, MINUTE, NOW, move, people_of, prepare, prepare_everything, sent
from tests.support.registrations.signing_up import CONSENT, register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("many_people")]


def entries_of(mail):
    return seen_by_vobject(text_of(calendar_part(read_mail(mail))))


# What people do meanwhile


def test_who_signs_up_after_the_change_hears_of_the_new_time_once(slot):
    move(slot)
    [registration] = register(slot, now=NOW)

    prepare_everything()

    assert sent() == [("confirmation", registration.pk)]


def test_who_cancels_meanwhile_hears_of_the_cancelling_only(slot):
    [registration] = people_of(slot, 1)
    change = move(slot)

    enrolment.cancel(registration_id=registration.pk, now=NOW)
    prepare_everything()

    change.refresh_from_db()
    assert (sent(), change.people) == ([("cancelled", registration.pk)], 0)


@pytest.mark.parametrize("is_back", [False, True])
def test_who_takes_another_slot_meanwhile_hears_of_that(slot, is_back):
    other = OccurrenceFactory(session=slot.session)
    [registration] = people_of(slot, 1)
    move(slot)

    for target in [other, slot] if is_back else [other]:
        enrolment.change_occurrence(registration_id=registration.pk, occurrence_id=target.pk, now=NOW)
    prepare_everything()

    assert sent() == [("slot_changed", registration.pk)]


def test_who_erases_their_data_meanwhile_hears_of_that_only(slot):
    [registration] = register(slot, now=NOW)
    send_waiting_mails()
    move(slot)

    erasure.erase(participant_id=registration.participant_id, now=NOW)
    prepare_everything()

    assert [kind for kind, _registration in sent()] == ["confirmation", "erased"]


def test_who_is_promoted_meanwhile_hears_of_the_seat_at_the_new_time(slot):
    slot.capacity = 1
    slot.save()
    [seated] = people_of(slot, 1)
    waiting = RegistrationFactory(occurrence=slot, status=Registration.Status.WAITLISTED)
    move(slot)

    enrolment.cancel(registration_id=seated.pk, now=NOW)
    prepare_everything()

    assert sent() == [("cancelled", seated.pk), ("promoted", waiting.pk)]
    slot.refresh_from_db()
    assert f"{slot.starts_at:%H:%M}" in bytes(Message.objects.get(kind="promoted").octets).decode()


def test_who_chooses_entries_meanwhile_has_the_entry_with_the_news_at_once(slot):
    [registration] = people_of(slot, 1)
    Participant.objects.update(calendar_entries="none")
    Registration.objects.update(entry_was_mailed=False)
    move(slot)

    preferences.choose(participant=registration.participant, preferences=Preferences("mail"), now=NOW)
    prepare_everything()

    [mail] = send_waiting_mails()
    assert (mail.kind, mail.due_at <= mail.sent_at) == ("rescheduled", True)
    assert calendar_part(read_mail(mail)).get_param("method") == "REQUEST"


def test_who_says_yes_meanwhile_has_one_mail_about_each_session(slot):
    person = ParticipantFactory(season=slot.session.season, confirmed_at=None)
    RegistrationFactory(occurrence=slot, participant=person, entry_was_mailed=False)
    move(slot)

    confirming.confirm(participant=person, consent=CONSENT, now=NOW)
    prepare_everything()

    assert [kind for kind, _registration in sent()] == ["confirmation"]


def test_decline_of_the_old_time_that_comes_meanwhile_is_none_of_the_new_time(slot):
    [registration] = people_of(slot, 1)
    move(slot)

    with pytest.raises(responding.NotYet):
        responding.answer(Decline(registration.uid, 0), now=NOW)
    prepare_everything()
    assert responding.answer(Decline(registration.uid, 0), now=NOW) is False


def test_new_title_meanwhile_is_in_the_mail_under_the_last_sequence(slot):
    people_of(slot, 1)
    move(slot)
    slot.session.title = "Mercury in gold mining"
    slot.session.save()

    rewording.session_saved(session=slot.session, changed={"title"}, now=NOW)
    prepare_everything()

    [mail] = send_waiting_mails()
    assert (mail.kind, mail.sequence) == ("rescheduled", 2)
    assert [each["sequence"] for each in entries_of(mail)] == [2]


def test_who_lacks_an_entry_gets_it_when_the_slot_is_held_after_all_and_nobody_else_hears(slot):
    _other, lacking = people_of(slot, 2)
    changes.call_off(occurrence_id=slot.pk, now=NOW)
    Registration.objects.filter(pk=lacking.pk).update(entry_was_mailed=False)
    changes.revive(occurrence_id=slot.pk, now=NOW)

    prepare_everything()

    assert sent() == [("invitation", lacking.pk)]


def test_first_mail_that_has_not_left_waits_for_the_news_and_is_said_with_them(slot):
    [registration] = register(slot, now=NOW)
    change = move(slot)

    assert sent() == []
    prepare(change)

    [mail] = send_waiting_mails()
    assert mail.kind == "rescheduled"
    assert registration.participant.name in bytes(mail.octets).decode()
    assert Message.objects.get(kind="confirmation").status == Message.Status.DROPPED


def test_first_mail_that_has_not_left_leaves_after_all_when_the_change_is_taken_back_meanwhile(slot):
    [registration] = register(slot, now=NOW)
    change = move(slot)
    assert sent() == []

    changes.take_back(change_id=change.pk, now=NOW)
    prepare_everything()

    assert sent() == [("confirmation", registration.pk)]


def test_summary_does_not_give_a_change_away_that_is_being_prepared(slot):
    other = OccurrenceFactory(session__season=slot.session.season, session__stream=slot.session.stream)
    register(slot, other, now=NOW)
    change = move(slot)

    assert ("summary", None) not in sent()
    prepare(change)
    assert {"summary", "rescheduled"} <= {kind for kind, _registration in sent()}


def test_feed_has_the_new_time_before_any_mail_is_prepared(slot):
    [registration] = people_of(slot, 1)
    before = slot.starts_at
    move(slot)

    [entry] = seen_by_vobject(my_feed.of(my_feed.behind(registration.participant.feed_key)).text)

    assert (entry["starts_at"], entry["sequence"]) == (before + HOUR, 1)


def test_reminder_waits_until_it_is_known_who_hears_of_the_change(slot):
    season = slot.session.season
    season.reminder_hours = "24"
    season.save()
    people_of(slot, 1)
    now = slot.starts_at - 23 * HOUR
    move(slot, now=now)

    assert reminders.post_due(now=now + 2 * MINUTE) == 0
    assert not ReminderRound.objects.exists()
    prepare_everything()
    reminders.post_due(now=now + 2 * MINUTE)
    assert ReminderRound.objects.exists()
