"""What colleagues did last, for the start page."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext as _

from registrations.admin.audit import naming, wording
from registrations.admin.base import in_geneva
from registrations.models import StaffAction

ROWS = 8


def part(request) -> dict:
    may_see = request.user.has_perm("registrations.view_staffaction")
    return {"may_see_acts": may_see, "acts": _latest(request.user) if may_see else []}


def _latest(user) -> list[dict]:
    """Of others; what one did oneself one knows."""
    of_others = StaffAction.objects.exclude(made_by=user).order_by("-made_at", "-pk")
    actions = list(of_others[:ROWS])
    naming.note_names(actions, user)
    return [_row(action) for action in actions]


def _row(action) -> dict:
    return {
        "when": in_geneva(action.made_at),
        "who": action.by_name or _("a command on the server"),
        "what": wording.action_of(action),
        "about": action.named or _("show"),
        "page": reverse("admin:registrations_staffaction_change", args=[action.pk]),
    }


admin.site.parts.append(part)
