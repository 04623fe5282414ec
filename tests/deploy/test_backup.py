"""Saved and restored as docs/deploy.md says: the same rows, open links; and back over the tables of a newer version."""

import os
import re
import shutil
import subprocess
import time

import psycopg2
import pytest
from django.utils import timezone

from registrations import last_runs
from registrations.models import Message, Registration
from tests.deploy.copies import Copies, ask_restored, digests
from tests.factories import MaterialFactory, OccurrenceFactory, SessionFactory, SpeakerFactory
from tests.support import warm
from tests.support.checkouts import NOT_COPIED
from tests.support.paths import ROOT
from tests.support.registrations.signing_up import register
from tests.support.servers import RealServers
from tests.support.workers import _test_database_url

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

GUIDE = (ROOT / "docs" / "deploy.md").read_text()
NOBODY_LISTENS = "postgres://nobody@127.0.0.1:9/nothing"
WAYS = {"local": [], "docker": ["--docker"]}
# A table that refers to one of ours, and a column that the code of before cannot fill.
NEWER = """
from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("registrations", "{last}")]
    operations = [migrations.RunSQL([
        "CREATE TABLE registrations_newer (id int REFERENCES registrations_registration (id))",
        "INSERT INTO registrations_newer SELECT id FROM registrations_registration",
        "ALTER TABLE registrations_registration ADD newer text DEFAULT '' NOT NULL",
        "ALTER TABLE registrations_registration ALTER newer DROP DEFAULT",
    ])]
"""


@pytest.fixture
def copies(tmp_path):
    return Copies(tmp_path)


@pytest.fixture(scope="module")
def second_server(tmp_path_factory):
    servers = RealServers(tmp_path_factory.mktemp("second"))
    yield servers.start_postgres().rpartition("/")[0]
    servers.stop()


@pytest.fixture
def empty_database(second_server):
    """Its address, as of a role that owns it and may do nothing else."""
    admin = psycopg2.connect(f"{second_server}/postgres")
    admin.autocommit = True
    with admin.cursor() as cursor:
        for statement in ("CREATE ROLE minamata LOGIN", "CREATE DATABASE minamata OWNER minamata"):
            cursor.execute(statement)
        yield second_server.replace("postgres@", "minamata@") + "/minamata"
        for statement in ("DROP DATABASE minamata WITH (FORCE)", "DROP ROLE minamata"):
            cursor.execute(statement)
    admin.close()


def fill() -> Registration:
    """A season with something in most tables; returns the registration whose link is to open."""
    slot = OccurrenceFactory(session__title="Été — 汞 — زئبق")
    SpeakerFactory(session=slot.session)
    MaterialFactory(session=slot.session)
    other = OccurrenceFactory(session=SessionFactory(season=slot.session.season))
    registered = register(slot, other, now=timezone.now())
    for number in range(50):
        register(slot, email=f"person{number}@example.org", name="Juma Otieno", now=timezone.now())
    Message.objects.filter(pk__in=Message.objects.order_by("pk")[:40]).update(status=Message.Status.SENT)
    return registered[0]


@pytest.fixture
def newer_version(tmp_path):
    """A copy of the program with one more migration."""
    tree = shutil.copytree(ROOT, tmp_path / "newer", ignore=NOT_COPIED)
    folder = tree / "registrations" / "migrations"
    last = max(path.stem for path in folder.glob("0*.py"))
    (folder / "9999_of_a_newer_version.py").write_text(NEWER.format(last=last))
    return tree


def manage(tree, *command, address):
    own = os.environ | {"DATABASE_URL": address}
    return warm.run(["manage.py", *command], cwd=tree, env=own)


@pytest.mark.parametrize("options", WAYS.values(), ids=WAYS)
def test_restored_database_has_the_same_rows_and_opens_the_same_links(options, copies, empty_database):
    # Given a season with people, saved
    registration = fill()
    before = digests(_test_database_url())
    copy = copies.save(address=_test_database_url())

    # When it is restored into an empty server, saved there, and restored once more
    copies.restore(*options, copy, address=empty_database)
    copy = copies.save(*options, address=empty_database)
    copies.restore(*options, copy, address=empty_database)

    # Then every row is there, a link from a mail opens also under another SECRET_KEY, and people can sign up
    assert digests(empty_database) == before
    assert before["registrations_registration"][0] == 52
    assert before["registrations_message"][0] == 53
    answers = ask_restored(f"/my/{registration.participant.key}/", empty_database)
    assert answers[:2] == ["200", "True"]
    assert int(answers[2]) > Registration.objects.order_by("pk").last().pk


@pytest.mark.parametrize("options", WAYS.values(), ids=WAYS)
def test_whole_copy_leaves_its_time_for_those_who_watch(options, copies, empty_database):
    copies.restore(copies.save(address=_test_database_url()), address=empty_database)
    assert last_backup(empty_database) is None
    began = timezone.now()

    copies.save(*options, address=empty_database)

    assert began <= last_backup(empty_database) <= timezone.now()


def last_backup(address):
    with psycopg2.connect(address) as database, database.cursor() as cursor:
        cursor.execute("SELECT max(at) FROM registrations_lastrun WHERE name = %s", [last_runs.BACKUP])
        [at] = cursor.fetchone()
    database.close()
    return at


def test_copy_is_whole_where_nobody_can_note_its_time(copies, empty_database):
    run = copies.run("backup.sh", str(copies.folder), address=empty_database)

    assert run.returncode == 0
    assert run.stderr.splitlines()[-1] == "backup: all is saved, but nobody who watches hears of it"


