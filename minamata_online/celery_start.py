"""Workers and beat start only on the tables of this version; each process of a worker that comes later is not asked.

Every process of Celery imports it (CELERY_IMPORTS), as soon as Django is set up.
"""

from celery.signals import beat_init, worker_init

from minamata_online import table_version


@worker_init.connect
@beat_init.connect
def require_same_tables(**_):
    table_version.require_same()
