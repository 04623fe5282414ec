"""For whoever is about to load new code into processes that run, as `systemctl reload` does."""

from django.core.management.base import BaseCommand

from minamata_online import table_version


class Command(BaseCommand):
    help = "Exit code 3, and a sentence, unless the database has the tables of this version."

    def handle(self, **options):
        table_version.require_same()
