"""Read by gunicorn when it is started in this folder."""


def post_worker_init(worker):
    """Asks once, in the first worker: one that takes the place of a dead worker later goes on as the others do."""
    if worker.age == 1:
        # Not above: what gunicorn's first process has imported stays as it is when newer code is loaded by SIGHUP.
        from minamata_online import table_version

        table_version.require_same()
