"""What the pages of a circular have in common: who may write, and where they lead."""

from django.urls import reverse

from registrations.models import Circular
from sessions.staff.page import StaffPage


def may_write(user) -> bool:
    return user.has_perm("registrations.add_circular")


def page(name, circular) -> str:
    return reverse(f"admin:registrations_circular_{name}", args=[circular.pk])


class CircularPage(StaffPage):
    """Only for people who may write circulars."""

    model, related = Circular, ["season", "made_by", "written_by"]

    def has_permission(self):
        return may_write(self.request.user)

    @property
    def zone(self):
        return self.row.season.zone

    def leads_to(self):
        return page("change", self.row)

    def show(self, **context):
        return super().show(circular=self.row, **context)
