"""The settings of script/server: a default for each, and what the environment gives."""

import pytest

from script import development
from script.supervisor import environment


@pytest.fixture
def nothing_given(var, monkeypatch):
    for name in (*development.OF_PRODUCTION, "DEBUG", "EMAIL_BACKEND", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)


def test_environment_has_a_default_for_everything(nothing_given):
    built = environment.build(8123)

    assert (built["SITE_URL"], built["PORT"]) == ("http://localhost:8123", "8123")
    assert (built["DEBUG"], built["EMAIL_BACKEND"]) == ("1", development.MAIL_CATCHER)


def test_given_mail_server_is_used(nothing_given, monkeypatch):
    monkeypatch.setenv("EMAIL_HOST", "mail.example.org")

    assert "EMAIL_BACKEND" not in environment.build(8000)


def test_public_address_does_not_show_errors_and_mails(nothing_given, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://online.example.org")

    built = environment.build(8000)

    assert {"DEBUG", "EMAIL_BACKEND", "ALLOWED_HOSTS"} & set(built) == set()


def test_values_in_files_are_used(nothing_given, monkeypatch, tmp_path):
    for name, value in {"REDIS_URL": "redis://broker:6379/0", "SITE_URL": "http://a.example:8000"}.items():
        (tmp_path / name).write_text(f"{value}\n")
        monkeypatch.setenv(f"{name}_FILE", str(tmp_path / name))
    monkeypatch.setenv("SECRET_KEY_FILE", "/run/secrets/secret_key")

    built = environment.build(8000)

    assert (built["REDIS_URL"], built["SITE_URL"]) == ("redis://broker:6379/0", "http://a.example:8000")
    assert {"SECRET_KEY", "SITE_URL_FILE", "ALLOWED_HOSTS"} & set(built) == set()
