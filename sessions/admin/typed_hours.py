"""Time slots whose typed hour the rules of a zone have moved: staff read of them, and decide."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from registrations import audit
from sessions.admin import wording
from sessions.clocks import dates, moment
from sessions.models import Occurrence
from sessions.seasons import shifted_slots


def notices(request) -> list[tuple[str, str]]:
    """For the index: a sentence and the address that it leads to."""
    number = len(shifted_slots.shifted(moment.now())) if _may(request, "view") else 0
    if not number:
        return []
    sentence = ngettext(
        "The rules of a time zone have changed: %(number)d time slot is not at the hour that was typed for it.",
        "The rules of a time zone have changed: %(number)d time slots are not at the hour that was typed for them.",
        number,
    )
    return [(sentence % {"number": number}, reverse("admin:online_sessions_occurrence_typed_hours"))]


class TypedHoursPage(View):
    """Nothing was moved: staff move a slot, or leave it where it is."""

    http_method_names = ["get", "head", "post"]
    model_admin = None

    def get(self, request):
        if not _may(request, "view"):
            raise PermissionDenied
        rows = [_row(each) for each in shifted_slots.shifted(moment.now())]
        context = self.model_admin.admin_site.each_context(request) | {
            "title": _("Hours that are other moments now"),
            "opts": Occurrence._meta,
            "rows": rows,
            "may_change": _may(request, "change"),
        }
        return TemplateResponse(request, "admin/online_sessions/occurrence/typed_hours.html", context)

    def post(self, request):
        """Those that were shown and are still so; a slot that a colleague moved meanwhile is none of them."""
        if not _may(request, "change"):
            raise PermissionDenied
        shown = set(request.POST.getlist("slot"))
        slots = [each.slot for each in shifted_slots.shifted(moment.now()) if _mark(each.slot) in shown]
        shifted_slots.keep(slots)
        for slot in slots:
            audit.record("hour-kept", slot, by=request.user)
        words = ngettext(
            "%(number)d time slot stays where it is.", "%(number)d time slots stay where they are.", len(slots)
        )
        messages.success(request, words % {"number": len(slots)})
        return HttpResponseRedirect(reverse("admin:index"))


def _may(request, action) -> bool:
    return request.user.has_perm(f"online_sessions.{action}_occurrence")


def _mark(slot) -> str:
    return f"{slot.pk}-{slot.sequence}"


def _row(each) -> dict:
    slot = each.slot
    season = slot.session.season
    return {
        "mark": _mark(slot),
        "session": slot.session.title,
        "held": wording.two_clocks(slot.starts_at, slot.ends_at, season),
        "typed": dates.in_geneva(each.typed_at) if each.typed_at else _("an hour that the clocks skip"),
        "move": reverse("admin:online_sessions_occurrence_move", args=[slot.pk]),
    }
