"""The audit log of staff: who did what and when, what was before and after, and why."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, TextField, Value, When
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import audit
from registrations.admin.audit import naming, trail, wording
from registrations.admin.base import NOTHING, ReadOnlyAdmin, in_geneva
from registrations.models import StaffAction

ROW = '<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>'
HEAD = '<th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th>'
TABLE = f"<table><thead><tr>{HEAD}</tr></thead><tbody>{{}}</tbody></table>"


class ActionFilter(admin.SimpleListFilter):
    title = gettext_lazy("what was done")
    parameter_name = "action"

    def lookups(self, request, model_admin):
        return list(wording.ACTIONS.items())

    def queryset(self, request, queryset):
        return queryset.filter(action=self.value()) if self.value() else queryset


class ActionList(ChangeList):
    def get_results(self, request):
        """With `named`, of the rows of this page alone."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        naming.note_names(self.result_list, request.user)


@admin.register(StaffAction)
class StaffActionAdmin(ReadOnlyAdmin):
    list_display = ["when", "who", "what", "sort", "about_whom", "changes", "reason_in_short"]
    list_display_links = ["when"]
    list_filter = [
        trail.OfRowFilter,
        ActionFilter,
        ("made_by", admin.RelatedOnlyFieldListFilter),
        ("made_at", admin.DateFieldListFilter),
    ]
    search_fields = ["about", "by_name", "shown_why"]
    search_help_text = gettext_lazy("In what it was done to, names of staff, and reasons.")
    ordering = ["-made_at", "-pk"]
    fieldsets = [
        (None, {"fields": ["when", "who", "what", "sort", "where", "reason"]}),
        (gettext_lazy("Before and after"), {"fields": ["table", "mails"]}),
    ]

    def get_changelist(self, request, **kwargs):
        return ActionList

    def changelist_view(self, request, extra_context=None):
        row = trail.row_asked_for(request)
        shown = {"title": _("History of %(row)s") % {"row": row}, "page_of_row": trail.page_of(row)} if row else {}
        return super().changelist_view(request, shown | (extra_context or {}))

    def history_view(self, request, object_id, extra_context=None):
        """Nobody changes what is on record."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect("admin:registrations_staffaction_changelist")

    def get_queryset(self, request):
        """With `shown_why`, the reason that the reader may know: those about people only for who may view people."""
        why = F("why")
        if not request.user.has_perm("registrations.view_participant"):
            why = Case(When(kind__in=audit.KINDS_ABOUT_PEOPLE, then=Value("")), default=why, output_field=TextField())
        return super().get_queryset(request).annotate(shown_why=why)

    @admin.display(description=gettext_lazy("when"), ordering="made_at")
    def when(self, action):
        return in_geneva(action.made_at)

    @admin.display(description=gettext_lazy("who"), ordering="by_name")
    def who(self, action):
        return action.by_name or _("a command on the server")

    @admin.display(description=gettext_lazy("what"), ordering="action")
    def what(self, action):
        return wording.action_of(action)

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def sort(self, action):
        return wording.kind(action)

    @admin.display(description=gettext_lazy("about"), ordering="about")
    def about_whom(self, action):
        return action.named

    @admin.display(description=gettext_lazy("changes"))
    def changes(self, action):
        return wording.in_short(action)

    def get_object(self, request, object_id, from_field=None):
        action = super().get_object(request, object_id, from_field)
        if action and not _may_open(action.page, request):
            action.page = ""
        if action:
            action.shows_secrets = request.user.is_superuser
            naming.note_names([action], request.user)
        return action

    @admin.display(description=gettext_lazy("of"))
    def where(self, action):
        return format_html('<a href="{}">{}</a>', action.page, action.named) if action.page else action.named

    @admin.display(description=gettext_lazy("why"))
    def reason(self, action):
        return action.shown_why or NOTHING

    @admin.display(description=gettext_lazy("why"))
    def reason_in_short(self, action):
        return action.shown_why

    @admin.display(description=gettext_lazy("changes"))
    def table(self, action):
        rows = format_html_join("", ROW, wording.differences(action, shows_secrets=action.shows_secrets))
        return format_html(TABLE, _("Field"), _("Before"), _("After"), rows) if rows else NOTHING

    @admin.display(description=gettext_lazy("mails about it"))
    def mails(self, action):
        if not action.change_id:
            return NOTHING
        page = reverse("admin:registrations_slotchange_change", args=[action.change_id])
        return format_html('<a href="{}">{}</a>', page, _("Show the change and its mails"))


def _may_open(page, request) -> bool:
    """Whether the page of what it was done to is for who reads this."""
    try:
        return resolve(page).func.model_admin.has_view_permission(request)
    except (Resolver404, AttributeError):
        return False
