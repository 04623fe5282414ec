"""Copy a season to other dates."""

from argparse import ArgumentTypeError
from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sessions.clocks import moment
from sessions.models import Season
from sessions.seasons import cloning

YEARS = range(2000, 2101)


def iso_date(text):
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date written as YYYY-MM-DD") from None
    if day.year not in YEARS:
        raise ArgumentTypeError(f"{text!r}: the year is not between {YEARS[0]} and {YEARS[-1]}")
    return day


class Command(BaseCommand):
    help = "Copy the programme of a season, shifted by whole weeks: same weekdays, same hours on the clock."

    def add_arguments(self, parser):
        parser.add_argument("source", help="slug of the season to copy")
        parser.add_argument("--slug", required=True, help="slug of the new season")
        parser.add_argument("--starting", required=True, type=iso_date, help="earliest day of the first slot")
        parser.add_argument("--title", default="", help="title of the new season")
        parser.add_argument("--rehearsal", action="store_true", help="a season to practise with, marked as such")
        parser.add_argument("--publish", action="store_true", help="show it at once; without this it is a draft")

    def handle(self, *, source, **options):
        wanted = {name: options[name] for name in ("slug", "starting", "title", "rehearsal", "publish")}
        try:
            season = cloning.clone(source=self._season(source), now=moment.now(), **wanted)
        except cloning.CannotCopy as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{season.title} ({season.slug}), {season.starts_on} to {season.ends_on}")
        if not season.is_published:
            self.stdout.write("  It is a draft: staff see it, and publish it at the desk.")
        self.stdout.write(f"  {season.sessions.count()} sessions: {settings.SITE_URL}{season.get_absolute_url()}")

    def _season(self, slug):
        try:
            return Season.objects.get(slug=slug)
        except Season.DoesNotExist:
            known = ", ".join(Season.objects.newest_first().values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no season {slug!r}; there are: {known}") from None
