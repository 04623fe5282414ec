"""Makes the table of the bare page and its 13 rows: `python -m bench.bare.preparation`."""

import os
from datetime import UTC, datetime, timedelta

import django
from django.core.management import call_command

ROWS = 13


def prepare():
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.bare.settings"
    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    from bench.bare.models import Talk

    first = datetime(2030, 9, 3, 7, tzinfo=UTC)
    Talk.objects.bulk_create(
        Talk(title=f"Talk about mercury {n}", speaker=f"Speaker {n}", starts_at=first + timedelta(days=7 * n))
        for n in range(ROWS)
    )


if __name__ == "__main__":
    prepare()
