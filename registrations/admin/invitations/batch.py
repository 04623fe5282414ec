"""Imports of invitations, to look back at and to undo."""

from django.contrib import admin
from django.db.models import Count
from django.urls import path
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import ReadOnlyAdmin, ShownOnPage, in_geneva
from registrations.admin.filters import SeasonFilter, SessionFilter
from registrations.admin.invitations.pages import BatchPage, UndoPage
from registrations.models import InvitationBatch
from registrations.people.folded_lists import FoldedSearch
from sessions.clocks.dates import number


@admin.register(InvitationBatch)
class InvitationBatchAdmin(ShownOnPage, FoldedSearch, ReadOnlyAdmin):
    row_page = BatchPage
    list_display = ["source", "session", "people", "made", "made_by", "undone"]
    list_filter = [SeasonFilter, SessionFilter]
    list_select_related = ["session", "made_by"]
    search_fields = ["source", "session__title"]
    ordering = ["-made_at", "-pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(size=Count("invitations"))

    def get_urls(self):
        view = self.admin_site.admin_view(UndoPage.as_view(model_admin=self))
        return [path("<int:pk>/undo/", view, name="registrations_invitationbatch_undo"), *super().get_urls()]

    @admin.display(description=_("people"), ordering="size")
    def people(self, batch):
        return number(batch.size)

    @admin.display(description=_("made"), ordering="made_at")
    def made(self, batch):
        return in_geneva(batch.made_at)

    @admin.display(description=_("undone"), ordering="undone_at")
    def undone(self, batch):
        return in_geneva(batch.undone_at)
