#!/bin/sh
# deploy/upgrade.sh VERSION    without Docker, for root: save, put another version in place, and start it
#
# VERSION is a tag or a commit. Each version has a folder, and /opt/minamata-online is a link to the one that runs.
# People notice the few seconds of the last step. To go back, also when this stops half-way: deploy/go-back.sh
set -eu

[ $# = 1 ] || { echo "upgrade: deploy/upgrade.sh VERSION (the tag or commit of the version)" >&2; exit 2; }
link=/opt/minamata-online
folder=$link.$1
present=$(readlink -f "$link")
[ "$present" != "$folder" ] || { echo "upgrade: $1 runs already" >&2; exit 1; }

if ! [ -e "$folder/.installed" ]; then
    rm -rf "$folder"
    "$present/deploy/install.sh" "$(git -C "$present" remote get-url origin)" "$1"
fi
systemctl start minamata-backup
copy=$(ls -t /var/backups/minamata-online/minamata-*.dump | head -n 1)
# Any command refuses newer tables with 3. An upgrade made them that stopped half-way: the copy of before it stays noted.
status=0
"$present/deploy/as-site.sh" python manage.py shell --command pass > /dev/null 2>&1 || status=$?
[ "$status" = 3 ] || printf 'folder=%s\ncopy=%s\n' "$present" "$copy" > /etc/minamata-online/before
"$folder/deploy/run.sh" "$folder"
# Copied and filled in by somebody. A repository that was exchanged may not have the version of before.
changed=$(git -C "$folder" diff --name-only "$(git -C "$present" rev-parse HEAD)" -- \
    deploy/nginx deploy/caddy deploy/Caddyfile deploy/systemd/env.example 2> /dev/null) || changed=
for file in $changed; do
    echo "upgrade: $file has changed, and what this machine uses of it has not: docs/run-without-docker.md, Upgrade"
done
echo "upgrade: $1 runs; to go back: $link/deploy/go-back.sh"
