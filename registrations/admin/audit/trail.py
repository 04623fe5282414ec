"""What staff did to one row and to what belongs to it; the page "History" of the row."""

from django.apps import apps
from django.contrib import admin
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from registrations.models import (
    Invitation,
    InvitationBatch,
    Message,
    Participant,
    Registration,
    SlotChange,
    StaffAction,
)
from sessions.models import Occurrence, Session
from sessions.staff import history
from sessions.staff.numbers import row_number


def of(row) -> Q:
    """Which staff actions; rows without a page of their own, such as speakers, belong to the row of their page."""
    found = _to(type(row), [row.pk])
    if page := page_of(row):
        found |= Q(page=page)
    if isinstance(row, SlotChange):
        found |= Q(change=row)
    for model, pks in _belonging(row).items():
        found |= _to(model, pks)
    return found


def page_of(row) -> str:
    """Its page at the desk; empty for a row that has none."""
    try:
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return ""


def _to(model, pks) -> Q:
    return Q(kind=model._meta.label_lower, object_id__in=pks)


def _belonging(row) -> dict:
    if isinstance(row, Session):
        return {Occurrence: row.occurrences.values("pk"), InvitationBatch: row.invitation_batches.values("pk")}
    if isinstance(row, Participant):
        return {Registration: row.registrations.values("pk"), Message: row.messages.values("pk")}
    if isinstance(row, InvitationBatch):
        return {Invitation: row.invitations.values("pk")}
    return {Message: row.messages.values("pk")} if isinstance(row, Registration) else {}


class OfRowFilter(admin.SimpleListFilter):
    """The history of one row; shown on the way from its page only."""

    title = _("what it was done to")
    parameter_name = history.PARAMETER

    def __init__(self, request, params, model, model_admin):
        self.row = row_asked_for(request)
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [(history.value_of(self.row), str(self.row))] if self.row else []

    def has_output(self):
        """Django leaves out a filter without output, and would show the whole list."""
        return self.value() is not None

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        return queryset.filter(of(self.row)) if self.row else queryset.none()


def row_asked_for(request):
    """None where the address names no row, or one that is not for who asks."""
    label, _colon, number = request.GET.get(history.PARAMETER, "").partition(":")
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    key, page = row_number(number), admin.site._registry.get(model)
    if key is None or page is None or model is StaffAction or not page.has_view_permission(request):
        return None
    return page.get_queryset(request).filter(pk=key).first()
