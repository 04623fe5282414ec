"""How rows are locked: several in the order of their ids, and in a way that lets others refer to them meanwhile."""

from django.db import models


class LockableQuerySet(models.QuerySet):
    def locked(self, *, nowait=False):
        """The rows, locked until the end of the transaction; which kind of row comes first says docs/architecture.md.

        With `nowait`, an OperationalError where somebody else has one of them.

        FOR NO KEY UPDATE: to store a registration or a mail, PostgreSQL locks what it refers to (FOR KEY SHARE), in an
        order that nobody chooses.
        """
        return self.select_for_update(of=("self",), no_key=True, nowait=nowait).order_by("pk")
