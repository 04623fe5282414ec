"""What the pages have in common on which staff change something of one person."""

from django.urls import reverse
from django.utils.translation import gettext as _

from registrations.models import Participant
from sessions.staff.page import StaffPage


class PersonPage(StaffPage):
    model = Participant
    related = ["season", "named_by"]

    def has_permission(self):
        return self.request.user.has_perm("registrations.change_participant")

    def leads_to(self):
        return page_of(self.row)

    def refusal(self):
        return _("This person’s details were erased.") if self.row.anonymised_at else ""


def page_of(person) -> str:
    return reverse("admin:registrations_participant_change", args=[person.pk])
