"""manage.py in a checkout: the settings of script/server where it has run, and none of production."""

import shutil

import pytest

from tests.support.checkouts import SHOW, run_in
from tests.support.thorough import first_always


def test_manage_py_works_on_the_site_of_script_server(tree):
    (tree / "var").mkdir()
    (tree / "var/addresses.json").write_text('{"SITE_URL": "http://localhost:8001", "REDIS_URL": "redis://h:1/0"}')

    run = run_in(tree, "manage.py", "shell", "--no-imports", "-c", SHOW)

    assert run.stdout == "http://localhost:8001 True redis://h:1/0 True\n"
    assert run.stderr == f"Development settings, the data are in {tree / 'var'}.\n"


def test_manage_py_takes_no_development_settings_where_script_server_never_ran(tree):
    run = run_in(tree, "manage.py", "check")

    first, second, *_ = run.stderr.splitlines()
    assert (run.returncode, first.partition(" ")[0], second.partition(":")[0]) == (
        3,
        "script/server",
        "SECRET_KEY is not set",
    )
    assert not (tree / "var").exists()


@pytest.mark.parametrize(
    "given",
    first_always(
        [
            {"DATABASE_URL": "sqlite://:memory:"},
            {"DATABASE_URL_FILE": "/run/secrets/database_url"},
            {"EMAIL_HOST": "mail.example.org"},
            {"ORGANIZER_EMAIL": "events@example.org"},
            {"DEBUG": "0"},
            {"SITE_URL": "https://online.example.org"},
        ],
        2,
    ),
)
def test_manage_py_never_takes_development_settings_beside_one_of_production(tree, given):
    (tree / "var").mkdir()
    (tree / "var/addresses.json").write_text('{"SITE_URL": "http://localhost:8001"}')

    run = run_in(tree, "manage.py", "check", **given)

    assert run.returncode == 3
    assert "SECRET_KEY is not set" in run.stderr
    assert "Development settings" not in run.stderr


@pytest.mark.parametrize(
    "text", first_always(["[]", "null", '{"SITE_URL": 5, "REDIS_URL": []}', '{"PATH": "/nowhere"}', "{"], 2)
)
def test_file_of_addresses_that_holds_something_else_is_passed_over(tree, text):
    (tree / "var").mkdir()
    (tree / "var/addresses.json").write_text(text)

    run = run_in(tree, "manage.py", "shell", "--no-imports", "-c", SHOW)

    assert run.stdout == "http://localhost:8000 True redis://127.0.0.1:6390/0 True\n"


def test_manage_py_of_the_image_knows_no_development_settings(tree):
    shutil.rmtree(tree / "script")

    run = run_in(tree, "manage.py", "check")

    assert (run.returncode, run.stderr.splitlines()[0].partition(":")[0]) == (3, "SECRET_KEY is not set")
