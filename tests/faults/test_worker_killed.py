"""A worker dies with mails in its hands while people sign up: everybody still gets theirs."""

from threading import Event

import pytest

from tests.faults.crowd import ACCEPTED
from tests.faults.waiting import hold

pytestmark = pytest.mark.fault

SENT_BEFORE_THE_KILL, WORKER_PROCESSES = 10, 2
# In production 50: so long nobody else touches what a dead worker has in its hands.
SHORT_LEASE = {"MAIL_LEASE_SECONDS": "10", "EMAIL_TIMEOUT": "9"}


def test_nobody_is_lost_when_the_worker_is_killed(crowd, start_processes, smtp_server, everybody_has_their_mail):
    # Given a mail server that holds the eleventh mail, and those that come beside it, until the worker is dead
    held, dead = Event(), Event()
    smtp_server.answer_mail = lambda mail: hold(held, dead) if len(smtp_server.mails) >= SENT_BEFORE_THE_KILL else None
    worker, _clock = start_processes("worker", "beat", **SHORT_LEASE)

    # When the worker is killed with mails in its hands, and started again
    with crowd.at_work():
        assert held.wait(60)
        worker.kill()
        dead.set()
        worker.start()
        crowd.wait_for_more(20, ACCEPTED)

    # Then only what was in its hands may have come twice
    assert {answer.status for answer in crowd.answers} == {ACCEPTED}
    everybody_has_their_mail(crowd, doubles=WORKER_PROCESSES)
