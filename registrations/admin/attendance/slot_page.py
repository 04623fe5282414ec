"""What the pages about reports of a meeting have in common: about which slot, and who may."""

from django.urls import reverse

from registrations.admin.base import slot_time
from sessions.models import Occurrence
from sessions.staff.page import StaffPage


class AttendancePage(StaffPage):
    """For who may change registrations, since who came is said there."""

    model, related = Occurrence, ["session__season"]

    def has_permission(self):
        return self.request.user.has_perms(["registrations.view_registration", "registrations.change_registration"])

    @property
    def slot(self):
        return self.row

    @property
    def zone(self):
        return self.slot.session.season.zone

    def address(self, page="", slot=None) -> str:
        name = "registrations_occurrence_attendance"
        return reverse(f"admin:{name}_{page}" if page else f"admin:{name}", args=[(slot or self.slot).pk])

    def leads_to(self):
        return self.address()

    def show(self, **context):
        addresses = {"reports_page": self.address(), "preview_page": self.address("preview")}
        about = {"slot": self.slot, "session": self.slot.session, "time": slot_time(self.slot)}
        return super().show(**about, **addresses, **context)
