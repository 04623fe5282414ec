"""Requests of people who hold a forwarded invitation."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import NOTHING, ReadOnlyAdmin, ShownOnPage, in_geneva
from registrations.admin.filters import SeasonFilter, SessionFilter
from registrations.admin.invitations.pages import RequestPage
from registrations.models import AdmissionRequest
from registrations.people.folded_lists import FoldedSearch

RELATED = ["invitation__session"]


class SeasonOfInvitation(SeasonFilter):
    column = "invitation__session__season"


class SessionOfInvitation(SessionFilter):
    column = "invitation__session"


class AnswerFilter(admin.SimpleListFilter):
    title = _("answer")
    parameter_name = "answer"

    def lookups(self, request, model_admin):
        return [("none", _("not answered yet")), ("granted", _("granted")), ("refused", _("refused"))]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.filter(answered_at=None)
        if self.value() in ("granted", "refused"):
            return queryset.filter(answered_at__isnull=False, is_granted=self.value() == "granted")
        return queryset


@admin.register(AdmissionRequest)
class AdmissionRequestAdmin(ShownOnPage, FoldedSearch, ReadOnlyAdmin):
    row_page = RequestPage
    list_display = ["person", "email", "organisation", "session", "holder", "asked", "answer"]
    list_display_links = ["person"]
    list_filter = [AnswerFilter, SeasonOfInvitation, SessionOfInvitation]
    list_select_related = RELATED
    search_fields = ["name", "email", "organisation"]
    ordering = ["-asked_at", "-pk"]

    @admin.display(description=_("name"), ordering="name")
    def person(self, asked):
        return asked.name or NOTHING

    @admin.display(description=_("session"), ordering="invitation__session__title")
    def session(self, asked):
        return asked.invitation.session.title

    @admin.display(description=_("holds the invitation of"), ordering="invitation__name")
    def holder(self, asked):
        return asked.invitation.name

    @admin.display(description=_("asked"), ordering="asked_at")
    def asked(self, asked):
        return in_geneva(asked.asked_at)

    @admin.display(description=_("answer"))
    def answer(self, asked):
        if asked.answered_at is None:
            return _("not answered yet")
        return _("granted") if asked.is_granted else _("refused")
