"""Anonymise people whose season ended longer ago than the term, and remove texts of mails; beat does it every day."""

from django.conf import settings
from django.core.management.base import BaseCommand

from registrations.models.next_season import YEARS_KEPT
from registrations.privacy import retention
from sessions.seasons import season_clocks

LINES = {
    "people": "People of seasons that ended more than {data_days} days ago, details removed",
    "invitations": "Invitations of these seasons, names and addresses removed",
    "requests": "Requests to be let in, of these seasons, names and addresses removed",
    "mails": "Mails sent or given up more than {mail_days} days ago, text and address removed",
    "mailboxes": "Mailboxes in trouble that nobody who takes part has any more, deleted",
    "delegations": "Delegations typed more than 7 days ago, deleted",
    "browser_sessions": "Expired browser sessions, deleted",
    "clients": "Registrations older than a day, where their form came from removed",
    "reasons": "Reasons for colleagues about time slots of these seasons, removed from the audit log",
    "visitors": "Times in meetings of people who are not registered, their names removed",
    "subscribers": "Addresses for the next season, deleted after {years} years without one announced",
}


class Command(BaseCommand):
    help = (
        "Remove details of people and texts of mails whose term is over; numbers stay. Running it twice does no harm."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say how many it would be; change nothing")

    def handle(self, *, dry_run, **options):
        act = retention.preview if dry_run else retention.apply
        tallies = [act(now=now, seasons=seasons) for now, seasons in season_clocks.every()]
        terms = {"data_days": settings.DATA_TERM_DAYS, "mail_days": settings.MAIL_TERM_DAYS, "years": YEARS_KEPT}
        for name, words in LINES.items():
            self.stdout.write(f"{words.format(**terms)}: {sum(getattr(tally, name) for tally in tallies)}")
        if dry_run:
            self.stdout.write("Nothing was changed.")
