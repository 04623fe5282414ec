"""Read by gunicorn when it is started in this folder."""

from minamata_online import table_version


def post_worker_init(worker):
    """Asks once, in the first worker: one that takes the place of a dead worker later goes on as the others do."""
    if worker.age == 1:
        table_version.require_same()
