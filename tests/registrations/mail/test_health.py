"""What the report of the mails says: states, the oldest due mail, and who was not told of their seat."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from registrations import last_runs
from registrations.delegations.members import Named
from registrations.enrolment import enrolment
from registrations.mail import health
from registrations.mail.bounces import recording
from registrations.mail.bounces.statuses import Verdict
from registrations.models import LastRun, Message, Participant, Registration
from registrations.people.preferences import Preferences
from sessions.models import Season
from tests.factories import (
    MessageFactory,
    OccurrenceFactory,
    RegistrationFactory,
    SessionFactory,
)
from tests.support import running
from tests.support.registrations.delegations import confirm
from tests.support.registrations.delegations import sign_up as sign_up_delegation
from tests.support.registrations.signing_up import NOW, register
from tests.support.registrations.waiting import join_list
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=6)
SENT = Message.Status.SENT
NO_ENTRIES = Preferences("none")


def people_without_mail(now=LATER):
    return list(health.lacking_a_mail(now))


def send_everything(**of_kind):
    Message.objects.filter(**of_kind).update(status=SENT, sent_at=NOW)


def test_person_whose_confirmation_was_not_sent_is_found_after_five_minutes():
    [registration] = register(OccurrenceFactory())

    assert people_without_mail(NOW + timedelta(minutes=4)) == []
    assert people_without_mail() == [registration]

    send_everything()
    assert people_without_mail() == []


def test_person_whose_mail_was_never_queued_is_found():
    registration = RegistrationFactory()

    assert people_without_mail() == [registration]


def test_summary_confirms_every_registration_of_its_form():
    registrations = register(OccurrenceFactory(), a_slot_of_the_same_season(), preferences=NO_ENTRIES)
    assert people_without_mail() == registrations

    send_everything(kind="summary")

    assert people_without_mail() == []


def a_slot_of_the_same_season():
    return OccurrenceFactory(session=SessionFactory(season=Season.objects.get()))


def test_summary_of_another_form_confirms_nothing():
    slot = OccurrenceFactory()
    register(slot, a_slot_of_the_same_season(), preferences=NO_ENTRIES)
    [late] = register(a_slot_of_the_same_season(), now=NOW + timedelta(seconds=30))

    send_everything(kind="summary")

    assert people_without_mail() == [late]


def test_mail_to_a_focal_point_tells_of_who_stays_with_them():
    sign_up_delegation(OccurrenceFactory(), named=[Named("Omar Said")])
    assert [registration.participant.name for registration in people_without_mail()] == ["Omar Said"]

    send_everything(kind="delegation")

    assert people_without_mail() == []


def test_who_was_named_and_has_not_said_yes_lacks_nothing():
    sign_up_delegation(OccurrenceFactory(), named=[Named("Juma Kiptoo", "juma@example.org")])

    assert people_without_mail() == []


def test_summary_after_saying_yes_tells_of_every_seat():
    slot = OccurrenceFactory()
    sign_up_delegation(slot, a_slot_of_the_same_season(), named=[Named("Juma Kiptoo", "juma@example.org")])
    Participant.objects.update(calendar_entries=NO_ENTRIES.calendar_entries)
    confirm(Participant.objects.get(name="Juma Kiptoo"), now=NOW + timedelta(minutes=3))
    assert len(people_without_mail(NOW + timedelta(minutes=9))) == 2

    send_everything(kind="summary")

    assert people_without_mail(NOW + timedelta(minutes=9)) == []


@pytest.mark.parametrize("kind", first_always(["reminder", "rescheduled", "called_off", "waiting_changed"]))
@pytest.mark.parametrize(
    "trouble",
    [
        {"status": "failed"},
        {"attempts": 3, "due_at": LATER + timedelta(minutes=1)},
        {"due_at": NOW},
    ],
)
def test_mail_that_failed_or_is_held_up_is_lacking_until_a_later_one_has_left(kind, trouble):
    [registration] = register(OccurrenceFactory())
    send_everything()
    mail_about(registration, kind=kind, **trouble)
    assert people_without_mail() == [registration]

    mail_about(registration, kind="called_off", status=SENT)

    assert people_without_mail() == []


def came_back(registration, **more):
    return mail_about(registration, status=SENT, sent_at=NOW, came_back_at=NOW, **more)


def test_person_whose_only_mail_came_back_lacks_it_also_at_a_mailbox_that_may_be_well_again():
    [registration] = register(OccurrenceFactory())
    send_everything()
    Message.objects.update(came_back_at=NOW)
    recording.record("ana@example.net", Verdict.SOFT, "5.2.2", "552 5.2.2 Mailbox full", now=NOW)

    assert people_without_mail() == [registration]

    mail_about(registration, kind="confirmation", status=SENT)
    assert people_without_mail() == []


@pytest.mark.parametrize("kind", ["summary", "delegation"])
def test_list_that_came_back_has_told_nobody(kind):
    [registration] = register(OccurrenceFactory())
    send_everything()
    Message.objects.update(kind=kind, participant=registration.participant, registration=None)
    assert people_without_mail() == []

    Message.objects.update(came_back_at=NOW)

    assert people_without_mail() == [registration]


@pytest.mark.parametrize("kind", first_always(["reminder", "rescheduled", "called_off", "waiting_changed"]))
def test_mail_that_came_back_is_lacking_until_a_later_one_stays_there(kind):
    [registration] = register(OccurrenceFactory())
    send_everything()
    came_back(registration, kind=kind)
    came_back(registration, kind="reminder")
    assert people_without_mail() == [registration]

    mail_about(registration, kind="called_off", status=SENT)

    assert people_without_mail() == []


def test_mail_that_failed_is_lacking_while_the_later_one_came_back():
    [registration] = register(OccurrenceFactory())
    send_everything()
    mail_about(registration, kind="rescheduled", status="failed")
    came_back(registration, kind="rescheduled")

    assert people_without_mail() == [registration]


def test_person_on_call_is_not_woken_for_a_mailbox():
    [registration] = register(OccurrenceFactory())
    send_everything()
    Message.objects.update(came_back_at=NOW)

    report = health.report(LATER)
    assert (report.lacking, report.at_mailboxes, report.lost, report.problems) == (1, 1, 0, [])

    lost = RegistrationFactory(revised_at=NOW)
    assert health.report(LATER).problems == ["registrations that lack a mail: 1"]
    assert set(people_without_mail()) == {registration, lost}


@pytest.mark.parametrize(
    ("words", "problems"),
    [
        ("550 5.1.1 User unknown", []),
        ("552 5.2.2 Mailbox full", []),
        # Our own mail server may say it of whatever we send.
        ("550 Relay not permitted", ["registrations that lack a mail: 1"]),
        ("550 5.7.1 Blocked", ["registrations that lack a mail: 1"]),
    ],
)
def test_person_on_call_is_woken_for_what_may_not_be_the_mailbox(words, problems):
    register(OccurrenceFactory())
    words = f"SMTPRecipientsRefused: {words}"
    Message.objects.update(status="failed", last_error=words)
    recording.refused(Message.objects.get(), words, now=NOW)

    report = health.report(LATER)

    assert (report.lacking, report.problems) == (1, problems)


def test_list_that_came_back_wakes_nobody_either():
    [registration] = register(OccurrenceFactory())
    send_everything()
    Message.objects.update(kind="summary", participant=registration.participant, registration=None, came_back_at=NOW)

    assert health.report(LATER).problems == []


def test_mailbox_that_is_well_again_wakes_nobody_for_what_came_back_before():
    [registration] = register(OccurrenceFactory())
    send_everything()
    Message.objects.update(came_back_at=NOW)
    mail_about(registration, kind="reminder", status=SENT)

    report = health.report(LATER)

    assert (report.lacking, report.problems) == (1, [])


def test_several_domains_that_refuse_our_mail_wake_somebody_for_a_day():
    def refuse(domain, **more):
        recording.record(f"ana@{domain}", Verdict.REFUSED, "5.7.1", "550 5.7.1 Blocked", **{"now": NOW} | more)

    for domain in ("a.example", "a.example", "b.example"):
        refuse(domain)
    refuse("c.example", now=NOW - timedelta(days=2))
    assert health.report(LATER).problems == []

    refuse("c.example")

    assert health.report(LATER).problems == ["mail servers of several domains refuse our mail: 3"]
    assert health.report(LATER + timedelta(days=1)).problems == []


def test_mail_that_waits_for_its_time_or_was_dropped_is_not_lacking():
    [registration] = register(OccurrenceFactory())
    send_everything()
    mail_about(registration, kind="rescheduled", due_at=LATER + timedelta(minutes=4))
    mail_about(registration, kind="reminder", status="dropped")

    assert people_without_mail() == []


def mail_about(registration, **more):
    return MessageFactory(registration=registration, participant=registration.participant, **{"queued_at": NOW} | more)


def test_seat_after_waiting_needs_a_mail_of_its_own():
    slot = OccurrenceFactory(capacity=1)
    [first] = register(slot, email="first@example.org")
    waiting = join_list(slot)
    send_everything()
    assert people_without_mail() == []

    enrolment.cancel(registration_id=first.pk, now=NOW)

    assert set(people_without_mail()) == {waiting, first}
    send_everything(kind="cancelled")
    assert people_without_mail() == [waiting]


@pytest.mark.parametrize("kind", ["waitlisted", "reminder", "published", "declined"])
def test_mail_that_says_nothing_of_the_seat_confirms_nothing(kind):
    registration = RegistrationFactory()
    MessageFactory(kind=kind, registration=registration, participant=registration.participant, status=SENT)

    assert people_without_mail() == [registration]


def test_who_waits_cancelled_or_whose_session_is_over_is_not_missed():
    RegistrationFactory(status=Registration.Status.WAITLISTED)
    RegistrationFactory(status=Registration.Status.CANCELLED)
    registration = RegistrationFactory()

    assert people_without_mail() == [registration]
    assert people_without_mail(registration.occurrence.ends_at + timedelta(days=20)) == []


def test_person_who_erased_their_details_is_not_missed():
    RegistrationFactory(participant__anonymised_at=NOW)

    assert people_without_mail() == []


def test_age_is_that_of_the_longest_due_mail():
    now = datetime(2030, 9, 1, 12, 0, tzinfo=UTC)
    assert health.oldest_due_age(now) == timedelta(0)

    MessageFactory(queued_at=now - timedelta(minutes=7))
    MessageFactory(queued_at=now - timedelta(minutes=3))
    MessageFactory(queued_at=now - timedelta(hours=1), status=SENT)
    MessageFactory(queued_at=now - timedelta(hours=1), due_at=now + timedelta(minutes=5))

    assert health.oldest_due_age(now) == timedelta(minutes=7)


def test_report_is_made_of_ten_queries_while_nothing_is_put_off(django_assert_num_queries):
    for status in Message.Status.values:
        MessageFactory(status=status)
    RegistrationFactory.create_batch(3)

    with django_assert_num_queries(10):
        report = health.report(LATER)

    assert report.mails == dict.fromkeys(Message.Status.values, 1)
    assert report.lacking == 3


def test_mails_are_looked_for_all_at_once_and_not_for_each_registration():
    plan = health.lacking_a_mail(NOW).explain()

    assert plan.count("Anti Join") == 4, plan


@pytest.mark.usefixtures("everything_runs")
def test_command_is_content_when_everything_was_sent():
    MessageFactory(status=SENT)
    out = StringIO()

    call_command("check_post", stdout=out)

    lines = [line.strip() for line in out.getvalue().splitlines()]
    assert lines == [
        *("0 queued", "0 sending", "1 sent", "0 failed", "0 dropped", "0 included"),
        "0 seconds that the oldest mail is due",
        "0 seconds that no mail has left although some were tried",
        "0 seconds that mails to many have not been prepared",
        "0 registrations that lack a mail",
        "0 of them at mailboxes that take none, which is for staff",
        "0 domains whose mail servers refuse our mail",
        "0 time slots whose number of people is wrong",
        *(f"0 seconds since {name} was seen" for name in ("beat", "worker", "relay", "reminders", "data_clock")),
        "1 workers",
    ]


def test_command_names_what_is_late_or_never_ran():
    running.everything_ran()
    running.ran(last_runs.RELAY, ago=timedelta(minutes=3))
    LastRun.objects.filter(name=last_runs.BEAT).delete()
    out = StringIO()

    with pytest.raises(CommandError, match=r"^beat has not started yet; relay is late$"):
        call_command("check_post", stdout=out)

    assert " unknown seconds since beat was seen" in out.getvalue()
    assert "     180 seconds since relay was seen" in out.getvalue()


@pytest.mark.parametrize(
    ("state", "problem"),
    [
        ({"status": "failed"}, "failed mails: 1"),
        ({"queued_at": timezone.now() - timedelta(minutes=10)}, "a mail has been due for"),
    ],
)
def test_command_fails_and_says_what_is_wrong(state, problem):
    mail = MessageFactory(**state)

    with pytest.raises(CommandError, match=problem) as refused:
        call_command("check_post", stdout=StringIO())

    assert refused.value.returncode == 1
    assert mail.recipient not in str(refused.value)
