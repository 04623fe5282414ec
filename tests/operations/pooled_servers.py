"""A site whose connections to PostgreSQL are those of a real PgBouncer, few of them, with the settings of deploy/."""

from contextlib import closing

import psycopg2

from tests.faults.servers import ServersToBreak
from tests.support import pooling
from tests.support.servers import free_port, wait_until

USER, PASSWORD = "minamata", "a-password"
CONNECTIONS = 5
GRANT = """
CREATE ROLE minamata LOGIN PASSWORD 'a-password';
GRANT ALL ON ALL TABLES IN SCHEMA public TO minamata;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO minamata;
SELECT pg_reload_conf();"""


class PooledServers(ServersToBreak):
    """The pool has CONNECTIONS to PostgreSQL, which asks its user for the password; the web server has many more."""

    threads = 20

    def start_web(self):
        self._create_user()
        self._start_pgbouncer()
        self.environment |= {"DATABASE_URL": self.pooled_url, "DATABASE_POOLED": "1"}
        super().start_web()

    @property
    def pooled_url(self) -> str:
        return f"postgres://{USER}:{PASSWORD}@127.0.0.1:{self.pooled_port}/faults"

    def connections(self) -> int:
        """Of the pool to PostgreSQL."""
        with closing(self._connect()) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE usename = %s", [USER])
            return cursor.fetchone()[0]

    def stop_pgbouncer(self, number):
        self._pgbouncer.send_signal(number)
        self._pgbouncer.wait(timeout=30)

    def start_pgbouncer_again(self):
        self._pgbouncer = self._again(self._pgbouncer, self._pgbouncer_answers)

    def repair(self):
        super().repair()
        if self._pgbouncer.poll() is not None:
            self.start_pgbouncer_again()

    def _create_user(self):
        access = self.folder / "postgres" / "pg_hba.conf"
        access.write_text(f"host all {USER} 127.0.0.1/32 scram-sha-256\n" + access.read_text())
        with closing(self._connect()) as connection, connection.cursor() as cursor:
            cursor.execute(GRANT)
            connection.commit()

    def _connect(self):
        return psycopg2.connect(host="127.0.0.1", port=self.database["PORT"], user="postgres", dbname="faults")

    def _start_pgbouncer(self):
        self.pooled_port, log = free_port(), self.folder / "pgbouncer.log"
        # As little as PostgreSQL it wants to be started by root.
        _binaries, launch = self._usable_postgres()
        self._pgbouncer = self._spawn(["pgbouncer", self._settings()], launch, log)
        wait_until(self._pgbouncer_answers, self._pgbouncer, log)

    def _settings(self):
        return pooling.write_settings(
            self.folder,
            name="faults",
            database_port=self.database["PORT"],
            port=self.pooled_port,
            size=CONNECTIONS,
            user=USER,
            password=PASSWORD,
        )

    def _pgbouncer_answers(self) -> bool:
        try:
            psycopg2.connect(self.pooled_url).close()
        except psycopg2.OperationalError:
            return False
        return True
