"""The command that says how the mails are, for whoever is on call."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from registrations import last_runs
from registrations.models import LastRun
from tests.factories import (
    MessageFactory,
)
from tests.support import running
from tests.support.registrations.told import SENT

pytestmark = pytest.mark.django_db


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
