from django.core.management.base import BaseCommand

from sessions import staff_groups


class Command(BaseCommand):
    help = "Make the groups of staff and give them their rights. Run it after every migrate; twice does no harm."

    def handle(self, **options):
        staff_groups.set_up()
        self.stdout.write(", ".join(staff_groups.GROUPS))
