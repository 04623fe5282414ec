"""Load the programme of a season from a TOML file; docs/season-file.md describes it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from sessions.clocks import moment
from sessions.models import Occurrence, Season, Session, Stream
from sessions.seasons import loading, season_file
from sessions.seasons.load_report import OUTCOMES, Act


class Command(BaseCommand):
    help = (
        "Create a season from a TOML file. Of one that is there, show what the file would change; options do it. "
        "Nothing that people registered for, or were invited to, is moved or removed."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="say what would be done; save nothing")
        parser.add_argument("--add", action="store_true", help="add streams, sessions and slots that are not there")
        parser.add_argument("--overwrite", action="store_true", help="replace what staff or an older file typed")
        parser.add_argument("--remove", action="store_true", help="remove what the file does not have")

    @transaction.atomic
    def handle(self, *, file, check, **options):
        entry = self._read(file)
        loaded = Season.objects.filter(slug=entry.slug).first()
        allowed = {act for act in Act if options[act.value.removeprefix("--")]}
        report = loading.load(entry=entry, now=moment.of(loaded) if loaded else moment.now(), allowed=allowed)
        self._tell(report)
        self._list("Changed:", report.done if loaded else [])
        self._list("Left alone:", report.remarks)
        if check:
            transaction.set_rollback(True)
        if check or not report.is_news:
            self.stdout.write("Nothing was saved.")

    def _read(self, file):
        try:
            return season_file.read(file.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from None
        except UnicodeDecodeError as error:
            raise CommandError(f"{file} is not UTF-8 text: byte {error.start} cannot be read") from None
        except season_file.SeasonFileError as error:
            mistakes = "\n  ".join(error.problems)
            raise CommandError(f"{file} was not loaded, nothing was saved:\n  {mistakes}") from None

    def _tell(self, report):
        self.stdout.write(f"{report.season.title} ({report.season.slug})")
        names = {Season: "season", Stream: "streams", Session: "sessions", Occurrence: "time slots"}
        for model, name in names.items():
            counts = [(report.outcomes[model, outcome], outcome) for outcome in OUTCOMES]
            outcomes = ", ".join(f"{count} {outcome}" for count, outcome in counts if count)
            self.stdout.write(f"  {name:<12}{outcomes}")

    def _list(self, heading, lines):
        if lines:
            self.stdout.write("\n  ".join([heading, *lines]))
