#!/bin/sh
# deploy/as-site.sh COMMAND ...    as the user of the services and with their settings, without Docker; for root
#   deploy/as-site.sh python manage.py check_post
set -eu
set -a
. /etc/minamata-online/env
set +a
cd "$(dirname "$0")/.."
PATH=$PWD/.venv/bin:$PATH
exec setpriv --reuid=minamata --regid=minamata --init-groups -- "$@"
