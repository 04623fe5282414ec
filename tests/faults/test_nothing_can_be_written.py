"""Database or broker answer, and take no change: read-only, or without room."""

import pytest

from tests.faults.crowd import ACCEPTED, AWAY

pytestmark = pytest.mark.fault

PEOPLE = 10


def test_sign_ups_wait_while_the_database_is_read_only(servers, crowd, start_processes, everybody_has_their_mail):
    start_processes("worker", "beat")

    with crowd.at_work():
        crowd.wait_for_more(PEOPLE, ACCEPTED)
        servers.make_database_read_only()
        crowd.wait_for_more(PEOPLE, AWAY)
        servers.make_database_writable()
        crowd.wait_for_more(PEOPLE, ACCEPTED)

    everybody_has_their_mail(crowd)
    assert {answer.status for answer in crowd.answers} == {ACCEPTED, AWAY}
    away = [answer for answer in crowd.answers if answer.status == AWAY]
    assert {answer.retry_after for answer in away} == {"20"}
    assert all("Nothing can be stored at the moment. What you typed is kept" in answer.page for answer in away)


@pytest.mark.parametrize("state", ["full", "a read-only copy"])
def test_sign_ups_go_on_while_the_broker_takes_nothing(
    servers, crowd, start_processes, everybody_has_their_mail, state
):
    start_processes("worker", "beat")

    with crowd.at_work():
        crowd.wait_for_more(PEOPLE, ACCEPTED)
        servers.have_valkey_refuse(state)
        crowd.wait_for_more(2 * PEOPLE, ACCEPTED)
        servers.have_valkey_take()
        crowd.wait_for_more(PEOPLE, ACCEPTED)

    everybody_has_their_mail(crowd)
    assert {answer.status for answer in crowd.answers} == {ACCEPTED}
