"""What script/server says when everything runs."""

from script.supervisor import summary
from script.supervisor.folder import VAR

ENVIRONMENT = {"SITE_URL": "http://localhost:8000"}
MANAGE_PY = ".venv/bin/python manage.py"


def said(**given):
    return "\n".join(summary.lines(ENVIRONMENT | given, given=given, password_is_new=False))


def test_nothing_is_said_about_production_where_nothing_of_it_is_given():
    assert "production" not in said(PORT="8000", DEBUG="1")


def test_settings_of_production_are_named_with_what_to_type():
    text = said(SECRET_KEY="k9", SITE_URL="https://online.example.org", DATABASE_URL_FILE="/run/secrets/url", DEBUG="0")

    assert "settings of production are given (SECRET_KEY, SITE_URL, DATABASE_URL, DEBUG).\n" in text
    assert f"\n            {MANAGE_PY} createsuperuser\n            {MANAGE_PY} load_season sessions/data/" in text
    assert "password" not in text
    assert "k9" not in text


def test_what_was_filled_in_is_typed_too():
    text = said(EMAIL_HOST="mail.example.org")

    secret = f"SECRET_KEY_FILE={VAR}/secret-key.txt"
    assert f"\n            env {secret} SITE_URL=http://localhost:8000 {MANAGE_PY} createsuperuser\n" in text
