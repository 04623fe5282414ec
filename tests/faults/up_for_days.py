"""Settings of gunicorn: its processes take themselves for two days old, since a young one gives everything its time."""

TWO_DAYS = 2 * 24 * 60 * 60


def post_worker_init(worker):
    from registrations import last_runs

    last_runs._started -= TWO_DAYS
