"""The command of deploy/pgbouncer.yml in Debian's PgBouncer: who has the password reaches the database, nobody else."""

import os
import shlex
from contextlib import closing

import psycopg2
import pytest

from tests.deploy import compose
from tests.support.paths import ROOT
from tests.support.servers import RealServers, free_port, wait_until

pytestmark = pytest.mark.operations

PASSWORD = compose.GIVEN["POSTGRES_PASSWORD"]
IN_CONTAINER = "host=postgres port=5432"


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """Where PgBouncer listens, as deploy/pgbouncer.yml starts it, with other places and ports."""
    servers = RealServers(tmp_path_factory.mktemp("servers"))
    database_port = new_database(servers.start_postgres())
    port, log = free_port(), servers.folder / "pgbouncer.log"
    settings = (ROOT / "deploy" / "pgbouncer" / "compose.ini").read_text()
    settings = settings.replace(IN_CONTAINER, f"host=127.0.0.1 port={database_port}").replace("6432", str(port))
    (servers.folder / "compose.ini").write_text(settings.replace("/tmp/", f"{servers.folder}/"))
    _binaries, launch = servers._usable_postgres()
    given = {"POSTGRES_PASSWORD": PASSWORD, "PATH": os.environ["PATH"]}
    process = servers._spawn(command_in(servers.folder), launch | {"env": given}, log)
    wait_until(lambda: "process up" in log.read_text(), process, log)
    yield port
    servers.stop()


def command_in(folder) -> list[str]:
    command = compose.load(compose.POOL)["services"]["pgbouncer"]["command"]
    return shlex.split(command.replace("/tmp/", f"{folder}/").replace("/etc/pgbouncer/", f"{folder}/"))


def new_database(address) -> int:
    """As the image of PostgreSQL makes it; the port of its server."""
    with closing(psycopg2.connect(f"{address.rpartition('/')[0]}/postgres")) as admin, admin.cursor() as cursor:
        admin.autocommit = True
        cursor.execute(f"CREATE ROLE minamata LOGIN SUPERUSER PASSWORD '{PASSWORD}'")
        cursor.execute("CREATE DATABASE minamata OWNER minamata")
        return admin.info.port


def connect(port, password):
    return psycopg2.connect(host="127.0.0.1", port=port, user="minamata", password=password, dbname="minamata")


def test_who_has_the_password_reaches_the_database(port):
    with closing(connect(port, PASSWORD)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")

        assert cursor.fetchone() == ("minamata", "minamata")


def test_who_has_not_is_refused(port):
    with pytest.raises(psycopg2.OperationalError, match="authentication failed"):
        connect(port, "another")
