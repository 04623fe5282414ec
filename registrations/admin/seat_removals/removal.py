"""Places that staff took away, to look back at and to undo."""

from django.contrib import admin
from django.db.models import Count
from django.urls import path
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import ReadOnlyAdmin, ShownOnPage, in_geneva
from registrations.admin.seat_removals.pages import RemovalPage
from registrations.admin.seat_removals.suspects_page import SuspectsPage, notices
from registrations.admin.seat_removals.take_page import TakeAwayPage
from registrations.models import SeatRemoval
from sessions.clocks.dates import number

admin.site.notices.append(notices)


@admin.register(SeatRemoval)
class SeatRemovalAdmin(ShownOnPage, ReadOnlyAdmin):
    row_page = RemovalPage
    list_display = ["made", "reason", "places", "is_told", "made_by", "undone"]
    list_filter = ["reason"]
    list_select_related = ["made_by"]
    ordering = ["-made_at", "-pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(size=Count("registrations"))

    def get_urls(self):
        view = self.admin_site.admin_view(TakeAwayPage.as_view(model_admin=self))
        suspects = self.admin_site.admin_view(SuspectsPage.as_view(model_admin=self))
        return [
            path("take/", view, name="registrations_seatremoval_take"),
            path("suspects/", suspects, name="registrations_seatremoval_suspects"),
            *super().get_urls(),
        ]

    @admin.display(description=_("when"), ordering="made_at")
    def made(self, removal):
        return in_geneva(removal.made_at)

    @admin.display(description=_("places"), ordering="size")
    def places(self, removal):
        """Without those that were given back."""
        return number(removal.size)

    @admin.display(description=_("given back"), ordering="undone_at")
    def undone(self, removal):
        return in_geneva(removal.undone_at)
