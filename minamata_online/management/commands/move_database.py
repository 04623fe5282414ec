"""From SQLite to PostgreSQL, before a site grows."""

from django.core.management.base import BaseCommand, CommandError

from minamata_online.configuration import urls
from minamata_online.moving.exceptions import CannotMove
from minamata_online.moving.move import move

DONE = (
    "All rows are in the database of DATABASE_URL. Start the site with it, and never again with the old one: it would "
    "send the mails that wait a second time."
)


class Command(BaseCommand):
    help = (
        "Move everything from SQLite to the empty PostgreSQL database that DATABASE_URL names, after `migrate` there. "
        "Nothing is written to the old database or to a file; the site must be stopped."
    )

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="source", required=True, help="sqlite:////full/path")

    def handle(self, *, source, **options):
        try:
            move(_settings(source), say=self.stdout.write)
        except CannotMove as reason:
            raise CommandError(str(reason)) from None
        self.stdout.write(DONE)


def _settings(source) -> dict:
    try:
        settings = urls.DATABASE.parse(source)
    except ValueError:
        settings = {"ENGINE": ""}
    if not settings["ENGINE"].endswith("sqlite3"):
        raise CommandError("--from must be sqlite:////full/path.")
    return settings
