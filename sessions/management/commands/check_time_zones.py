"""For the people who run the server: time slots that a new version of the time zone rules would move."""

from datetime import UTC

from django.core.management.base import BaseCommand

from sessions.clocks import dates, moment
from sessions.seasons import shifted_slots

WHAT_TO_DO = """
Nothing was moved. To hold a slot at the hour that was typed, move it in the admin, which tells its people. To leave all
of them where they are, run this command again with --keep."""


class Command(BaseCommand):
    help = "List the time slots whose typed hour is another moment now, after an update of tzdata; staff decide."

    def add_arguments(self, parser):
        parser.add_argument("--keep", action="store_true", help="they stay at their moment; do not list them again")

    def handle(self, *, keep, **options):
        found = shifted_slots.shifted(moment.now())
        for each in found:
            self.stdout.write(_line(each))
        if not found:
            self.stdout.write("Every time slot to come is held at the hour that was typed for it.")
        elif keep:
            shifted_slots.keep([each.slot for each in found])
            self.stdout.write(f"{len(found)} time slots stay where they are.")
        else:
            self.stdout.write(WHAT_TO_DO)


def _line(each) -> str:
    slot = each.slot
    held = dates.stamp(slot.starts_at.astimezone(slot.session.season.zone))
    typed = each.typed_at and f"{dates.stamp(each.typed_at.astimezone(UTC))} UTC"
    return (
        f'session "{slot.session.slug}": typed {slot.typed_start.replace("T", " ")} in {slot.typed_zone}, '
        f"now {typed or 'an hour that is skipped'}; held at {dates.stamp(slot.starts_at.astimezone(UTC))} UTC, "
        f"which is {held} in {slot.session.season.place}"
    )
