#!/bin/sh
# deploy/install.sh ADDRESS VERSION    without Docker, for root: a version of git with its packages, in a folder of its own
#
# VERSION is a tag or a commit. The first one is the one that runs: /opt/minamata-online becomes a link to it.
set -eu
umask 022
folder=/opt/minamata-online.$2
git clone --quiet "$1" "$folder"
# Half a version is none.
trap '[ -e "$folder/.installed" ] || rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder"
git checkout --quiet --detach "$2" -- || { echo "install: $1 has no version $2" >&2; exit 1; }
/usr/bin/python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
# The services cannot write what Python would keep at their first start.
.venv/bin/python -m compileall -q minamata_online sessions registrations
touch .installed
[ -e /opt/minamata-online ] || ln -s "$folder" /opt/minamata-online
