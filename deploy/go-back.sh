#!/bin/sh
# deploy/go-back.sh    without Docker, for root: the version before the last upgrade, and the database as it was then
#
# What people did since the upgrade is lost to the site; it is saved first, to be looked up. Materials stay as they are.
set -eu

[ -r /etc/minamata-online/before ] || { echo "go-back: no upgrade is noted; docs/deploy.md, Going back" >&2; exit 1; }
. /etc/minamata-online/before
[ -r "$copy" ] && [ -e "$folder/.installed" ] || { echo "go-back: $copy or $folder is gone" >&2; exit 1; }

systemctl start minamata-backup
systemctl stop minamata-web minamata-worker minamata-beat
/opt/minamata-online/deploy/as-site.sh deploy/restore.sh "$copy" || {
    # The database is as it was.
    systemctl start minamata-web minamata-worker minamata-beat
    echo "go-back: $copy was not restored, the reason is above; the present version runs on" >&2
    exit 1
}
"$folder/deploy/run.sh" "$folder"
rm /etc/minamata-online/before
echo "go-back: $folder runs, with the database of $copy"
