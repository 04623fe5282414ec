"""The tests of two people at one form once more, on the database of a small installation."""

import os
import subprocess
import sys

import pytest

TESTS = ["tests/sessions/admin/conflicts/test_two_people.py", "tests/sessions/admin/conflicts/test_two_people_rows.py"]


@pytest.mark.fault
def test_nobody_undoes_anybody_on_sqlite_either(tmp_path):
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    given = inherited | {"TEST_DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}"}

    run = subprocess.run([sys.executable, "-m", "pytest", "-q", *TESTS], env=given, capture_output=True, text=True)

    assert run.returncode == 0, run.stdout[-3000:]
