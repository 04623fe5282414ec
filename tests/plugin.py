"""Starts the real servers before Django reads its settings; loaded by `-p tests.plugin`, a conftest comes too late."""

import gc
import os
import tempfile

import pytest
from django.template.context import RequestContext
from django.test.signals import template_rendered

from tests.support import migrated
from tests.support.servers import CannotStart, RealServers

ENVIRONMENT = {
    "DEBUG": "0",
    "SECRET_KEY": "only-for-tests",
    "SITE_URL": "http://localhost:8081",
    "ALLOWED_HOSTS": "localhost,127.0.0.1",
    "ORGANIZER_EMAIL": "events@minamata.test",
    "REPLY_TO_EMAIL": "events@minamata.test",
    "UID_DOMAIN": "minamata.test",
    # Tests type faster than people; those of the traps set it themselves.
    "SIGN_UP_SECONDS": "0",
    # A page that a test asks for shows what the line before has changed.
    "PROGRAMME_SECONDS": "0",
    # Nobody listens on the discard port: a test that sends without the fixture smtp_server fails and reaches no one.
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "127.0.0.1",
    "EMAIL_PORT": "9",
    "EMAIL_HOST_USER": "",
    "EMAIL_HOST_PASSWORD": "",
    "EMAIL_USE_TLS": "0",
    "EMAIL_USE_SSL": "0",
    # Playwright keeps an event loop in the thread of the tests, which Django would take for asynchronous code.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
}

# script/test looks for the modules with these marks, so that only they are collected.
SOUGHT_BY_TEXT = ("browser", "fault", "counts_seconds")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config):
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        _take_own_broker_database(worker)
    else:
        os.environ.update(ENVIRONMENT)
        _start_servers(early_config)
    return (yield)


def _start_servers(config):
    servers = RealServers(tempfile.mkdtemp(prefix="minamata-tests-"))
    config.add_cleanup(servers.stop)
    # Empty and on its own: whitenoise reads the whole folder for every test client.
    (servers.folder / "static").mkdir()
    os.environ["STATIC_ROOT"] = str(servers.folder / "static")
    try:
        os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or servers.start_migrated_postgres()
        os.environ["POSTGRES_LOG"] = "" if "TEST_DATABASE_URL" in os.environ else str(servers.postgres_log)
        os.environ["REDIS_URL"] = os.environ.get("TEST_REDIS_URL") or servers.start_valkey()
    except CannotStart as reason:
        raise pytest.UsageError(str(reason)) from None


def _take_own_broker_database(worker):
    address, _, _ = os.environ["REDIS_URL"].rpartition("/")
    os.environ["REDIS_URL"] = f"{address}/{int(worker.removeprefix('gw')) + 1}"


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Modules and thousands of tests stay to the end: looking for garbage among them takes half of the collecting.

    At Python's own pace, which suits smaller programs, it would take a twelfth of the tests as well.
    """
    gc.disable()
    answer = yield
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    gc.enable()
    return answer


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for mark in SOUGHT_BY_TEXT:
        for path in {item.path for item in items if item.get_closest_marker(mark)}:
            if f"pytest.mark.{mark}" not in path.read_text():
                raise pytest.UsageError(f"script/test would not find {path}: write pytest.mark.{mark} in it.")


# The same after every migration, so that nothing has to write them anew.
KEPT_TABLES = ("django_content_type", "auth_permission")


def _delete_statements(operations, style, tables, *, reset_sequences=False, allow_cascade=False):
    """TRUNCATE makes new files for each table and index, which takes longer than most tests; few rows go sooner."""
    return [f"DELETE FROM {operations.quote_name(table)}" for table in tables if table not in KEPT_TABLES]


def _render(template, context):
    """`response.context` is that of the page; Django's copies one for each included template and each form field."""
    if isinstance(context, RequestContext) and context.template is template:
        template_rendered.send(sender=template, template=template, context=context)
    return template.nodelist.render(context)


@pytest.hookimpl(trylast=True)
def pytest_configure():
    from django.conf import settings
    from django.db.backends.postgresql.operations import DatabaseOperations
    from django.test import utils

    DatabaseOperations.sql_flush = _delete_statements
    utils.instrumented_test_render = _render

    if "TEST_DATABASE_URL" not in os.environ:
        settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = migrated.DATABASE
    # The server of live_server finds files by their plain names, not by those of the manifest.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    # The hash of production is slow on purpose; it costs half a second for every staff user of a test.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
