"""`manage.py move_database` with a filled site: the same rows, open links, mails that are sent once; or nothing."""

import fcntl
import os
import shutil
import sqlite3
import uuid
from contextlib import closing
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.deploy.copies import digests
from tests.support import migrated, warm

pytestmark = pytest.mark.fault

FILL = """
import django
django.setup()
from datetime import timedelta
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone
from registrations.models import Message
from tests.factories import OccurrenceFactory
from tests.support.registrations import every_mail
from tests.support.registrations.signing_up import register

call_command("set_up_staff_groups", verbosity=0)
now = timezone.now().replace(microsecond=123456)
every_mail.people(now=now)
slot = OccurrenceFactory(session__title="Été — 汞 — زئبق", session__season__timezone="Africa/Nairobi",
    starts_at=now + timedelta(days=9))
[first] = register(slot, now=now)
register(slot, email="gone@example.org", name="Juma Otieno", now=now)
Message.objects.filter(participant__email="gone@example.org").delete()
staff = get_user_model().objects.create_superuser("staff", email="", password="secret")
Authenticator.objects.create(user=staff, type="totp", data={"secret": "JBSWY3DPEHPK3PXP", "z": [1, 2.5, None], "a": 1})
print(first.participant.key)
"""
ASK = """
import json
import sys
import django
django.setup()
from django.test import Client
from allauth.mfa.models import Authenticator
from registrations.models import Message
from sessions.models import Occurrence

page = Client(headers={"Host": "localhost"}).get(f"/my/{sys.argv[1]}/")
feed = Client(headers={"Host": "localhost"}).get(f"/my/{sys.argv[1]}/calendar.ics")
moments = sorted(slot.starts_at.isoformat() + slot.session.season.timezone for slot in Occurrence.objects.all())
uids = sorted(line for line in feed.text.splitlines() if line.startswith("UID"))
secrets = [json.dumps(data, sort_keys=True) for data in Authenticator.objects.values_list("data", flat=True)]
unsent = sorted(Message.objects.unsent().values_list("message_id", flat=True))
print(page.status_code, feed.status_code, moments, uids, secrets, unsent)
"""
NEXT_MAIL = """
import django
django.setup()
from django.utils import timezone
from sessions.models import Occurrence
from tests.support.registrations.signing_up import register

[new] = register(Occurrence.objects.order_by("pk").last(), name="Zoe", email="zoe@example.org", now=timezone.now())
print(new.messages.get().pk)
"""


# As a database that changes what it is given.
ROUNDING = """
CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN NEW.consented_at := date_trunc(''second'', NEW.consented_at); RETURN NEW; END';
CREATE TRIGGER cut BEFORE INSERT ON registrations_participant FOR EACH ROW EXECUTE FUNCTION cut();
"""
IN_USE = "{} is in use: stop script/server, or web, worker and beat, first. Nothing was changed."
SEND = """
import django
django.setup()
from registrations.mail import delivery

delivery.deliver_due(batch=100, seconds=30)
"""


def run(*command, database, **given):
    own = os.environ | {"DJANGO_SETTINGS_MODULE": "minamata_online.settings", "DATABASE_URL": database, "DEBUG": "1"}
    return warm.run(command, env=own | given)


def said(*command, database) -> str:
    done = run(*command, database=database)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """The file of a site on SQLite, and the key of somebody's links."""
    path = shutil.copy(migrated.sqlite_file(), tmp_path_factory.mktemp("sqlite") / "minamata.sqlite3")
    return path, said("-c", FILL, database=f"sqlite:///{path}").split()[-1]


@pytest.fixture
def source(filled, tmp_path):
    """A copy of that file."""
    return shutil.copy(filled[0], tmp_path / "minamata.sqlite3")


@pytest.fixture(scope="module")
def databases():
    """Call it for the address of a database with tables and nothing else."""
    where = urlsplit(os.environ["DATABASE_URL"])
    admin = psycopg2.connect(where._replace(path="/postgres").geturl())
    admin.autocommit = True
    names = []

    def create(template="template1"):
        names.append(f"moved_{uuid.uuid4().hex[:12]}")
        with admin.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{names[-1]}" TEMPLATE "{template}"')
        return where._replace(path=f"/{names[-1]}").geturl()

    said("manage.py", "migrate", database=create(migrated.template()))
    said("manage.py", "set_up_staff_groups", database=where._replace(path=f"/{names[0]}").geturl())
    yield lambda: create(names[0])
    with admin.cursor() as cursor:
        for name in names:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    admin.close()


@pytest.fixture
def target(databases):
    return databases()


def move(source, target):
    return run("manage.py", "move_database", f"--from=sqlite:///{source}", database=target)


def rows(source) -> dict[str, int]:
    with closing(sqlite3.connect(source)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables.fetchall()}


