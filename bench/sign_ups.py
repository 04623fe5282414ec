"""Sign-ups with all that they cause: three pages, rows, tasks, mails."""

from bench.measure import WITH_MAIL, Work
from bench.sign_up import ALL_WELL, SignUp


def works(servers, slots, times) -> list[Work]:
    one, many = dict(list(slots.items())[:1]), slots
    what = "one session: 3 requests, web, database, worker, its mail"
    every = f"the same form with {len(many)} sessions ticked, {mails_of(len(many))} mails"
    return [
        Work("sign-up", what, _run(servers, one), 11, times, WITH_MAIL),
        Work(f"sign-up for {len(many)}", every, _run(servers, many), 3, times, WITH_MAIL, "sign-up"),
    ]


def mails_of(number_of_sessions) -> int:
    """One confirmation; for several sessions a summary and a calendar entry for each."""
    return 1 if number_of_sessions == 1 else number_of_sessions + 1


def _run(servers, slots):
    def run(number):
        expected = servers.mails()[0] + number * mails_of(len(slots))
        for _ in range(number):
            statuses = SignUp(servers.port, slots).run()
            assert statuses == ALL_WELL, statuses
        servers.wait_for_mails(expected)

    return run
