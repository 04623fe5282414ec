"""Write the groups of staff and what each may do into the database."""

from django.core.management.base import BaseCommand

from sessions.staff import groups


class Command(BaseCommand):
    help = "Make the groups of staff and give them their rights. Run it after every migrate; twice does no harm."

    def handle(self, **options):
        groups.set_up()
        self.stdout.write(", ".join(groups.GROUPS))
