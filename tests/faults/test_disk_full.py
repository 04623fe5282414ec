"""The disk of the database is full, and has room again."""

import contextlib

import psycopg2
import pytest

from tests.faults import small_disk
from tests.faults.crowd import ACCEPTED, AWAY
from tests.faults.probing import readyz, ringing
from tests.faults.servers import ServersToBreak

pytestmark = pytest.mark.fault

# Inside, the server is no root.
AS_NO_ROOT = 'unshare --user --map-user=1000 --map-group=1000 "$@"'
FILL = "INSERT INTO filler SELECT repeat('x', 7000) FROM generate_series(1, %s)"


class ServersOnSmallDisk(ServersToBreak):
    """The database is on a disk of its own, its log of changes is not: PostgreSQL ends when that cannot be written."""

    @property
    def _disk(self):
        return self.folder / "disk"

    def _usable_postgres(self):
        binaries, _launch = super()._usable_postgres()
        self._disk.mkdir(exist_ok=True)
        return binaries, {"prefix": small_disk.prefix(self._disk, size="64m", command=AS_NO_ROOT)}

    def _create_database(self, address):
        super()._create_database(address)
        self._run(f"CREATE TABLESPACE small LOCATION '{self._disk}'")
        self._run("ALTER DATABASE faults SET TABLESPACE small")

    def fill_disk(self):
        self._filling = self._connect("faults")
        with self._filling.cursor() as cursor:
            cursor.execute("CREATE TABLE filler (text text)")
            cursor.execute("ALTER TABLE filler ALTER text SET STORAGE PLAIN")
            # The first connection after that stores what the next ones begin with.
            self._connect("faults").close()
            for rows in (10_000, 100, 1):
                with contextlib.suppress(psycopg2.errors.DiskFull):
                    while True:
                        cursor.execute(FILL, [rows])

    def empty_disk(self):
        with self._filling.cursor() as cursor:
            cursor.execute("DROP TABLE filler")
        self._filling.close()

    def _run(self, statement):
        with contextlib.closing(self._connect("postgres")) as connection, connection.cursor() as cursor:
            cursor.execute(statement)

    def _connect(self, database):
        connection = psycopg2.connect(host="127.0.0.1", port=self.database["PORT"], user="postgres", dbname=database)
        connection.autocommit = True
        return connection


@pytest.fixture(scope="module")
def running_servers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("servers")
    small_disk.require(folder)
    servers = ServersOnSmallDisk(folder)
    yield servers
    servers.stop()


def test_sign_ups_wait_while_the_disk_is_full(servers, crowd, start_processes, everybody_has_their_mail):
    start_processes("worker", "beat")
    servers.fill_disk()

    with crowd.at_work():
        crowd.wait_for_more(10, AWAY)
        said, rang = readyz(servers), ringing(servers)
        servers.empty_disk()
        crowd.wait_for_more(10, ACCEPTED)

    everybody_has_their_mail(crowd)
    assert "database: cannot be written, DiskFull" in said
    assert "DatabaseNotWritable" in rang
    assert {answer.status for answer in crowd.answers} == {ACCEPTED, AWAY}
    assert readyz(servers)[0] == "database: ok"
