"""The page that lists sign-ups that look made up, and leads to the page that takes their places away."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.base import in_geneva
from registrations.models import SeatRemoval
from registrations.seat_removals import suspects
from registrations.seat_removals.removing import PEOPLE_AT_MOST
from sessions.clocks import moment
from sessions.clocks.dates import number
from sessions.staff.page import StaffPage


class SuspectsPage(StaffPage):
    """Only shows: whether somebody is made up is for staff to say."""

    http_method_names = ["get", "head"]
    model = SeatRemoval
    template_name = "admin/registrations/seatremoval/suspects.html"
    title = gettext_lazy("Sign-ups that look made up")

    def has_permission(self):
        return self.request.user.has_perm("registrations.change_registration")

    def get(self, request):
        return self.show(groups=[_group(each) for each in suspects.groups(now=moment.now())])


def notices(request):
    """For the start page."""
    if not request.user.has_perm("registrations.change_registration"):
        return []
    found = len(suspects.groups(now=moment.now()))
    text = ngettext("%(number)s group of sign-ups looks made up.", "%(number)s groups of sign-ups look made up.", found)
    page = reverse("admin:registrations_seatremoval_suspects")
    return [(text % {"number": number(found)}, page)] if found else []


def _group(group) -> dict:
    return {
        "reason": _reason(group),
        "people": [{"who": each, "at": in_geneva(each.registered_at)} for each in group.people],
        "chosen": group.registration_ids[:PEOPLE_AT_MOST],
    }


def _reason(group) -> str:
    words = {"number": number(len(group.people)), "what": group.what, "minutes": _minutes()}
    if group.likeness is suspects.Likeness.CLIENT:
        text = _("%(number)s people signed up from one place on the net, within %(minutes)s minutes of each other.")
    elif group.likeness is suspects.Likeness.ORGANISATION:
        text = _("%(number)s people of “%(what)s” signed up within %(minutes)s minutes of each other.")
    else:
        text = _("%(number)s people with addresses like %(what)s signed up within %(minutes)s minutes of each other.")
    return text % words


def _minutes() -> str:
    return number(int(suspects.SPAN.total_seconds() // 60))
