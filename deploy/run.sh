#!/bin/sh
# deploy/run.sh FOLDER    without Docker, for root: prepare the version in this folder, and have systemd run it
set -eu
"$1/deploy/as-site.sh" deploy/prepare.sh
ln -sfn "$1" /opt/minamata-online
cp "$1"/deploy/systemd/minamata-*.service "$1"/deploy/systemd/minamata-*.timer /etc/systemd/system/
systemctl daemon-reload
systemctl enable --quiet minamata-web minamata-worker minamata-beat
systemctl enable --quiet --now minamata-backup.timer
systemctl restart minamata-web minamata-worker minamata-beat
