"""Changes of time slots by staff, and how far the mails that tell of them have come."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.urls import path
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import ReadOnlyAdmin, ShownOnPage, in_geneva, span
from registrations.admin.filters import ChangedSessionFilter
from registrations.admin.slot_changes import wording
from registrations.admin.slot_changes.pages import ChangePage, SendNowPage, TakeBackPage, may_change_slots
from registrations.models import SlotChange
from registrations.people.folded_lists import FoldedSearch
from registrations.presenters.staff import progress
from sessions.clocks import dates, moment


class ChangesWithProgress(ChangeList):
    """One query counts the mails of all changes on the page."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        found = progress.of_each(self.result_list)
        for change in self.result_list:
            change.progress = found[change.pk]


@admin.register(SlotChange)
class SlotChangeAdmin(ShownOnPage, FoldedSearch, ReadOnlyAdmin):
    row_page = ChangePage
    list_display = ["session", "what", "how_far", "new_time", "recipients", "made", "by"]
    list_filter = [ChangedSessionFilter, "kind", ("occurrence__session__season", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["occurrence__session__season", "made_by"]
    search_fields = ["occurrence__session__title"]
    ordering = ["-made_at", "-pk"]

    def has_view_permission(self, request, obj=None):
        return may_change_slots(request.user) or super().has_view_permission(request, obj)

    def has_module_permission(self, request):
        return may_change_slots(request.user) or super().has_module_permission(request)

    def get_changelist(self, request, **kwargs):
        return ChangesWithProgress

    def get_urls(self):
        pages = {"take_back": TakeBackPage, "send_now": SendNowPage}
        return [*(self._url(name, page) for name, page in pages.items()), *super().get_urls()]

    def _url(self, name, page):
        view = self.admin_site.admin_view(page.as_view(model_admin=self))
        return path(f"<int:pk>/{name.replace('_', '-')}/", view, name=f"registrations_slotchange_{name}")

    @admin.display(description=_("session"), ordering="occurrence__session__title")
    def session(self, change):
        return change.occurrence.session.title

    @admin.display(description=_("kind"), ordering="kind")
    def what(self, change):
        return wording.CHANGES[change.kind]

    @admin.display(description=_("time after it"), ordering="starts_at")
    def new_time(self, change):
        return span(change.starts_at, change.ends_at, change.occurrence.session.season)

    @admin.display(description=_("made"), ordering="made_at")
    def made(self, change):
        return in_geneva(change.made_at)

    @admin.display(description=_("by"), ordering="made_by__username")
    def by(self, change):
        return change.made_by

    @admin.display(description=_("people"), ordering="people")
    def recipients(self, change):
        return dates.number(change.people)

    @admin.display(description=_("mails"))
    def how_far(self, change):
        return change.progress.in_words(moment.of(change.occurrence.session.season))
