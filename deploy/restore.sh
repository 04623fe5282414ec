#!/bin/sh
# Puts a saved database in the place of the present one, whatever version its tables have: all of it, or nothing.
#   deploy/restore.sh [--docker] COPY.dump
# With --docker in the folder of docker-compose.yml. Without: PGHOST, PGDATABASE, PGUSER, ... as libpq reads them.
# Web, worker and beat must be stopped, and the folder of media is not touched: see Going back in docs/deploy.md, or,
# without Docker, in docs/run-without-docker.md.
set -eu

fail() {
    echo "restore: $1" >&2
    exit 1
}

in_postgres() { "$@"; }
if [ "${1:-}" = --docker ]; then
    shift
    in_postgres() { docker compose exec -T -e PGUSER=minamata -e PGDATABASE=minamata postgres "$@"; }
else
    : "${PGDATABASE:?the name of the database}"
fi
[ $# = 1 ] || fail "name the copy: deploy/restore.sh [--docker] COPY.dump"
[ -r "$1" ] || fail "$1 is not there, or $(id -un) may not read it"

others="SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
count=$(in_postgres psql --no-psqlrc --tuples-only --no-align --command="$others") || fail "the database does not answer"
[ "$count" = 0 ] || fail "stop web, worker and beat first: $count connections are open; nothing was changed"

# COMMIT comes only after the last line of the copy: whatever ends before it leaves the database as it was.
statements() {
    echo "BEGIN; SET LOCAL lock_timeout = '10s'; SET LOCAL client_min_messages = warning;"
    echo "DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC;"
    in_postgres pg_restore --file=- --no-owner < "$1" || return
    printf '%s\n' 'COMMIT;' '\echo restored'
}

said=$(statements "$1" | in_postgres psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --output=/dev/null) || said=
[ "$said" = restored ] || fail "the copy was not restored; the database is as it was"
echo "restored: $1"
