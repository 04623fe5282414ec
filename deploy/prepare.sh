#!/bin/sh
# deploy/as-site.sh deploy/prepare.sh    tables, groups of staff and static files of this version, as `migrate` in Docker
set -eu
python manage.py migrate --no-input --verbosity 0
python manage.py set_up_staff_groups
# Files of other versions stay, for pages that browsers opened before.
python manage.py collectstatic --no-input --verbosity 0
