"""Saved and restored as docs/deploy.md says: the same rows on an empty server, and personal links still open."""

import os
import re
import subprocess
import sys

import psycopg2
import pytest
from django.utils import timezone

from registrations.models import Registration
from tests.factories import MaterialFactory, OccurrenceFactory, SessionFactory, SpeakerFactory
from tests.support.paths import ROOT
from tests.support.registrations.signing_up import register
from tests.support.servers import RealServers, _postgres_binaries
from tests.support.workers import _test_database_url

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

GUIDE = (ROOT / "docs" / "deploy.md").read_text()
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
# All columns of all rows, in an order that does not depend on where they lie.
DIGEST = "SELECT count(*), md5(coalesce(string_agg(row::text, chr(10) ORDER BY row::text), '')) FROM \"{}\" AS row"
OPEN_AND_SIGN_UP = """
import sys
import django
django.setup()
from django.test import Client
from django.utils import timezone
from sessions.models import Occurrence
from tests.support.registrations.signing_up import register

page = Client(headers={"Host": "localhost"}).get(sys.argv[1])
[new] = register(Occurrence.objects.first(), name="Wanjiru Kamau", email="wanjiru@example.org", now=timezone.now())
print(page.status_code, "Amina Otieno" in page.text, new.pk)
"""


@pytest.fixture
def empty_server(tmp_path):
    """The address of an empty database on a server of its own."""
    servers = RealServers(tmp_path / "second")
    servers.folder.mkdir()
    yield servers.start_postgres().rpartition("/")[0] + "/postgres"
    servers.stop()


def words_of(program) -> list[str]:
    """The words after `pg_dump` or `pg_restore` in the guide, without those that name user and database."""
    [line] = set(re.findall(rf"{program} ([^|<>\n]*)", GUIDE))
    return re.sub(r"--(username|dbname)[ =]minamata|\bminamata\b", "", line).split()


def run(program, *more, **streams):
    subprocess.run([_postgres_binaries() / program, *words_of(program), *more], check=True, **streams)


def digests(address) -> dict[str, tuple[int, str]]:
    with psycopg2.connect(address) as database, database.cursor() as cursor:
        cursor.execute(TABLES)
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(DIGEST.format(table))
            found[table] = cursor.fetchone()
    database.close()
    return found


def fill() -> Registration:
    """A season with something in most tables; returns the registration whose link is to open."""
    slot = OccurrenceFactory(session__title="Été — 汞 — زئبق")
    SpeakerFactory(session=slot.session)
    MaterialFactory(session=slot.session)
    other = OccurrenceFactory(session=SessionFactory(season=slot.session.season))
    registered = register(slot, other, now=timezone.now())
    for number in range(50):
        register(slot, email=f"person{number}@example.org", name="Juma Otieno", now=timezone.now())
    return registered[0]


def test_restored_database_has_the_same_rows_and_opens_the_same_links(tmp_path, empty_server):
    # Given a season with people, saved
    registration = fill()
    backup, before = tmp_path / "backup", digests(_test_database_url())
    with backup.open("wb") as output:
        run("pg_dump", _test_database_url(), stdout=output)

    # When it is restored into an empty server
    with backup.open("rb") as saved:
        run("pg_restore", f"--dbname={empty_server}", stdin=saved)

    # Then every row is there, a link from a mail opens also under another SECRET_KEY, and people can sign up
    assert digests(empty_server) == before
    assert before["registrations_registration"][0] == 52
    assert before["registrations_message"][0] == 53
    environment = {"DATABASE_URL": empty_server, "DEBUG": "1", "SECRET_KEY": "another one"}
    answers = ask_restored(f"/my/{registration.participant.key}/", environment)
    assert answers[:2] == ["200", "True"]
    assert int(answers[2]) > Registration.objects.order_by("pk").last().pk


def test_restoring_over_an_older_state_leaves_none_of_it(tmp_path, empty_server):
    fill()
    backup, before = tmp_path / "backup", digests(_test_database_url())
    with backup.open("wb") as output:
        run("pg_dump", _test_database_url(), stdout=output)

    for _ in range(2):
        with backup.open("rb") as saved:
            run("pg_restore", f"--dbname={empty_server}", stdin=saved)

    assert digests(empty_server) == before


def ask_restored(path, environment) -> list[str]:
    own = os.environ | {"DJANGO_SETTINGS_MODULE": "minamata_online.settings"} | environment
    command = [sys.executable, "-c", OPEN_AND_SIGN_UP, path]
    return subprocess.run(command, cwd=ROOT, env=own, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
