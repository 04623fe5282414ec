"""From a mail in the outbox to the question, through a real mailbox and the command that staff and beat start."""

import os

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress

from registrations.mail import notices, outbox
from registrations.mail.bounces import envelope
from registrations.models import Mailbox, Message
from registrations.tasks import read_calendar_replies
from sessions.models import Season
from tests.factories import MessageFactory, RegistrationFactory
from tests.registrations.calendar_replies.mails import mail_of, reply
from tests.registrations.mail.bounces import shapes
from tests.support import warm
from tests.support.calendars import calendar_part, read_mail, text_of
from tests.support.imap import ImapServer
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db


@pytest.fixture
def maildir(tmp_path, settings):
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    settings.CALENDAR_REPLIES = f"maildir://{tmp_path}"
    return tmp_path


def test_decline_of_a_confirmation_is_answered_once(maildir, capsys):
    registration = invited()
    deliver(maildir, declining(Message.objects.get(kind="confirmation")))

    call_command("read_calendar_replies")
    deliver(maildir, declining(Message.objects.get(kind="confirmation")))
    call_command("read_calendar_replies")

    assert capsys.readouterr().out == "1 read, 1 answered\n1 read, 0 answered\n"
    assert [mail.registration for mail in Message.objects.filter(kind="declined")] == [registration]
    assert list((maildir / "new").iterdir()) == []


def test_bad_mails_between_good_ones_are_dropped(maildir, capsys):
    first, second = invited(), invited()
    for octets in (b"\0\xff" * 500, reply(first.uid), b"", b"x" * 2_000_000, reply(second.uid)):
        deliver(maildir, octets)

    call_command("read_calendar_replies")

    assert capsys.readouterr().out == "5 read, 2 answered\n"
    assert list((maildir / "new").iterdir()) == []


def test_our_own_mail_that_comes_back_is_dropped(maildir, capsys):
    invited()
    deliver(maildir, bytes(Message.objects.get(kind="confirmation").octets))

    call_command("read_calendar_replies")

    assert capsys.readouterr().out == "1 read, 0 answered\n"
    assert not Message.objects.filter(kind="declined").exists()


def test_report_of_a_mail_server_is_stored_for_the_mailbox(maildir, capsys, settings):
    settings.BOUNCE_ADDRESS = "bounces@events.example.org"
    mail = MessageFactory(recipient="Ana@ministry.example", status="sent", sent_at=timezone.now())
    deliver(maildir, shapes.POSTFIX.replace(shapes.TO.encode(), envelope.sender(mail.pk).encode()))
    deliver(maildir, shapes.ABSENCE)

    call_command("read_calendar_replies")

    assert capsys.readouterr().out == "2 read, 0 answered\n1 of them are mails of ours that came back\n"
    assert Mailbox.objects.get(address="ana@ministry.example").state == "bad"
    assert list((maildir / "new").iterdir()) == []


def test_mail_that_cannot_be_answered_stays_and_ends_the_command_with_an_error(maildir, capsys):
    broken = invited()
    Season.objects.filter(pk=broken.session.season_id).update(reminder_hours="soon")
    deliver(maildir, reply(broken.uid))

    with pytest.raises(CommandError, match="1 could not be answered and stay in the mailbox"):
        call_command("read_calendar_replies")

    assert capsys.readouterr().out == "1 read, 0 answered\n"
    assert len(list((maildir / "new").iterdir())) == 1


def test_task_does_the_same_with_an_imap_mailbox(settings):
    registration = invited()
    with ImapServer([reply(registration.uid)]) as server:
        settings.CALENDAR_REPLIES = f"imap://desk:secret@127.0.0.1:{server.port}/INBOX"

        read_calendar_replies()

        assert server.mails == {}
    assert Message.objects.filter(kind="declined", registration=registration).count() == 1


def test_task_logs_one_sentence_when_the_mailbox_cannot_be_read(settings, caplog):
    settings.CALENDAR_REPLIES = "imap://desk:secret@127.0.0.1:9/INBOX"

    read_calendar_replies()

    [record] = caplog.records
    assert record.getMessage() == "The mail server 127.0.0.1 cannot be reached: Connection refused."
    assert record.exc_info is None


@pytest.mark.parametrize(
    ("address", "sentence"),
    first_always(
        [
            ("imap://desk:hush-hush@127.0.0.1:9/INBOX", "CommandError: The mail server 127.0.0.1 cannot be reached"),
            ("", "CommandError: CALENDAR_REPLIES is not set"),
            ("maildir:///nowhere", "CommandError: CALENDAR_REPLIES: /nowhere is not a Maildir that can be read"),
        ],
        1,
    ),
)
def test_command_ends_with_one_clear_line_when_there_is_no_mailbox(address, sentence):
    environment = os.environ | {"CALENDAR_REPLIES": address}

    result = warm.run(["manage.py", "read_calendar_replies"], env=environment)

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(sentence)
    assert "hush" not in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("address", "schedules"), first_always([("maildir:///var/mail/replies", "True"), ("", "False")], 1)
)
def test_clock_reads_the_mailbox_only_when_there_is_one(address, schedules):
    code = (
        "from minamata_online.celery import app; app.loader.import_default_modules();"
        "named = {entry['task'] for entry in app.conf.beat_schedule.values()};"
        "print('registrations.tasks.read_calendar_replies' in named & set(app.tasks))"
    )
    environment = os.environ | {"CALENDAR_REPLIES": address}

    result = warm.run(["-c", code], env=environment)

    assert result.stdout == f"{schedules}\n", result.stderr


def test_start_fails_when_questions_would_be_deleted_with_the_answers():
    environment = {name: value for name, value in os.environ.items() if name != "REPLY_TO_EMAIL"}
    environment["CALENDAR_REPLIES"] = "maildir:///var/mail/replies"

    result = warm.run(["manage.py", "check"], env=environment)

    assert result.returncode == 3
    assert result.stderr.startswith("REPLY_TO_EMAIL is not set")


def invited():
    registration = RegistrationFactory()
    outbox.post(notices.confirmation(registration.participant, [registration], now=timezone.now()))
    return registration


def declining(message) -> bytes:
    """What a calendar program makes of the invitation in this mail when somebody presses “Decline”."""
    invitation = Calendar.from_ical(text_of(calendar_part(read_mail(message)))).events[0]
    answer, event = Calendar(), Event()
    for name in ("UID", "SEQUENCE", "DTSTART", "DTEND", "ORGANIZER", "SUMMARY"):
        event[name] = invitation[name]
    event.add("dtstamp", timezone.now())
    attendee = vCalAddress(str(invitation["ATTENDEE"]))
    attendee.params["PARTSTAT"] = "DECLINED"
    event.add("attendee", attendee)
    for name, value in {"prodid": "-//A calendar//EN", "version": "2.0", "method": "REPLY"}.items():
        answer.add(name, value)
    answer.add_component(event)
    return mail_of(answer.to_ical().decode().replace("\r\n", "\n"))


def deliver(maildir, octets):
    number = len(list(maildir.rglob("*")))
    (maildir / "new" / f"{timezone.now():%s}.{number}.host").write_bytes(octets)
