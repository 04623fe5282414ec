"""Tests of what databases do differently, once more on the database of a small installation."""

import os
import subprocess
import sys

import pytest

AGAIN = [
    "tests/registrations/attendance/test_importing.py::test_several_files_add_up_without_counting_a_minute_twice",
    "tests/registrations/figures/test_counting.py",
    "tests/registrations/people/test_search.py",
    "tests/sessions/admin/conflicts/test_two_people.py",
    "tests/sessions/admin/conflicts/test_two_people_rows.py",
]


@pytest.mark.fault
def test_they_hold_on_sqlite_too(tmp_path):
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    given = inherited | {"TEST_DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}"}
    # Every case of each rule is tried on PostgreSQL. Tables are made from the models, which is faster; that migrations
    # come to the same is in test_migrations.py, and that they run on SQLite in test_upgraded_data.py.
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not thorough", "--no-migrations", *AGAIN]

    run = subprocess.run(command, env=given, capture_output=True, text=True)

    assert run.returncode == 0, run.stdout[-3000:]
