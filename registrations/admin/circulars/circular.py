"""Circulars: drafts and those that were sent, with how far their mails have come."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.urls import path
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import NOTHING, ReadOnlyAdmin, ShownOnPage, in_geneva
from registrations.admin.circulars.pages import may_write
from registrations.admin.circulars.preview import DeletePage, FormattedPage, PreviewPage, ToMyself
from registrations.admin.circulars.sent import SentPage, TakeBackPage
from registrations.admin.circulars.writing import NewPage, WritePage
from registrations.models import Circular
from registrations.people.folded_lists import FoldedSearch
from registrations.presenters.staff import progress
from sessions.clocks import dates, moment

PAGES = {
    "write": WritePage,
    "preview": PreviewPage,
    "formatted": FormattedPage,
    "to_myself": ToMyself,
    "take_back": TakeBackPage,
    "delete_draft": DeletePage,
}


class CircularsWithProgress(ChangeList):
    """One query counts the mails of all circulars on the page."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        found = progress.of_circulars(self.result_list)
        for circular in self.result_list:
            circular.progress = found[circular.pk]


@admin.register(Circular)
class CircularAdmin(ShownOnPage, FoldedSearch, ReadOnlyAdmin):
    row_page = SentPage
    list_display = ["subject", "in_season", "how_far", "recipients", "made", "by"]
    list_filter = [("season", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["season", "made_by", "written_by"]
    search_fields = ["words__subject"]
    ordering = ["-changed_at", "-pk"]

    def has_add_permission(self, request, obj=None):
        return may_write(request.user)

    def get_queryset(self, request):
        """Drafts are for those who write."""
        found = super().get_queryset(request).defer("left").prefetch_related("words")
        return found if may_write(request.user) else found.sent()

    def get_changelist(self, request, **kwargs):
        return CircularsWithProgress

    def get_urls(self):
        return [*(self._url(name, page) for name, page in PAGES.items()), *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        return NewPage.as_view(model_admin=self)(request)

    def _url(self, name, page):
        view = self.admin_site.admin_view(page.as_view(model_admin=self))
        return path(f"<int:pk>/{name.replace('_', '-')}/", view, name=f"registrations_circular_{name}")

    @admin.display(description=_("subject"))
    def subject(self, circular):
        return str(circular)

    @admin.display(description=_("season"), ordering="season__title")
    def in_season(self, circular):
        return circular.season.title

    @admin.display(description=_("mails"))
    def how_far(self, circular):
        return _("draft") if circular.is_draft else circular.progress.in_words(moment.of(circular.season))

    @admin.display(description=_("people"), ordering="people")
    def recipients(self, circular):
        return NOTHING if circular.is_draft else dates.number(circular.people)

    @admin.display(description=_("sent"), ordering="made_at")
    def made(self, circular):
        return in_geneva(circular.made_at)

    @admin.display(description=_("by"))
    def by(self, circular):
        return circular.made_by or circular.written_by
