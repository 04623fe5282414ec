"""Admin pages that only show, and the words in which they do."""

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registrations import audit
from registrations.people import search
from sessions import addresses
from sessions.clocks import dates
from sessions.clocks.wall_clock import on_clock
from sessions.reference import countries
from sessions.staff import unsent_forms
from sessions.staff.history import HistoryOfStaffActions
from sessions.staff.list_filters import NarrowedByFilters
from sessions.staff.numbers import row_number

NOTHING = "\N{EN DASH}"


class ReadOnly:
    """Nothing is added, changed or deleted here; the right to view is Django's."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ShownOnPage:
    """For a ModelAdmin whose rows have a page of ours, `row_page`, in place of the form."""

    row_page = None

    def change_view(self, request, object_id, form_url="", extra_context=None):
        key = row_number(object_id)
        if key is None:
            raise Http404
        return self.row_page.as_view(model_admin=self)(request, pk=key)


class ReadOnlyAdmin(ReadOnly, HistoryOfStaffActions, NarrowedByFilters, admin.ModelAdmin):
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 100

    def log_change(self, request, obj, message):
        """In Django's history as in the audit log: erasing somebody looks at neither."""
        about = {"content_type": ContentType.objects.get_for_model(obj), "object_id": obj.pk}
        said = {"object_repr": audit.name_of(obj)[:200], "change_message": message}
        return LogEntry.objects.create(user=request.user, action_flag=CHANGE, **about, **said)

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        unsent = unsent_forms.find(request)
        if unsent and "cl" in (getattr(response, "context_data", None) or {}):
            _choose_again(response.context_data, unsent.typed)
        return response

    def action_checkbox(self, obj):
        """As Django's, without rendering a template for each row: that took 2 of 5 parts of a page of a hundred."""
        label = _("Choose %(row)s for an action") % {"row": obj}
        checked = mark_safe(" checked") if getattr(obj, "is_chosen", False) else ""
        box = '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}"{}>'
        return format_html(box, ACTION_CHECKBOX_NAME, obj.pk, label, checked)

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, addresses.as_stored(search_term))


def _choose_again(shown, typed):
    """The rows that were ticked, and what was to be done with them."""
    chosen = set(typed.getlist(ACTION_CHECKBOX_NAME))
    for row in shown["cl"].result_list:
        row.is_chosen = str(row.pk) in chosen
    if shown["action_form"]:
        shown["action_form"].initial["action"] = typed.get("action")


def searched(rows, typed, of=""):
    """Of the rows those of people whom the words find; `of` leads from a row to its person. Nothing typed finds all."""
    if not typed.strip():
        return rows
    found = search.matching(typed, of)
    return rows.none() if found is None else rows.filter(found)


def slot_time(slot) -> str:
    """Thu 8 Oct 2030, 09:00–10:00 (Geneva); for a slot with its session and season loaded."""
    held = slot.held_stretches or slot.stretches
    text = "; ".join(span(each.starts_at, each.ends_at, slot.session.season) for each in held)
    return _("%(time)s, called off") % {"time": text} if slot.is_called_off else text


def span(starts_at, ends_at, season) -> str:
    """Thu 8 Oct 2030, 09:00–10:00 (Geneva)."""
    clock = on_clock(starts_at, ends_at, season.timezone, season.place)
    words = {"day": dates.short_day_with_year(clock.starts_at), "hours": clock.hours, "place": clock.place}
    return _("%(day)s, %(hours)s (%(place)s)") % words


def in_geneva(moment) -> str:
    """8 Oct 2030, 09:00 (Geneva); a dash for what has not happened."""
    return NOTHING if moment is None else dates.in_geneva(moment)


def country_name(participant) -> str:
    return countries.name(participant.country, get_language() or "en")


def region_name(participant) -> str:
    """As the United Nations Statistics Division calls it; empty for somebody of no country."""
    return countries.region(participant.country, get_language() or "en")
