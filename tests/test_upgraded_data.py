"""A filled database of an older version is brought forward: every row stays, new columns have what they must."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.deploy.conftest import new_database
from tests.support import migrated
from tests.support.paths import ROOT

pytestmark = pytest.mark.fault

# The version before: what came after it is taken back from a filled database, and done again.
BEFORE = {"registrations": "0022_mails_prepared_by_the_worker", "online_sessions": "0004_season_takes_its_sessions"}
FORTH_AND_BACK = """
import json
import sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from registrations.models import Certificate, NextSeasonSubscriber, Participant
from sessions.clocks.wall_clock import as_typed
from sessions.models import Occurrence
from tests.factories import InvitationFactory, OccurrenceFactory, SessionFactory
from tests.support.database_dump import whole_database
from tests.support.registrations import every_mail
from tests.support.registrations.signing_up import register

def written(value):
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)

def rows():
    # Permissions and kinds of content are made anew by each migration of tables.
    return whole_database(without=["auth.Permission", "contenttypes.ContentType"])

call_command("migrate", verbosity=0)
every_mail.people(now=timezone.now())
# The version before has no such tables.
NextSeasonSubscriber.objects.all().delete()
Certificate.objects.all().delete()
register(OccurrenceFactory(), email="juma@example.org", name="Juma Otieno", now=timezone.now())
# Nor had anybody chosen among the reminders.
Participant.objects.update(unwanted_leads=[])
# Nor was it noted who had opened their page: the migration stores that it is not known.
Participant.objects.filter(anonymised_at=None).update(page_opened_at=F("consented_at"))
# As forms and files store them, and as the migration finds them out.
for slot in Occurrence.objects.select_related("session__season"):
    typed = as_typed(slot.starts_at, slot.ends_at, slot.session.season.timezone)
    Occurrence.objects.filter(pk=slot.pk).update(**typed)
InvitationFactory.create_batch(3, unprepared_since=None)
announced = SessionFactory(announced_at=timezone.now(), announcement_prepared_at=None)
before = rows()
# Both apps at once: the command takes one, and works out the state of all tables each time.
MigrationExecutor(connection).migrate(list(json.loads(sys.argv[1]).items()))
tables = connection.introspection.table_names()
call_command("migrate", verbosity=0)
call_command("migrate", check_unapplied=True, verbosity=0)
after = rows()
print(json.dumps([announced.pk, tables, before, after], default=written))
"""


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def address(request, tmp_path):
    if request.param == "SQLite":
        yield f"sqlite:///{shutil.copy(migrated.sqlite_file(), tmp_path)}"
    else:
        with new_database(migrated.template()) as address:
            yield address


def test_rows_of_the_version_before_stay_as_they_are(address):
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "minamata_online.settings"}
    command = [sys.executable, "-c", FORTH_AND_BACK, json.dumps(BEFORE)]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    announced, tables, before, after = json.loads(run.stdout.splitlines()[-1])

    # Given a database that had been of the version before, with something in most tables
    assert "registrations_lastrun" not in tables
    filled = ["Message", "Registration", "Participant", "Invitation"]
    assert [name for name in filled if not before[f"registrations.{name}"]] == []

    # Then each row is there, and only what was announced has more: mails to those on the list had left then
    [session] = [row for row in before["online_sessions.Session"] if row["id"] == announced]
    session["announcement_prepared_at"] = session["announced_at"]
    assert after == before
