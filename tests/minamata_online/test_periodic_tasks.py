"""What Celery beat starts: each entry names a task that there is, and each task without arguments is started."""

import inspect

import pytest
from celery import current_app
from django.conf import settings

from minamata_online.configuration import beat_schedule

SCHEDULE = beat_schedule.entries(reads_replies=True)
# Tasks without arguments that beat does not start, each with its reason.
STARTED_OTHERWISE = {"registrations.tasks.deliver_newest": "whoever posts a mail"}


@pytest.fixture(scope="module")
def tasks():
    """Those of our own, by name."""
    current_app.loader.import_default_modules()
    return {name: task for name, task in current_app.tasks.items() if not name.startswith("celery.")}


def test_setting_is_what_is_tested_here():
    assert {name: SCHEDULE[name] for name in settings.CELERY_BEAT_SCHEDULE} == settings.CELERY_BEAT_SCHEDULE


@pytest.mark.parametrize("name", SCHEDULE)
def test_each_entry_names_a_task_and_lets_no_runs_pile_up(tasks, name):
    entry = SCHEDULE[name]

    assert entry["task"] in tasks, f"no worker knows the task of {name!r} in beat_schedule.py"
    assert entry.get("options", {}).get("expires"), f"without `expires`, runs of {name!r} pile up while no worker runs"


def test_each_task_without_arguments_is_in_the_schedule(tasks):
    scheduled = {entry["task"] for entry in SCHEDULE.values()}

    forgotten = [name for name, task in tasks.items() if _needs_nothing(task) and name not in scheduled]

    assert set(forgotten) == set(STARTED_OTHERWISE), "add a line to beat_schedule.py, or say here who starts it"


def _needs_nothing(task) -> bool:
    parameters = inspect.signature(task.run).parameters.values()
    return all(each.default is not each.empty for each in parameters)
