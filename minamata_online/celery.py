"""The Celery application, and what all its tasks have in common."""

import os

from celery import Celery, Task
from django.db import close_old_connections

from minamata_online import kombu_patch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minamata_online.settings")
kombu_patch.be_survived()


class TaskWithConnection(Task):
    """Runs with the database connection of the task before it, as a request does (CELERY_DB_REUSE_MAX)."""

    abstract = True

    def before_start(self, task_id, args, kwargs):
        # Has the first query look whether the server is still there, and open another connection if not.
        close_old_connections()


app = Celery("minamata_online", task_cls=TaskWithConnection)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
