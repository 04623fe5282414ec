"""For the health check of the container that Celery beat runs in."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registrations import last_runs


class Command(BaseCommand):
    help = "Exit code 1 unless Celery beat has just said that it lives."

    def handle(self, **options):
        [beat] = [run for run in last_runs.report(timezone.now()).runs if run.name == last_runs.BEAT]
        if beat.is_late(uptime=None):
            raise CommandError("Celery beat is silent.")
        self.stdout.write("Celery beat lives.")
