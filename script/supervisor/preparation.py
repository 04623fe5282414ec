"""Brings the database to where the services can start: tables, groups of staff; for development also two seasons and
the first of the staff.

Runs in a process of its own (`python -m script.supervisor.preparation`); every step may run any number of times.
"""

import os
import secrets
import sys
from datetime import UTC, datetime, timedelta

import django
from django.core.management import call_command

from script.supervisor.folder import ROOT, STAFF_PASSWORD, write_secret

PAST_SEASON = "2020"
REHEARSAL = "rehearsal"
STAFF_NAME = "staff"
WITH_EXAMPLES = "--with-examples"
AWAY = "The database does not answer ({reason}): start it, or correct DATABASE_URL, then start again."


def prepare(*, with_examples):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minamata_online.settings")
    django.setup()
    require_database()
    from minamata_online import table_version

    table_version.require_not_newer()
    call_command("migrate", interactive=False, verbosity=1)
    call_command("set_up_staff_groups")
    from django.conf import settings

    if not settings.DEBUG:
        call_command("collectstatic", interactive=False, verbosity=0)
    if with_examples:
        load_past_season()
        clone_rehearsal(now=datetime.now(UTC))
        create_first_staff()


def require_database():
    """Ends the process with a sentence where it is out of reach: nothing can be prepared."""
    from django.db import OperationalError, connection

    from minamata_online.configuration.environment import CANNOT_START

    try:
        connection.ensure_connection()
    except OperationalError as error:
        print(AWAY.format(reason=str(error).strip().splitlines()[0]), file=sys.stderr, flush=True)
        raise SystemExit(CANNOT_START) from None


def load_past_season():
    if not _seasons().filter(slug=PAST_SEASON).exists():
        call_command("load_season", str(ROOT / "sessions" / "data" / "season-2020.toml"))


def clone_rehearsal(*, now):
    """A season to sign up for, unless there is one that has not ended."""
    from sessions.seasons import season_days

    if season_days.not_ended(_seasons().all(), now=now):
        return
    today = now.date()
    monday = today + timedelta(days=7 - today.weekday())
    slug = f"{REHEARSAL}-{monday}" if _seasons().filter(slug=REHEARSAL).exists() else REHEARSAL
    call_command("clone_season", PAST_SEASON, f"--slug={slug}", f"--starting={monday}", "--rehearsal", "--publish")


def create_first_staff():
    from django.contrib.auth import get_user_model

    from registrations import audit
    from sessions.staff import roles

    users = get_user_model().objects
    if users.filter(is_superuser=True).exists():
        return
    password = secrets.token_urlsafe(15)
    write_secret(STAFF_PASSWORD, password)
    first = users.create_superuser(STAFF_NAME, email="", password=password)
    audit.record(audit.ADDED, first, by=None, after={"role": roles.ADMINISTRATOR})


def _seasons():
    from sessions.models import Season

    return Season.objects


if __name__ == "__main__":
    prepare(with_examples=WITH_EXAMPLES in sys.argv)
