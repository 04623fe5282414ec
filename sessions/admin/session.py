"""Sessions, with their time slots, speakers and materials in one form."""

from django.contrib import admin, messages
from django.db.models import Min, Prefetch
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registrations.people.folded_lists import FoldedSearch
from sessions.admin import feedback_words, occupancy, people_links, sections, wording
from sessions.admin.announcements import AnnouncePage, TakeBackPage, link_to_announcing
from sessions.admin.conflicts.guarded import GuardedAdmin
from sessions.admin.conflicts.merging import MergingForm
from sessions.admin.effects import of_forms
from sessions.admin.feedback_page import FeedbackPage
from sessions.admin.fieldsets import for_looking
from sessions.admin.forms.programme import SessionForm
from sessions.admin.inlines import slot_saving
from sessions.admin.inlines.materials import MaterialFormSet, MaterialInline
from sessions.admin.inlines.questions import QuestionInline, warn_of_many
from sessions.admin.inlines.slots import NewSlotFormSet, NewSlotInline, SlotFormSet, SlotInline
from sessions.admin.inlines.tables import TableFormSet
from sessions.admin.invitations.page import InvitePage, links_to_invitations
from sessions.admin.invitations.table_page import TablePage
from sessions.admin.publishing.pages import PublishPage, WithdrawPage, state_with_button
from sessions.admin.translations import wording as of_translations
from sessions.admin.translations.pages import RowPage, TranslationsPage
from sessions.admin.translations.table_pages import TableIn, TableOut
from sessions.clocks import moment
from sessions.materials import files
from sessions.models import Occurrence, Season, Session, Speaker, Stream
from sessions.seasons import rewording
from sessions.staff.numbers import row_number

# What somebody must be allowed to open for these fields to lead anywhere.
NEEDED = {
    "registered": "registrations.view_registration",
    "invitations": "registrations.view_invitation",
    "slot_changes": "registrations.view_slotchange",
    "speaker_questions": "online_sessions.view_speakerquestion",
    "its_feedback": "registrations.view_feedback",
    "its_certificates": "registrations.view_certificate",
}
SAVE_FIRST = _("Save the session first.")
DRAFT_FIRST = _("A new session is a draft: staff alone see it until it is published.")
DRAFT_ADDED = _("It is a draft: staff alone see it. When it is ready, choose “Publish …” on its page, under “People”.")
PAGES = {"announce": AnnouncePage, "take_back": TakeBackPage, "invite": InvitePage, "feedback": FeedbackPage}
TRANSLATING = {"translations": TranslationsPage, "bring_translations": TableIn}
PUBLISHING = {"publish": PublishPage, "withdraw": WithdrawPage}


class SpeakerInline(admin.TabularInline):
    model = Speaker
    form = MergingForm
    formset = TableFormSet
    extra = 0
    fields = ["name", "role", "affiliation", "part", "position"]


class StreamFilter(admin.SimpleListFilter):
    """By title: each season has streams of its own, and most have the same names."""

    title = _("stream")
    parameter_name = "stream"

    def lookups(self, request, model_admin):
        titles = Stream.objects.order_by("title").values_list("title", flat=True).distinct()
        return [(title, title) for title in titles]

    def queryset(self, request, queryset):
        return queryset.filter(stream__title=self.value()) if self.value() else queryset


