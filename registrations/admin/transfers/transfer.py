"""Moves of people to other time slots, with how far their mails have come, to look back at and to take back."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.urls import path
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import ReadOnlyAdmin, ShownOnPage, in_geneva, slot_time
from registrations.admin.transfers.pages import TakeBackPage, TransferPage
from registrations.models import Transfer
from registrations.people.folded_lists import FoldedSearch
from registrations.presenters.staff import progress
from sessions.clocks import moment
from sessions.clocks.dates import number


class TransfersWithProgress(ChangeList):
    """One query counts the mails of all on the page."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        found = progress.of_transfers(self.result_list)
        for transfer in self.result_list:
            transfer.progress = found[transfer.pk]


@admin.register(Transfer)
class TransferAdmin(ShownOnPage, FoldedSearch, ReadOnlyAdmin):
    row_page = TransferPage
    list_display = ["made", "session", "to", "number_of_people", "how_far", "made_by"]
    list_filter = [("occurrence__session__season", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["occurrence__session__season", "made_by"]
    search_fields = ["occurrence__session__title"]
    ordering = ["-made_at", "-pk"]

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("registrations.change_registration") or super().has_view_permission(request, obj)

    def has_module_permission(self, request):
        return request.user.has_perm("registrations.change_registration") or super().has_module_permission(request)

    def get_changelist(self, request, **kwargs):
        return TransfersWithProgress

    def get_urls(self):
        view = self.admin_site.admin_view(TakeBackPage.as_view(model_admin=self))
        return [path("<int:pk>/take-back/", view, name="registrations_transfer_take_back"), *super().get_urls()]

    @admin.display(description=_("when"), ordering="made_at")
    def made(self, transfer):
        return in_geneva(transfer.made_at)

    @admin.display(description=_("session"), ordering="occurrence__session__title")
    def session(self, transfer):
        return transfer.occurrence.session.title

    @admin.display(description=_("moved to"), ordering="occurrence__starts_at")
    def to(self, transfer):
        return slot_time(transfer.occurrence)

    @admin.display(description=_("people"), ordering="people")
    def number_of_people(self, transfer):
        return number(transfer.people)

    @admin.display(description=_("mails"))
    def how_far(self, transfer):
        return transfer.progress.in_words(moment.of(transfer.occurrence.session.season))
