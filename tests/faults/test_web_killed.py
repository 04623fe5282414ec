"""Web processes die in the middle of their answers; who hears nothing sends the form again, and counts once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from registrations.models import Registration
from tests.faults.crowd import ACCEPTED, NO_ANSWER
from tests.faults.waiting import wait_until

pytestmark = pytest.mark.fault


def test_nobody_is_lost_when_web_processes_are_killed(servers, crowd, start_processes, everybody_has_their_mail):
    start_processes("worker", "beat")

    with crowd.at_work():
        for lost in range(3):
            crowd.wait_for_more(10, ACCEPTED)
            while crowd.number(NO_ANSWER) <= lost:
                servers.kill_web_workers()
                crowd.wait_for_more(1, ACCEPTED)

    assert {answer.status for answer in crowd.answers} == {ACCEPTED, NO_ANSWER}
    everybody_has_their_mail(crowd)


def test_form_whose_answer_was_lost_after_the_commit_counts_once(
    servers, crowd, start_processes, everybody_has_their_mail
):
    # Given a frozen broker, for which a page waits half a second after the commit
    start_processes("worker", "beat")
    servers.freeze_valkey()

    # When the process dies within it, and the person sends the form again
    with ThreadPoolExecutor(1) as pool:
        # The machine may be busy for half a second: then the answer was faster, and the next person is unlucky.
        assert any(times_sent_when_killed_after_the_commit(servers, crowd, pool, number) > 1 for number in range(10))
    servers.thaw_valkey()

    # Then the second answer is as if there had been no first
    assert crowd.number(NO_ANSWER) >= 1
    assert {answer.status for answer in crowd.answers} == {ACCEPTED, NO_ANSWER}
    everybody_has_their_mail(crowd)


def times_sent_when_killed_after_the_commit(servers, crowd, pool, number) -> int:
    before = Registration.objects.count()
    times = pool.submit(crowd.sign_up, number)
    wait_until(lambda: Registration.objects.count() > before)
    servers.kill_web_workers()
    return times.result()
