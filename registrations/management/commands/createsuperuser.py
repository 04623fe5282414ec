"""Django's command, with a line in the audit log: who may do everything never comes from nowhere."""

from django.contrib.auth.management.commands import createsuperuser

from registrations import audit
from registrations.people import staff
from sessions.staff import roles


# Not in one transaction: it waits for what is typed, and SQLite has one writer.
class Command(createsuperuser.Command):
    def handle(self, *args, **options):
        known = set(staff.everybody().values_list("pk", flat=True))
        super().handle(*args, **options)
        for user in staff.everybody().filter(is_superuser=True).exclude(pk__in=known):
            audit.record("added", user, by=None, after={"role": roles.ADMINISTRATOR})
