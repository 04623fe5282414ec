"""Time slots of all sessions in one list, and the pages on which one is moved, called off or held after all."""

from django.contrib import admin
from django.contrib.messages import warning
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registrations.people.folded_lists import FoldedSearch
from sessions.admin import came, occupancy, people_links, typed_hours, wording
from sessions.admin.conflicts.guarded import GuardedAdmin
from sessions.admin.effects import of_forms
from sessions.admin.fieldsets import MEETING, for_looking
from sessions.admin.inlines import slot_saving
from sessions.admin.inlines.slots import SAFE_ADDRESSES, SlotForm, links_to_changes
from sessions.admin.slot_changes.call_off import CallOffPage
from sessions.admin.slot_changes.move import MovePage
from sessions.admin.slot_changes.parts import PartsPage
from sessions.admin.slot_changes.revive import RevivePage
from sessions.clocks import moment
from sessions.models import Occurrence, Season
from sessions.staff.moment_filter import MomentFilter

admin.site.notices.append(typed_hours.notices)


class CalledOffFilter(MomentFilter):
    heading = _("called off")


@admin.register(Occurrence)
class OccurrenceAdmin(FoldedSearch, GuardedAdmin):
    form = SlotForm
    formfield_overrides = SAFE_ADDRESSES
    actions = None
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_display = ["times", "session", "state", "seats", "changes"]
    list_filter = ["session__season", ("called_off_at", CalledOffFilter)]
    list_select_related = ["session__season"]
    search_fields = ["session__title"]
    date_hierarchy = "starts_at"
    ordering = ["-starts_at", "pk"]
    readonly_fields = ["its_session", "both_times", "state", "places", "registered", "changes", "by_report"]
    fieldsets = [
        (None, {"fields": ["its_session", "both_times", "state", "places", "registered", "changes"]}),
        (
            _("Places and meeting"),
            {
                "fields": [
                    ("languages", "interpretation"),
                    "capacity",
                    "meeting_url",
                    "meeting_phone",
                    ("attendance", "by_report"),
                ]
            },
        ),
    ]

    def get_fieldsets(self, request, obj=None):
        shown = people_links.for_staff(super().get_fieldsets(request, obj), request)
        if self.has_change_permission(request, obj):
            return shown
        return for_looking(shown, without=[*MEETING, "changes", "by_report"])

    def get_list_display(self, request):
        return self.list_display if self.has_change_permission(request) else self.list_display[:-1]

    def has_add_permission(self, request):
        """New slots are typed in the form of their session."""
        return False

    def lock(self, pk):
        list(Occurrence.objects.filter(session__occurrences=pk).locked().values_list("pk"))

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("session__season")

    def get_changelist(self, request, **kwargs):
        return occupancy.SlotList

    def get_object(self, request, object_id, from_field=None):
        slot = super().get_object(request, object_id, from_field)
        return came.with_reported(occupancy.with_occupancy([slot]))[0] if slot else None

    def get_urls(self):
        pages = {"move": MovePage, "call_off": CallOffPage, "revive": RevivePage, "parts": PartsPage}
        urls = [self._url(name, page) for name, page in pages.items()]
        hours = self.admin_site.admin_view(typed_hours.TypedHoursPage.as_view(model_admin=self))
        urls += [path("typed-hours/", hours, name="online_sessions_occurrence_typed_hours")]
        return [*urls, *super().get_urls()]

    def effects(self, form, formsets):
        return of_forms.of_slot(form, now=moment.of(form.instance.session.season))

    def save_model(self, request, obj, form, change):
        # Before places are given to those who wait, and that is said.
        self.ask_first(request, form, [])
        super().save_model(request, obj, form, change)

    def store_model(self, request, obj, form, change):
        said = slot_saving.change_one(obj, form.changed_data, now=moment.of(obj.session.season))
        if said:
            warning(request, said)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        Season.objects.touch(obj.session.season_id, now=moment.of(obj.session.season))

    def _url(self, name, page):
        view = self.admin_site.admin_view(page.as_view(model_admin=self))
        return path(f"<int:pk>/{name.replace('_', '-')}/", view, name=f"online_sessions_occurrence_{name}")

    @admin.display(description=_("time"), ordering="starts_at")
    def times(self, slot):
        return wording.two_clocks_in_short(slot)

    @admin.display(description=_("Time"))
    def both_times(self, slot):
        return wording.two_clocks_of(slot)

    @admin.display(description=_("Session"))
    def its_session(self, slot):
        address = reverse("admin:online_sessions_session_change", args=[slot.session_id])
        return format_html('<a href="{}">{}</a>', address, slot.session)

    @admin.display(description=_("state"))
    def state(self, slot):
        return wording.slot_state(slot, moment.of(slot.session.season))

    @admin.display(description=_("confirmed"), ordering="taken")
    def seats(self, slot):
        return occupancy.of_slot(slot)

    @admin.display(description=_("Places taken"))
    def places(self, slot):
        return occupancy.in_full(slot)

    @admin.display(description=people_links.LABEL)
    def registered(self, slot):
        links = people_links.of_slot(slot)
        return people_links.with_attendance(links, slot) if slot.is_over(moment.of(slot.session.season)) else links

    @admin.display(description=came.LABEL)
    def by_report(self, slot):
        return came.beside(slot)

    @admin.display(description=_("change the time"))
    def changes(self, slot):
        return links_to_changes(slot)
