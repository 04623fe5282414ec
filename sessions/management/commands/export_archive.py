"""Write a season as static files that open from a folder, or from any web server, without this program."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from sessions.archive import folder as folders
from sessions.archive import programme, zip_file
from sessions.archive.exceptions import CannotArchive
from sessions.archive.making import Making
from sessions.clocks import moment
from sessions.models import Season


class Command(BaseCommand):
    help = (
        "Write what everybody sees of a season as static pages in all languages, with calendars, published files and "
        "data. They open by double click and from any web server. Nothing of people and no session by invitation."
    )

    def add_arguments(self, parser):
        parser.add_argument("season", help="slug of the season")
        parser.add_argument("folder", type=Path, help="new, empty, or with an older archive of the season")
        parser.add_argument("--zip", action="store_true", help="write one ZIP file of this name instead")

    def handle(self, *, season, folder, **options):
        try:
            making = Making(programme.of(season, now=_now(season)))
            (zip_file if options["zip"] else folders).write(making, folder)
        except CannotArchive as error:
            raise CommandError(str(error)) from None
        kinds = [Path(path).suffix for path in making.written]
        pages, files = kinds.count(".html"), sum(path.startswith("files/") for path in making.written)
        size = filesizeformat(making.octets).replace("\xa0", " ")
        self.stdout.write(f"{making.archive.season.title}, as of {making.archive.day}: {folder}")
        counted = f"{pages} pages, {kinds.count('.ics')} calendars, {files} published files"
        self.stdout.write(f"  {len(kinds)} files, {size}: {counted}")
        if making.archive.season.is_rehearsal:
            self.stdout.write("  It is a rehearsal, and each page says so.")


def _now(slug):
    season = Season.objects.filter(slug=slug).first()
    return moment.of(season) if season else moment.now()