def test_way_back_from_a_newer_version(copies, empty_database, newer_version):
    # Given a copy, an upgrade after it, and people who signed up since
    registration = fill()
    before = digests(_test_database_url())
    copy = copies.save(address=_test_database_url())
    copies.restore(copy, address=empty_database)
    ask_restored("/", empty_database)
    migrated = manage(newer_version, "migrate", address=empty_database)
    assert migrated.returncode == 0, migrated.stderr
    assert manage(ROOT, "check_post", address=empty_database).returncode == 3

    # When one goes back
    copies.restore("--docker", copy, address=empty_database)

    # Then nothing of the newer version is left, old links open, people sign up, and what had left is not sent again
    assert digests(empty_database) == before
    answers = ask_restored(f"/my/{registration.participant.key}/", empty_database)
    assert answers[:2] + answers[3:] == ["200", "True", "13"]
    assert manage(ROOT, "check_post", address=empty_database).returncode != 3


# In the list of what is in it, and among the rows.
@pytest.mark.parametrize("cut", [0.1, 0.5])
def test_copy_that_was_cut_off_changes_nothing(cut, copies, empty_database):
    fill()
    copy = copies.save(address=_test_database_url())
    copies.restore(copy, address=empty_database)
    ask_restored("/", empty_database)
    before = digests(empty_database)
    with open(copy, "r+b") as file:
        file.truncate(int(file.seek(0, os.SEEK_END) * cut))

    run = copies.run("restore.sh", copy, address=empty_database)

    assert run.returncode == 1
    assert run.stderr.splitlines()[-1] == "restore: the copy was not restored; the database is as it was"
    assert digests(empty_database) == before


def test_nothing_is_restored_under_a_running_site(copies, empty_database):
    copy = copies.save(address=_test_database_url())
    with psycopg2.connect(empty_database):
        run = copies.run("restore.sh", copy, address=empty_database)

    assert run.returncode == 1
    assert run.stderr == ("restore: stop web, worker and beat first: 1 connections are open; nothing was changed\n")
    assert digests(empty_database) == {}


def test_copy_that_cannot_be_read_is_named(copies, empty_database):
    run = copies.run("restore.sh", "/srv/gone.dump", address=empty_database)

    assert run.returncode == 1
    assert run.stderr.startswith("restore: /srv/gone.dump is not there, or ")


@pytest.fixture
def aged(copies):
    """Call it for a file in the folder of copies that is so many days old."""

    def make(name, days):
        path = copies.folder / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
        for changed in {path, path.parent} - {copies.folder}:
            os.utime(changed, (time.time() - days * 24 * 3600,) * 2)

    return make


def test_copies_are_for_their_owner_only_and_go_when_they_are_old(copies, aged):
    (copies.media / "slides.pdf").write_bytes(b"%PDF")
    aged("minamata-2025-01-02T023000Z.dump", 200)
    aged("minamata-2025-01-02T023000Z.media.tar", 200)
    kept = ["minamata-2026-01-02T023000Z.dump", "minamata-online.conf", "notes.txt"]
    for name, days in zip(kept, (100, 200, 200), strict=True):
        aged(name, days)

    copy = copies.save(address=_test_database_url()).rpartition("/")[2]

    media = copy.replace(".dump", ".media.tar")
    assert sorted(os.listdir(copies.folder)) == sorted([copy, media, *kept])
    assert [(copies.folder / name).stat().st_mode & 0o777 for name in (copy, media)] == [0o600, 0o600]
    listed = subprocess.run(["tar", "-tf", copies.folder / media], capture_output=True, text=True)
    assert "./slides.pdf" in listed.stdout.split()


def test_old_copies_go_where_the_folder_is_a_link_and_what_a_killed_backup_left_goes_too(copies, aged, tmp_path):
    # Given an old copy, one that nobody ended, and one that is being made
    aged("minamata-2025-01-02T023000Z.dump", 200)
    aged("unfinished.abcdef/dump", 2)
    aged("unfinished.ghijkl/dump", 0)
    (tmp_path / "link to copies").symlink_to(copies.folder)

    run = copies.run("backup.sh", str(tmp_path / "link to copies"), address=_test_database_url())

    assert run.returncode == 0, run.stderr
    copy = os.path.basename(run.stdout.strip())
    assert sorted(os.listdir(copies.folder)) == [copy, copy.replace(".dump", ".media.tar"), "unfinished.ghijkl"]


@pytest.mark.parametrize("options", WAYS.values(), ids=WAYS)
def test_failed_backup_says_so_and_leaves_what_was_there(options, copies, aged):
    aged("minamata-2025-01-02T023000Z.dump", 200)

    run = copies.run("backup.sh", *options, str(copies.folder), address=NOBODY_LISTENS)

    assert run.returncode == 1
    assert run.stderr.splitlines()[-1] == "backup: the database was not saved"
    assert os.listdir(copies.folder) == ["minamata-2025-01-02T023000Z.dump"]


def test_database_is_kept_though_the_media_cannot_be_read(copies):
    copies.media.rmdir()

    run = copies.run("backup.sh", str(copies.folder), address=_test_database_url())

    assert (run.returncode, run.stderr.splitlines()[-1]) == (1, "backup: the media were not saved")
    assert last_backup(_test_database_url()) is None
    assert [name.rpartition(".")[2] for name in os.listdir(copies.folder)] == ["dump"]


@pytest.mark.parametrize("script", ["backup.sh", "restore.sh"])
def test_without_its_argument_each_says_what_it_wants(script, copies):
    run = copies.run(script, address=NOBODY_LISTENS)

    assert run.returncode == 1
    assert f"deploy/{script} [--docker] " in run.stderr


def test_guide_names_both():
    assert set(re.findall(r"deploy/(?:backup|restore)\.sh --docker", GUIDE)) == {
        "deploy/backup.sh --docker",
        "deploy/restore.sh --docker",
    }
