"""What keeps a rehearsal apart from the real seasons: UIDs, links on request, the next season, its clock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations import tasks
from registrations.calendar import itip
from registrations.calendar_replies import responding
from registrations.calendar_replies.parsing import Decline
from registrations.mailings import on_request
from registrations.models import Message, NextSeasonSubscriber, Participant, Registration
from sessions.clocks import moment
from sessions.models import Occurrence, Season
from sessions.seasons import season_clocks
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def rehearsed(ahead=timedelta(), **fields):
    slot = {"occurrence__session__season__is_rehearsal": True, "occurrence__starts_at": timezone.now() + 40 * DAY}
    registration = RegistrationFactory(**slot | fields)
    Season.objects.set_ahead(registration.session.season_id, ahead)
    return Registration.objects.select_related("session__season", "participant__season", "occurrence").get(
        pk=registration.pk
    )


def test_entry_of_a_rehearsal_has_a_domain_part_of_its_own():
    registration, real = rehearsed(), RegistrationFactory()

    assert f"UID:{registration.uid.replace('@', '@rehearsal.')}\r\n" in _unfolded(itip.publish([registration]))
    assert f"UID:{real.uid}\r\n" in _unfolded(itip.publish([real]))


def _unfolded(text) -> str:
    return text.replace("\r\n ", "")


def test_reply_to_such_an_entry_asks_in_the_box_at_the_time_of_the_rehearsal(smtp_server):
    registration = rehearsed(ahead=10 * DAY)
    uid = registration.uid.replace("@", "@rehearsal.")

    assert responding.answer(Decline(uid, registration.sequence), now=timezone.now())
    tasks.relay()

    question = Message.objects.get(kind="declined")
    assert (question.rehearsal, question.is_sent, smtp_server.mails) == (registration.session.season, True, [])
    assert question.queued_at > timezone.now() + 9 * DAY


def test_reply_to_the_uid_of_a_rehearsal_does_nothing_to_a_real_season_and_the_other_way_round():
    registration, real = rehearsed(), RegistrationFactory(occurrence__starts_at=timezone.now() + DAY)

    assert not responding.answer(Decline(registration.uid, 0), now=timezone.now())
    assert not responding.answer(Decline(real.uid.replace("@", "@rehearsal."), 0), now=timezone.now())


def test_links_of_real_seasons_leave_and_those_of_rehearsals_go_into_their_boxes(smtp_server):
    person = rehearsed().participant
    other = ParticipantFactory(email=person.email)

    on_request.send_links(mailbox=person.mailbox, now=timezone.now())
    tasks.relay()

    [mail], [boxed] = smtp_server.mails, Message.objects.filter(rehearsal=person.season).sent()
    assert (other.key in mail.octets.decode(), person.key in mail.octets.decode()) == (True, False)
    assert person.key in bytes(boxed.octets).decode()
    assert other.key not in bytes(boxed.octets).decode()


def test_nobody_comes_on_the_list_of_the_next_season_by_trying(client):
    person = rehearsed().participant
    sent = {"calendar_entries": person.calendar_entries, "reminders": ["24"], "wants_next_season": "on"}

    client.post(f"/my/{person.key}/mails/", sent)

    assert not NextSeasonSubscriber.objects.exists()


def test_data_clock_of_a_rehearsal_that_is_over_erases_its_people_alone():
    tried, real = rehearsed(), RegistrationFactory(occurrence__starts_at=timezone.now() + 40 * DAY)
    Season.objects.filter(pk=real.session.season_id).update(starts_on="2026-01-01", ends_on="2026-01-02")
    Season.objects.filter(pk=tried.session.season_id).update(starts_on="2026-01-01", ends_on="2026-01-02")
    Season.objects.set_ahead(tried.session.season_id, 900 * DAY)

    tasks.apply_data_clock()

    assert set(Participant.objects.filter(anonymised_at=None)) == {real.participant}


def test_what_tasks_do_in_real_seasons_does_not_depend_on_the_clock_of_a_rehearsal():
    """A reminder and a place that are due in 30 days are due in the rehearsal alone."""
    real = RegistrationFactory(occurrence__starts_at=timezone.now() + 31 * DAY, registered_at=timezone.now())
    tried = rehearsed(ahead=30 * DAY, occurrence__starts_at=timezone.now() + 31 * DAY, registered_at=timezone.now())

    tasks.post_reminders()

    assert set(Message.objects.values_list("registration", flat=True)) == {tried.pk}
    assert real.pk not in set(Message.objects.values_list("registration", flat=True))


def test_condition_over_several_seasons_has_the_time_of_each():
    starts_at = timezone.now() + 20 * DAY
    real, behind = OccurrenceFactory(starts_at=starts_at), rehearsed(ahead=DAY, occurrence__starts_at=starts_at)
    over = rehearsed(ahead=21 * DAY, occurrence__starts_at=starts_at)

    to_come = Occurrence.objects.filter(
        season_clocks.where("session__season", lambda now: season_clocks.Q(ends_at__gt=now))
    )

    assert set(to_come) == {real, behind.occurrence}
    assert over.occurrence.is_over(moment.of(over.session.season))


def test_pages_say_the_time_of_the_rehearsal_and_that_its_mails_are_not_sent(client):
    person = rehearsed(ahead=30 * DAY).participant
    real = RegistrationFactory(occurrence__starts_at=timezone.now() + 40 * DAY).participant

    for path in (f"/seasons/{person.season.slug}/", f"/my/{person.key}/", f"/sign-up/{person.season.slug}/"):
        assert "In this rehearsal it is " in client.get(path).content.decode(), path
    for path in (f"/sign-up/{person.season.slug}/", f"/sign-up/{person.season.slug}/check-your-mail/"):
        page = client.get(path).content.decode()
        assert "Its mails are not sent" in page, path
        assert "We are sending a mail" not in page, path
        assert "No mail?" not in page, path
    meeting = client.get(f"/join/{person.registrations.get().join_key}/").content.decode()
    assert "In this rehearsal it is " in meeting
    assert "This is a rehearsal. The session will not be held." in meeting
    for path in (f"/seasons/{real.season.slug}/", f"/my/{real.key}/", f"/sign-up/{real.season.slug}/"):
        page = client.get(path).content.decode()
        assert "In this rehearsal" not in page, path
        assert "mails are not sent" not in page, path
