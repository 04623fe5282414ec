#!/bin/sh
# deploy/go-back.sh    without Docker, for root: the version before the last upgrade, and the database as it was then
#
# What people did since the upgrade is lost to the site; it is saved first, to be looked up. Materials stay as they are.
set -eu

[ -r /etc/minamata-online/before ] || { echo "go-back: no upgrade is noted; docs/run-without-docker.md, Going back" >&2; exit 1; }
. /etc/minamata-online/before
[ -r "$copy" ] && [ -e "$folder/.installed" ] || { echo "go-back: $copy or $folder is gone" >&2; exit 1; }

systemctl start minamata-backup
systemctl stop minamata-web minamata-worker minamata-beat
/opt/minamata-online/deploy/as-site.sh deploy/restore.sh "$copy" || {
    echo "go-back: $copy was not restored, the reason is above; the database is as it was" >&2
    # Any command refuses newer tables with 3: so an upgrade leaves them that stopped half-way.
    status=0
    /opt/minamata-online/deploy/as-site.sh python manage.py shell --command pass > /dev/null 2>&1 || status=$?
    if [ "$status" = 3 ]; then
        echo "go-back: no service runs, the present version does not know these tables; end what is named above, then" \
            "do this once more" >&2
    else
        systemctl start minamata-web minamata-worker minamata-beat
        echo "go-back: the present version runs on" >&2
    fi
    exit 1
}
"$folder/deploy/run.sh" "$folder"
rm /etc/minamata-online/before
echo "go-back: $folder runs, with the database of $copy"
