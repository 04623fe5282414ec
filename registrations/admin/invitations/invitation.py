"""Invitations: who was invited to which session, and what became of it."""

from django.contrib import admin
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registrations import audit
from registrations.admin.base import NOTHING, ReadOnlyAdmin, in_geneva
from registrations.admin.filters import SeasonFilter, SessionFilter, WayFilter
from registrations.admin.invitations.pages import WithdrawPage
from registrations.admin.invitations.wording import STATES
from registrations.invitations.states import with_state
from registrations.models import Invitation, InvitationBatch
from registrations.people.folded_lists import FoldedSearch
from sessions.clocks import dates, moment
from sessions.models import Session
from sessions.staff.numbers import row_number
from sessions.tables.writing import csv_lines

COLUMNS = {
    "name": _("Name"),
    "email": _("E-mail"),
    "organisation": _("Organisation"),
    "session": _("Session"),
    "state": _("State"),
    "since": _("Since (UTC)"),
}


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [(str(state), words) for state, words in STATES.items()]

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() else queryset


class BatchFilter(WayFilter):
    title = _("import")
    parameter_name = column = "batch"
    model = InvitationBatch


@admin.register(Invitation)
class InvitationAdmin(FoldedSearch, ReadOnlyAdmin):
    actions = ["download"]
    list_display = ["person", "email", "organisation", "session", "what_became", "since", "take_back"]
    list_display_links = ["person"]
    list_filter = [SeasonFilter, SessionFilter, StateFilter, BatchFilter]
    list_select_related = ["session"]
    search_fields = ["name", "email", "organisation"]
    ordering = ["-invited_at", "pk"]
    fieldsets = [
        (None, {"fields": ["person", "email", "organisation", "language", "session", "take_back"]}),
        (_("State"), {"fields": ["what_became", "invited", "invited_by", "batch", "opened", "accepted"]}),
        (None, {"fields": ["declined", "withdrawn", "registration"]}),
    ]

    def get_queryset(self, request):
        return with_state(super().get_queryset(request))

    def get_urls(self):
        view = self.admin_site.admin_view(WithdrawPage.as_view(model_admin=self))
        return [path("<int:pk>/withdraw/", view, name="registrations_invitation_withdraw"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        """With a way to invite people to the session that the list is narrowed to."""
        sessions = Session.objects.filter(access=Session.Access.INVITATION)
        session = sessions.filter(pk=row_number(request.GET.get("session"))).first()
        may_invite = request.user.has_perm("registrations.add_invitation")
        context = {"session_to_invite_to": session if may_invite else None}
        return super().changelist_view(request, context | (extra_context or {}))

    @admin.action(description=_("Download as CSV"), permissions=["view"])
    def download(self, request, queryset):
        invitations = list(queryset.select_related("session"))
        audit.record(
            "exported",
            by=request.user,
            about=str(Invitation._meta.verbose_name_plural),
            after={"rows": len(invitations)},
        )
        response = HttpResponse(csv_lines(_rows(invitations)), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="invitations-{moment.now():%Y%m%d-%H%M}.csv"'
        response["Cache-Control"] = "no-store"
        return response

    @admin.display(description=_("name"), ordering="name")
    def person(self, invitation):
        return invitation.name or NOTHING

    @admin.display(description=_("state"), ordering="state")
    def what_became(self, invitation):
        return STATES[invitation.state]

    @admin.display(description=_("since"), ordering="state_since")
    def since(self, invitation):
        return in_geneva(invitation.state_since)

    @admin.display(description=_("invited"))
    def invited(self, invitation):
        return in_geneva(invitation.invited_at)

    @admin.display(description=_("opened"))
    def opened(self, invitation):
        return in_geneva(invitation.opened_at)

    @admin.display(description=_("accepted"))
    def accepted(self, invitation):
        return in_geneva(invitation.accepted_at)

    @admin.display(description=_("declined"))
    def declined(self, invitation):
        return in_geneva(invitation.declined_at)

    @admin.display(description=_("withdrawn"))
    def withdrawn(self, invitation):
        return in_geneva(invitation.withdrawn_at)

    @admin.display(description=_("take back"))
    def take_back(self, invitation):
        if invitation.withdrawn_at:
            return NOTHING
        address = reverse("admin:registrations_invitation_withdraw", args=[invitation.pk])
        return format_html('<a href="{}">{}</a>', address, _("Withdraw"))


def _rows(invitations):
    yield list(COLUMNS.values())
    for invitation in invitations:
        person = [invitation.name, invitation.email, invitation.organisation, invitation.session.title]
        yield [*person, STATES[invitation.state], dates.stamp(invitation.state_since)]
