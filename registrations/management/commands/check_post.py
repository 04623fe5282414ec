"""For cron and monitoring: what the page "Post" of the staff's desk shows, without names or addresses."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registrations import last_runs
from registrations.mail import health
from registrations.seats import counters
from sessions.models import Occurrence


class Command(BaseCommand):
    help = "Print how the post is doing; exit code 1 when it is paused, or anything is late, has failed, or is lacking."

    def handle(self, **options):
        now = timezone.now()
        report, wrong = health.report(now), counters.wrong(Occurrence.objects.upcoming(now)).count()
        runs = last_runs.report(now)
        for state, number in report.mails.items():
            self.stdout.write(f"{number:>8} {state}")
        self.stdout.write(f"{int(report.oldest_due_age.total_seconds()):>8} seconds that the oldest mail is due")
        stuck = int(report.stuck_age.total_seconds())
        self.stdout.write(f"{stuck:>8} seconds that no mail has left although some were tried")
        unprepared = int(report.oldest_unprepared_age.total_seconds())
        self.stdout.write(f"{unprepared:>8} seconds that mails to many have not been prepared")
        self.stdout.write(f"{report.lacking:>8} registrations that lack a mail")
        self.stdout.write(f"{report.at_mailboxes:>8} of them at mailboxes that take none, which is for staff")
        self.stdout.write(f"{report.refusing_domains:>8} domains whose mail servers refuse our mail")
        self.stdout.write(f"{wrong:>8} time slots whose number of people is wrong")
        for run in runs.runs:
            self.stdout.write(f"{_seconds(run.age):>8} seconds since {run.name} was seen")
        self.stdout.write(f"{runs.workers:>8} workers")
        problems = [*report.problems, *map(_late, runs.late())]
        if report.failed:
            problems.append(f"failed mails: {report.failed}")
        if wrong:
            problems.append(f"time slots whose number of people is wrong: {wrong}; count_places sets it right")
        if problems:
            raise CommandError("; ".join(problems))


def _late(run) -> str:
    """A worker that was stopped in order, as by an upgrade, is forgotten until it starts again."""
    return f"{run.name} is late" if run.age is not None else f"{run.name} has not started yet"


def _seconds(age) -> int | str:
    return "unknown" if age is None else int(age.total_seconds())