def last_number(source) -> int:
    """Of a mail; the one that had it was deleted."""
    with closing(sqlite3.connect(source)) as database:
        [(given, highest)] = database.execute(
            "SELECT seq, (SELECT max(id) FROM registrations_message) FROM sqlite_sequence "
            "WHERE name = 'registrations_message'"
        ).fetchall()
    assert given > highest
    return given


def change(source, *statements):
    with closing(sqlite3.connect(source)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def test_everything_is_there_and_goes_on(filled, source, target):
    # Given a site on SQLite
    before, key = rows(source), filled[1]
    was_so = said("-c", ASK, key, database=f"sqlite:///{source}")

    # When it is moved
    moved = move(source, target)

    # Then each table has a line and its rows, and nothing was written to the old database
    assert moved.returncode == 0, moved.stderr
    assert rows(source) == before
    counts = {table: count for table, (count, _digest) in digests(target).items()}
    assert counts == before
    lines = dict(reversed(line.split()) for line in moved.stdout.splitlines()[:-1])
    assert lines == {table: str(count) for table, count in before.items() if table != "django_migrations"}
    # And links, moments, UIDs, second factors and waiting mails are the same
    assert was_so.startswith("200 200 ")
    assert ".123456+00:00Africa/Nairobi" in was_so
    assert "JBSWY3DPEHPK3PXP" in was_so
    assert said("-c", ASK, key, database=target) == was_so
    # And no number of a mail that was deleted is given again
    assert int(said("-c", NEXT_MAIL, database=target)) == last_number(source) + 1


def fails(source, target, because):
    """And leaves no trace in either."""
    before, was_there = rows(source), digests(target)
    moved = move(source, target)
    assert moved.returncode == 1
    assert moved.stderr.splitlines()[-1].startswith(f"CommandError: {because}")
    assert (rows(source), digests(target)) == (before, was_there)


def test_second_time_is_refused(source, target):
    assert move(source, target).returncode == 0

    fails(source, target, "The database of DATABASE_URL is not empty: mfa_authenticator has rows.")


def test_waiting_mails_are_sent_once(source, target, smtp_server):
    assert move(source, target).returncode == 0
    server = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(smtp_server.port)}

    for _ in range(2):
        done = run("-c", SEND, database=target, **server)
        assert done.returncode == 0, done.stderr

    assert [mail.rcpt_tos for mail in smtp_server.mails] == [("amina@example.org",)]


def test_running_site_is_noticed_by_its_lock(source, target):
    with source.with_name("server.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        fails(source, target, IN_USE.format(source))


def test_process_that_has_it_open_is_noticed(source, target):
    with closing(sqlite3.connect(source)) as idle:
        idle.execute("SELECT count(*) FROM auth_user").fetchall()

        fails(source, target, IN_USE.format(source))


@pytest.mark.parametrize(
    ("statements", "because"),
    [
        (
            ["INSERT INTO registrations_lastrun VALUES ('a' || char(0), '2026-01-01 00:00:00')"],
            "PostgreSQL does not take a row of registrations_lastrun: ValueError.",
        ),
        (
            ["UPDATE registrations_participant SET name = replace(hex(zeroblob(5000)), '00', 'x')"],
            "PostgreSQL does not take a row of registrations_participant: value too long for type character "
            "varying(200).",
        ),
        (
            ["PRAGMA foreign_keys = OFF", "DELETE FROM online_sessions_stream"],
            'A row refers to one that is missing: insert or update on table "online_sessions_session" violates '
            "foreign key constraint",
        ),
        (
            ["DELETE FROM django_migrations WHERE name = '0023_last_runs'"],
            "The tables of the source are not of this version: run `manage.py migrate` there first.",
        ),
    ],
    ids=["NUL", "too long", "nobody there", "older tables"],
)
def test_what_cannot_be_moved_leaves_no_trace(statements, because, source, target):
    change(source, *statements)

    fails(source, target, because)


def test_file_that_is_not_there_is_not_made(source, target, tmp_path):
    moved = move(tmp_path / "other.sqlite3", target)

    assert moved.stderr.splitlines()[-1] == f"CommandError: {tmp_path / 'other.sqlite3'} does not exist."
    assert not (tmp_path / "other.sqlite3").exists()


@pytest.mark.parametrize("octets", [b"-- a dump of SQLite, in words\n" * 200, b"SQLite format 3\0" + b"\xff" * 4000])
def test_file_that_is_no_database_is_named(octets, target, tmp_path):
    path = tmp_path / "dump.sql"
    path.write_bytes(octets)

    moved = move(path, target)

    assert moved.returncode == 1
    assert moved.stderr == f"CommandError: {path} cannot be moved: file is not a database. Nothing was changed.\n"


def test_table_that_differs_afterwards_is_named_and_nothing_is_kept(source, target):
    with psycopg2.connect(target) as database, database.cursor() as cursor:
        cursor.execute(ROUNDING)
    database.close()

    fails(source, target, "registrations_participant is not the same in both databases.")
