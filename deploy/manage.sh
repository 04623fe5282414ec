#!/bin/sh
# deploy/manage.sh COMMAND ...    manage.py as the user of the services and with their settings; for root
set -eu
set -a
. "${SETTINGS:-/etc/minamata-online/env}"
set +a
cd "$(dirname "$0")/.."
exec setpriv --reuid=minamata --regid=minamata --init-groups -- .venv/bin/python manage.py "$@"
