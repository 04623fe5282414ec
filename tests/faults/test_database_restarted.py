"""PostgreSQL stops and starts again while people sign up: some have to send their form again, and nobody is lost."""

import signal

import pytest

from tests.faults.crowd import ACCEPTED, AWAY

pytestmark = pytest.mark.fault


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["in order", "at once"])
def test_nobody_is_lost_when_the_database_restarts(
    how, servers, crowd, start_processes, smtp_server, everybody_has_their_mail
):
    start_processes("worker", "beat")

    with crowd.at_work():
        crowd.wait_for_more(20, ACCEPTED)
        servers.stop_postgres(how)
        crowd.wait_for_more(8, AWAY)
        servers.start_postgres_again()
        crowd.wait_for_more(20, ACCEPTED)

    away = [answer for answer in crowd.answers if answer.status != ACCEPTED]
    assert {answer.status for answer in away} == {AWAY}
    assert {answer.retry_after for answer in away} == {"20"}
    assert all("What you typed is kept in this page" in answer.page for answer in away)
    everybody_has_their_mail(crowd)