@admin.register(Session)
class SessionAdmin(FoldedSearch, GuardedAdmin):
    form = SessionForm
    actions = None
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_display = ["title", "first_slot", "state", "seats", "translated", "stream", "season"]
    list_filter = ["season", StreamFilter, "access", "is_published"]
    list_select_related = ["season", "stream"]
    search_fields = ["title", "summary", "speakers__name"]
    fieldsets = [
        (
            sections.TEXTS,
            {
                "fields": [
                    *("season", "stream", "title", "slug", "summary"),
                    *(("platform", "languages"), "audience", "partners", "expect_afterwards", "translations_page"),
                ]
            },
        ),
        (
            sections.REGISTRATION,
            {
                "fields": [
                    *("visibility", "access", "registration_opens_at", "registration_closes_at"),
                    *("registered", "invitations", "takes_questions", "speaker_questions"),
                ]
            },
        ),
        (sections.MAILS, {"fields": ["announcement", "slot_changes"]}),
        (
            sections.AFTER,
            {
                "fields": [
                    ("attendance_total", "attendance_is_minimum"),
                    "attendance_note",
                    "asks_feedback",
                    "its_feedback",
                    "its_certificates",
                ]
            },
        ),
        (
            sections.PROVENANCE,
            {"fields": ["is_unconfirmed", "unconfirmed_fields", "sources", "note"], "classes": ["collapse"]},
        ),
    ]

    def lock(self, pk):
        list(Occurrence.objects.filter(session=pk).locked().values_list("pk"))
        list(Season.objects.filter(sessions=pk).locked().values_list("pk"))
        list(Session.objects.filter(pk=pk).locked().values_list("pk"))

    def get_queryset(self, request):
        slots = Occurrence.objects.in_order()
        sessions = super().get_queryset(request).annotate(first_starts_at=Min("occurrences__starts_at"))
        in_order = sessions.order_by("-season__starts_on", "first_starts_at", "pk")
        return in_order.prefetch_related(Prefetch("occurrences", slots, to_attr="slots"))

    def get_changelist(self, request, **kwargs):
        return occupancy.SessionList

    def get_inlines(self, request, obj):
        return [*([SlotInline] if obj else []), NewSlotInline, SpeakerInline, QuestionInline, MaterialInline]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title"]}

    def get_readonly_fields(self, request, obj=None):
        # People, links and slots belong to the season: a session never changes it.
        always = ["visibility", "translations_page", "announcement", *NEEDED]
        return [*always, "season", "slug"] if obj else always

    def get_urls(self):
        columns = self.admin_site.admin_view(TablePage.as_view(model_admin=self))
        return [
            *(self._url(name, page) for name, page in PAGES.items()),
            *(
                self._url(name, page, model=Session, related=["season"])
                for name, page in (PUBLISHING | TRANSLATING).items()
            ),
            self._url("translate", RowPage, "<slug:row>/", model=Session, related=["season"]),
            self._url("translations_table", TableOut, "<slug:language>.<str:kind>", model=Session, related=["season"]),
            path("table/<int:pk>/", columns, name="online_sessions_uploadedtable_columns"),
            *super().get_urls(),
        ]

    def get_changeform_initial_data(self, request):
        season = self._season(request, None)
        return super().get_changeform_initial_data(request) | {"season": season and season.pk}

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """All moments of the form are typed and shown on the season's clock."""
        season = self._season(request, object_id)
        with timezone.override(season and season.zone):
            response = super().changeform_view(request, object_id, form_url, extra_context)
            return response.render() if hasattr(response, "render") else response

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "stream":
            field.queryset = field.queryset.select_related("season").order_by("-season__starts_on", "position")
            field.label_from_instance = lambda stream: f"{stream.season}: {stream}"
        return field

    def get_view_on_site_url(self, obj=None):
        """None for a draft, whose page is open to nobody."""
        return super().get_view_on_site_url(obj) if obj and obj.is_public else None

    def response_add(self, request, obj, post_url_continue=None):
        messages.info(request, DRAFT_ADDED)
        return super().response_add(request, obj, post_url_continue)

    def store_model(self, request, obj, form, change):
        if not change:
            obj.is_published = False
        super().store_model(request, obj, form, change)

    def store_formset(self, request, form, formset, change):
        if isinstance(formset, NewSlotFormSet):
            warnings = slot_saving.add(formset, now=moment.of(formset.instance.season))
        elif isinstance(formset, SlotFormSet):
            warnings = slot_saving.change(formset, now=moment.of(formset.instance.season))
        elif isinstance(formset, MaterialFormSet):
            return formset.save_with_files()
        else:
            return super().store_formset(request, form, formset, change)
        for warning in warnings:
            messages.warning(request, warning)

    def effects(self, form, formsets):
        return of_forms.of_session(form, formsets, now=moment.of(form.instance.season))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change:
            context["sections"] = sections.of(context["adminform"], context["inline_admin_formsets"])
            # The way to delete it is at the end of the form.
            context["show_save_and_add_another"] = context["show_delete"] = False
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        warn_of_many(request, form.instance, formsets)
        rewording.session_saved(session=form.instance, changed=form.changed_data, now=moment.of(form.instance.season))

    def delete_model(self, request, obj):
        files.discard_after_commit(obj.materials.all())
        super().delete_model(request, obj)
        Season.objects.touch(obj.season_id, now=moment.of(obj.season))

    @admin.display(description=_("first time slot"), ordering="first_starts_at")
    def first_slot(self, session):
        held = [slot for slot in session.slots if not slot.is_called_off] or session.slots
        return wording.two_clocks_in_short(held[0]) if held else None

    @admin.display(description=_("state"))
    def state(self, session):
        return wording.session_state(session, session.slots, moment.of(session.season))

    @admin.display(description=_("confirmed"))
    def seats(self, session):
        return occupancy.of_session(session)

    def get_fieldsets(self, request, obj=None):
        shown = super().get_fieldsets(request, obj)
        closed = [field for field, permission in NEEDED.items() if not request.user.has_perm(permission)]
        if self.has_change_permission(request, obj):
            return for_looking(shown, without=closed)
        return for_looking(
            shown, without=[*closed, "announcement", "translations_page"], instead={"visibility": "is_published"}
        )

    @admin.display(description=_("translated"))
    def translated(self, session):
        return of_translations.done(session)

    @admin.display(description=_("Translations"))
    def translations_page(self, session):
        return of_translations.link(session) or SAVE_FIRST

    @admin.display(description=_("Visible"))
    def visibility(self, session):
        return DRAFT_FIRST if session.pk is None else state_with_button(session)

    @admin.display(description=people_links.LABEL)
    def registered(self, session):
        return SAVE_FIRST if session.pk is None else people_links.of_session(session)

    @admin.display(description=_("Who is invited"))
    def invitations(self, session):
        return SAVE_FIRST if session.pk is None else links_to_invitations(session)

    @admin.display(description=_("Questions to the speakers"))
    def speaker_questions(self, session):
        return SAVE_FIRST if session.pk is None else people_links.to_speaker_questions(session)

    @admin.display(description=_("Those who asked to hear"))
    def announcement(self, session):
        return SAVE_FIRST if session.pk is None else link_to_announcing(session, moment.of(session.season))

    @admin.display(description=_("What people said"))
    def its_feedback(self, session):
        return SAVE_FIRST if session.pk is None else feedback_words.link(session)

    @admin.display(description=_("Who has a certificate"))
    def its_certificates(self, session):
        return SAVE_FIRST if session.pk is None else people_links.to_certificates(session)

    @admin.display(description=_("Changes of its time slots"))
    def slot_changes(self, session):
        if session.pk is None:
            return SAVE_FIRST
        address = reverse("admin:registrations_slotchange_changelist", query={"session": session.pk})
        return format_html('<a href="{}">{}</a>', address, _("What was changed, and the mails of that"))

    def _url(self, name, page, rest="", **options):
        view = self.admin_site.admin_view(page.as_view(model_admin=self, **options))
        return path(f"<int:pk>/{name}/{rest}", view, name=f"online_sessions_session_{name}")

    def _season(self, request, object_id) -> Season | None:
        if object_id:
            return Season.objects.filter(sessions__pk=row_number(object_id)).first()
        chosen = row_number(request.POST.get("season") or request.GET.get("season"))
        seasons = Season.objects.newest_first() if chosen is None else Season.objects.filter(pk=chosen)
        return seasons.first()
