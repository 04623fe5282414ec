"""What the pages have in common on which staff change something of one person."""

from django.urls import reverse
from django.utils.translation import gettext as _

from registrations.admin.base import in_geneva
from registrations.corrections.address import ChangeWaits, require_no_change
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


def why_to_wait(registrations, now) -> str:
    """Empty if no mails wait about a change of a slot of theirs, or about a move."""
    try:
        require_no_change(registrations, now)
    except ChangeWaits as waits:
        return words_of(waits)
    return ""


def words_of(waits) -> str:
    if waits.until is None:
        return _(
            "A time slot was changed or people were moved just now, and the mails are being prepared. Try again in "
            "some minutes."
        )
    said = _(
        "A time slot was changed or people were moved, and the mails about it have not left. You can do this after "
        "%(moment)s."
    )
    return said % {"moment": in_geneva(waits.until)}


def page_of(person) -> str:
    return reverse("admin:registrations_participant_change", args=[person.pk])
