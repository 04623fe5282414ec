"""The scripts that save and restore, run as operators run them: by names of libpq, or through Docker."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg2

from tests.support.paths import ROOT
from tests.support.servers import _postgres_binaries

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
# All columns of all rows, in an order that does not depend on where they lie.
DIGEST = "SELECT count(*), md5(coalesce(string_agg(row::text, chr(10) ORDER BY row::text), '')) FROM \"{}\" AS row"
# In the place of Docker: runs here what it would run in the container of the service.
DOCKER = """#!/bin/sh
case "$*" in
"compose exec -T "*) shift 3; while [ "$1" = -e ]; do export "$2"; shift 2; done; shift ;;
"compose run --rm --no-deps -T web tar -C /srv/media "*) shift 9; set -- tar -C "$VOLUME_OF_MEDIA" "$@" ;;
*) exit 64 ;;
esac
exec "$@"
"""
OPEN_AND_SIGN_UP = """
import sys
import django
django.setup()
from django.test import Client
from django.utils import timezone
from registrations.models import Message
from sessions.models import Occurrence
from tests.support.registrations.signing_up import register

unsent = Message.objects.unsent().count()
page = Client(headers={"Host": "localhost"}).get(sys.argv[1])
[new] = register(Occurrence.objects.first(), name="Wanjiru Kamau", email="wanjiru@example.org", now=timezone.now())
print(page.status_code, "Amina Otieno" in page.text, new.pk, unsent)
"""


class Copies:
    """deploy/backup.sh and deploy/restore.sh, with a folder of copies and one of media."""

    def __init__(self, folder):
        self.folder, self.media, self._programs = folder / "copies", folder / "media", folder / "programs"
        for path in (self.folder, self.media, self._programs):
            path.mkdir()
        (self._programs / "docker").write_text(DOCKER)
        (self._programs / "docker").chmod(0o755)

    def run(self, script, *arguments, address, **given):
        where = urlsplit(address)
        own = {"PATH": f"{self._programs}:{_postgres_binaries()}:/usr/bin:/bin", "PGHOST": where.hostname}
        own |= {"PGPORT": str(where.port)} | given
        if "--docker" in arguments:
            own |= {"VOLUME_OF_MEDIA": str(self.media)}
        else:
            own |= {"PGUSER": where.username, "PGDATABASE": where.path[1:], "MEDIA_ROOT": str(self.media)}
        return subprocess.run([ROOT / "deploy" / script, *arguments], env=own, capture_output=True, text=True)

    def save(self, *options, address) -> str:
        """The path of the copy."""
        run = self.run("backup.sh", *options, str(self.folder), address=address)
        assert run.returncode == 0, run.stderr
        return run.stdout.strip()

    def restore(self, *options, address):
        """Without a word about what it drops."""
        run = self.run("restore.sh", *options, address=address)
        assert (run.returncode, run.stderr) == (0, "")


def digests(address) -> dict[str, tuple[int, str]]:
    with psycopg2.connect(address) as database, database.cursor() as cursor:
        cursor.execute(TABLES)
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(DIGEST.format(table))
            found[table] = cursor.fetchone()
    database.close()
    return found


def ask_restored(path, address) -> list[str]:
    """Of a page under another SECRET_KEY, and the next sign-up: status, whose page, number, and mails to be sent."""
    own = os.environ | {"DJANGO_SETTINGS_MODULE": "minamata_online.settings"}
    own |= {"DATABASE_URL": address, "DEBUG": "1", "SECRET_KEY": "another one"}
    command = [sys.executable, "-c", OPEN_AND_SIGN_UP, path]
    return subprocess.run(command, cwd=ROOT, env=own, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
