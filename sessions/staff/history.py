"""The address of the history of a row: the list of what staff did, narrowed to the row."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from sessions.staff.numbers import row_number

PARAMETER = "of"
LIST = "admin:registrations_staffaction_changelist"
MAY_READ = "registrations.view_staffaction"


def value_of(row) -> str:
    """online_sessions.session:12."""
    return f"{row._meta.label_lower}:{row.pk}"


class HistoryOfStaffActions:
    """For a ModelAdmin: its history is what the audit log has of the row, which Django's own log has not."""

    def history_view(self, request, object_id, extra_context=None):
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if not request.user.has_perm(MAY_READ):
            raise PermissionDenied
        key = row_number(object_id)
        row = None if key is None else self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return redirect(reverse(LIST, query={PARAMETER: value_of(row)}))
