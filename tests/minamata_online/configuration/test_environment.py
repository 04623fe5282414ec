"""The start: what is missing or wrong is said in a line, and secrets may be in files."""

import os

import pytest

from tests.support.processes import start
from tests.support.thorough import first_always

GUNICORN = ["-m", "gunicorn", "minamata_online.wsgi", "--bind", "127.0.0.1:0", "--no-control-socket"]
STARTS = {
    "manage.py": ["manage.py", "check"],
    "web": GUNICORN,
    "worker": ["-m", "celery", "-A", "minamata_online", "worker"],
    "beat": ["-m", "celery", "-A", "minamata_online", "beat", "--schedule", os.devnull, "--pidfile="],
}
SHOW_KEY = ["-c", "from minamata_online import settings; print(repr(settings.SECRET_KEY))"]


@pytest.mark.parametrize("name", ["SECRET_KEY", "SITE_URL"])
@pytest.mark.parametrize("process", first_always(STARTS))
def test_start_without_it_ends_with_a_line_that_names_it(process, name):
    run = start(STARTS[process], **{name: None})

    assert run.returncode == 3
    assert f"{name} is not set: " in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("empty", [None, ""])
def test_each_missing_one_has_a_line(empty):
    run = start(STARTS["manage.py"], SECRET_KEY=empty, SITE_URL=empty)
    in_a_file = "A file that holds it can be named by"

    assert run.stderr.splitlines() == [
        f"SECRET_KEY is not set: a long random text. {in_a_file} SECRET_KEY_FILE.",
        "SITE_URL is not set: the public address, as https://online.example.org, without a path. "
        f"{in_a_file} SITE_URL_FILE.",
    ]


def test_secret_in_a_file_is_read_without_its_line_end(tmp_path):
    (tmp_path / "key").write_text("from-a-file-" * 3 + "\n")

    assert start(SHOW_KEY, SECRET_KEY_FILE=str(tmp_path / "key")).stdout == f"'{'from-a-file-' * 3}'\n"


def test_file_that_is_not_there_is_named(tmp_path):
    run = start(SHOW_KEY, SECRET_KEY_FILE=str(tmp_path / "none"))

    assert (run.returncode, run.stderr) == (
        3,
        f"SECRET_KEY_FILE={tmp_path / 'none'} cannot be read: FileNotFoundError.\n",
    )
