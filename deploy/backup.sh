#!/bin/sh
# Saves database and media into a folder, each under its name only once it is whole, and removes copies that are too old.
#   deploy/backup.sh [--docker] FOLDER
# With --docker in the folder of docker-compose.yml. Without: PGHOST, PGDATABASE, PGUSER, ... as libpq reads them (the
# password in ~/.pgpass), and MEDIA_ROOT. KEEP_DAYS: 183 unless it is given; no longer than DATA_TERM_DAYS.
set -eu
umask 077

fail() {
    echo "backup: $1" >&2
    exit 1
}

in_postgres() { "$@"; }
tar_of_media() { tar -C "${MEDIA_ROOT:?the folder of materials}" "$@"; }
if [ "${1:-}" = --docker ]; then
    shift
    in_postgres() { docker compose exec -T -e PGUSER=minamata -e PGDATABASE=minamata postgres "$@"; }
    # In a container of its own: web may be stopped.
    tar_of_media() { docker compose run --rm --no-deps -T web tar -C /srv/media "$@"; }
else
    : "${PGDATABASE:?the name of the database}"
fi
[ $# = 1 ] && [ -d "$1" ] || fail "name the folder of the copies: deploy/backup.sh [--docker] FOLDER"
keep_days=${KEEP_DAYS:-183}
name="$1/minamata-$(date -u +%Y-%m-%dT%H%M%SZ)"
# Of backups that were killed; with a slash, since find does not follow a link.
find "$1/" -maxdepth 1 -type d -name 'unfinished.*' -mtime +0 -exec rm -rf {} +
unfinished=$(mktemp -d "$1/unfinished.XXXXXX")
trap 'rm -rf "$unfinished"' EXIT
trap 'exit 1' HUP INT TERM

in_postgres pg_dump --format=custom --no-owner > "$unfinished/dump" || fail "the database was not saved"
# Reads all of it: a copy that was cut off is none.
in_postgres pg_restore --file=/dev/null < "$unfinished/dump" || fail "the copy of the database cannot be read"
sync "$unfinished/dump"
mv "$unfinished/dump" "$name.dump"

tar_of_media -c . > "$unfinished/media" || fail "the media were not saved"
tar -t < "$unfinished/media" > /dev/null || fail "the copy of the media cannot be read"
sync "$unfinished/media"
mv "$unfinished/media" "$name.media.tar"

# For /readyz and /metrics, which say when the last one is too old. Tables of an older version have no place for it.
in_postgres psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --command="INSERT INTO registrations_lastrun (name, at)
    VALUES ('backup', now()) ON CONFLICT (name) DO UPDATE SET at = now()" \
    || echo "backup: all is saved, but nobody who watches hears of it" >&2

# Only now, so that the last good copies stay for as long as no new one is made.
find "$1/" -maxdepth 1 -type f -name 'minamata-[0-9]*' -mtime "+$keep_days" -delete
echo "$name.dump"
