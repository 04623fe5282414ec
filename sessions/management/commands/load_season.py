"""Load the programme of a season from a TOML file; docs/season-file.md describes it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sessions import programme, season_file
from sessions.models import Occurrence, Season, Session, Stream


class Command(BaseCommand):
    help = "Create a season from a TOML file, or bring it up to date. Nothing that has registrations is removed."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="only say whether the file is good; save nothing")

    def handle(self, *, file, check, **options):
        entry = self._read(file)
        if check:
            slots = sum(len(session.slots) for session in entry.sessions)
            self.stdout.write(f"{file} is good: {len(entry.sessions)} sessions, {slots} time slots. Nothing was saved.")
            return
        report = programme.load(entry=entry, now=timezone.now())
        self._tell(report)

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
            counts = [(report.outcomes[model, outcome], outcome) for outcome in programme.OUTCOMES]
            told = ", ".join(f"{count} {outcome}" for count, outcome in counts if count)
            self.stdout.write(f"  {name:<12}{told}")
        for remark in report.remarks:
            self.stdout.write(self.style.WARNING(remark))
