"""Django's command, with a line in the audit log."""

from django.contrib.auth.management.commands import changepassword

from registrations import audit
from registrations.people import staff


# Not in one transaction: it waits for what is typed, and SQLite has one writer.
class Command(changepassword.Command):
    def handle(self, *args, **options):
        before = dict(staff.everybody().values_list("pk", "password"))
        said = super().handle(*args, **options)
        for user in staff.everybody():
            if before.get(user.pk) != user.password:
                audit.record("password-changed", user, by=None)
        return said
