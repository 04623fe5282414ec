"""Seasons in the admin: their list with numbers of sessions and people, and their form with its streams."""

from django.contrib import admin
from django.db.models import Count
from django.urls import path
from django.utils.translation import gettext_lazy as _

from registrations.figures import gender
from registrations.models import Registration
from sessions.admin import feedback_words, people_links
from sessions.admin.conflicts.guarded import GuardedAdmin
from sessions.admin.effects import of_forms
from sessions.admin.fieldsets import for_looking
from sessions.admin.forms.programme import SeasonForm, StreamForm
from sessions.admin.inlines.questions import QuestionInline, warn_of_many
from sessions.admin.inlines.tables import TableFormSet
from sessions.admin.publishing.pages import PublishPage, WithdrawPage, state_with_button
from sessions.admin.season_announcements import AnnouncePage, TakeBackPage, link_to_announcing
from sessions.admin.season_pages import clock, links
from sessions.admin.season_pages.archiving import ArchivePage
from sessions.admin.season_pages.copying import CopyPage
from sessions.admin.season_pages.feedback import FeedbackFile, FeedbackPage
from sessions.admin.season_pages.figures import FiguresPage
from sessions.admin.season_pages.figures_file import FiguresFile
from sessions.admin.season_pages.opening import OpenPage
from sessions.admin.season_pages.overview import OverviewPage
from sessions.admin.season_pages.publishing_figures import PublishFiguresPage, TakeBackFiguresPage
from sessions.admin.season_pages.sentence import SentencePage
from sessions.admin.season_pages.storing_figures import StoreFiguresPage
from sessions.admin.season_pages.timetable import TimetablePage
from sessions.admin.season_pages.widget import WidgetPage
from sessions.admin.translations import wording as of_translations
from sessions.admin.translations.pages import RowPage, TranslationsPage
from sessions.admin.translations.table_pages import TableIn, TableOut
from sessions.clocks import dates, moment
from sessions.materials import files
from sessions.models import Material, Occurrence, Season, Stream
from sessions.models.seasons import current_first
from sessions.seasons import rewording

SAVE_FIRST = _("Save the season first.")
DRAFT_FIRST = _("A new season is a draft: staff alone see it until it is published.")
PAGES = {
    "overview": OverviewPage,
    "timetable": TimetablePage,
    "widget": WidgetPage,
    "clock": clock.ClockPage,
    "figures": FiguresPage,
    "store_figures": StoreFiguresPage,
    "publish_figures": PublishFiguresPage,
    "take_back_figures": TakeBackFiguresPage,
    "sentence": SentencePage,
    "figures_file": FiguresFile,
    "feedback": FeedbackPage,
    "feedback_file": FeedbackFile,
    "copy": CopyPage,
    "archive": ArchivePage,
    "open": OpenPage,
    "announce": AnnouncePage,
    "take_back": TakeBackPage,
}
# What leads to pages that are for whoever may change a season.
CHANGING = ["announcement", "asks_gender", "translations_page"]
# What leads to pages of other rights, with what somebody must be allowed.
LEADING = {"its_certificates": "registrations.view_certificate", "its_feedback": "registrations.view_feedback"}
TRANSLATING = {"translations": TranslationsPage, "bring_translations": TableIn}
PUBLISHING = {"publish": PublishPage, "withdraw": WithdrawPage}


class StreamInline(admin.TabularInline):
    model = Stream
    form = StreamForm
    formset = TableFormSet
    extra = 0
    fields = ["title", "slug", "mark", "position"]


@admin.register(Season)
class SeasonAdmin(GuardedAdmin):
    form = SeasonForm
    actions = None
    inlines = [StreamInline, QuestionInline]
    list_display = [
        *("title", "first_day", "last_day", "session_count", "slot_count", "confirmed_count"),
        *("who_sees_it", "its_sessions"),
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title",
                    "slug",
                    ("starts_on", "ends_on"),
                    ("timezone", "place"),
                    "its_sessions",
                    "translations_page",
                    "registered",
                ]
            },
        ),
        (_("Who sees it"), {"fields": ["visibility", "is_rehearsal"]}),
        (_("Sign-up"), {"fields": ["asks_gender"]}),
        (_("Mails"), {"fields": ["reminder_hours", "announcement"]}),
        (_("Certificates"), {"fields": ["certificate_percent", "its_certificates"]}),
        (_("Feedback"), {"fields": ["feedback_days", "its_feedback"]}),
        (_("On the page"), {"fields": ["introduction", "organiser", "partners", "note"]}),
        (_("Where it comes from"), {"fields": ["sources"], "classes": ["collapse"]}),
    ]

    def lock(self, pk):
        list(Occurrence.objects.filter(session__season=pk).locked().values_list("pk"))
        list(Season.objects.filter(pk=pk).locked().values_list("pk"))

    def get_ordering(self, request):
        return current_first(moment.now().astimezone(dates.GENEVA).date())

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(sessions_held=Count("sessions"))

    def get_changelist_instance(self, request):
        """The numbers of the seasons on this page, each kind in one query."""
        changelist = super().get_changelist_instance(request)
        seasons = [season.pk for season in changelist.result_list]
        slots = _by_season(Occurrence.objects.filter(session__season__in=seasons))
        people = Registration.objects.confirmed().of_confirmed_people()
        confirmed = _by_season(people.filter(session__season__in=seasons))
        for season in changelist.result_list:
            season.slots, season.confirmed = slots.get(season.pk, 0), confirmed.get(season.pk, 0)
            season.pages = links.in_a_line(season, request.user)
        return changelist

    def get_object(self, request, object_id, from_field=None):
        season = super().get_object(request, object_id, from_field)
        if season:
            season.pages = links.in_a_line(season, request.user)
        return season

    def get_urls(self):
        urls = [self._url(name, page) for name, page in PAGES.items()]
        urls += [self._url(name, page, model=Season) for name, page in (PUBLISHING | TRANSLATING).items()]
        urls += [self._url("translate", RowPage, "<slug:row>/", model=Season)]
        urls += [self._url("translations_table", TableOut, "<slug:language>.<str:kind>", model=Season)]
        return [*urls, *super().get_urls()]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title"]}

    def store_model(self, request, obj, form, change):
        """A new season is a draft: the newest that is published is the home page, also while nothing is in it."""
        if not change:
            obj.is_published = False
        super().store_model(request, obj, form, change)

    def get_readonly_fields(self, request, obj=None):
        always = ["its_sessions", "translations_page", "registered", "visibility", "announcement", *LEADING]
        if obj is None:
            return always
        has_slots = Occurrence.objects.filter(session__season=obj).exists()
        return [*always, "slug", "timezone"] if has_slots else [*always, "slug"]

    def get_fieldsets(self, request, obj=None):
        shown = people_links.for_staff(super().get_fieldsets(request, obj), request)
        shown = for_looking(
            shown, without=[name for name, right in LEADING.items() if not request.user.has_perm(right)]
        )
        if self.has_change_permission(request, obj):
            return shown
        return for_looking(shown, without=CHANGING, instead={"visibility": "is_published"})

    def effects(self, form, formsets):
        return of_forms.of_season(form, formsets)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "asks_gender" in form.changed_data:
            gender.let_ask(form.instance, form.cleaned_data["asks_gender"], by=request.user)
        warn_of_many(request, form.instance, formsets)
        rewording.season_saved(season=form.instance, changed=form.changed_data, now=moment.of(form.instance))

    def delete_model(self, request, obj):
        files.discard_after_commit(Material.objects.filter(session__season=obj))
        super().delete_model(request, obj)

    @admin.display(description=_("first day"), ordering="starts_on")
    def first_day(self, season):
        return dates.day(season.starts_on)

    @admin.display(description=_("last day"), ordering="ends_on")
    def last_day(self, season):
        return dates.day(season.ends_on)

    @admin.display(description=_("who sees it"), ordering="is_published")
    def who_sees_it(self, season):
        if not season.is_published:
            return _("staff alone")
        return _("everybody, as a rehearsal") if season.is_rehearsal else _("everybody")

    @admin.display(description=_("sessions"), ordering="sessions_held")
    def session_count(self, season):
        return season.sessions_held

    @admin.display(description=_("time slots"))
    def slot_count(self, season):
        return season.slots

    @admin.display(description=_("confirmed"))
    def confirmed_count(self, season):
        return season.confirmed

    @admin.display(description=_("programme"))
    def its_sessions(self, season):
        return SAVE_FIRST if season.pk is None else season.pages

    @admin.display(description=_("Who has one"))
    def its_certificates(self, season):
        return SAVE_FIRST if season.pk is None else people_links.to_certificates(season)

    @admin.display(description=_("What people said"))
    def its_feedback(self, season):
        return SAVE_FIRST if season.pk is None else feedback_words.link(season)

    @admin.display(description=_("Visible"))
    def visibility(self, season):
        return DRAFT_FIRST if season.pk is None else state_with_button(season)

    @admin.display(description=_("Translations"))
    def translations_page(self, season):
        return of_translations.link(season) or SAVE_FIRST

    @admin.display(description=people_links.LABEL)
    def registered(self, season):
        return SAVE_FIRST if season.pk is None else people_links.of_season(season)

    @admin.display(description=_("Those who asked to hear of the next season"))
    def announcement(self, season):
        return SAVE_FIRST if season.pk is None else link_to_announcing(season, moment.of(season))

    def _url(self, name, page, rest="", **options):
        view = self.admin_site.admin_view(page.as_view(model_admin=self, **options))
        return path(f"<int:pk>/{name}/{rest}", view, name=f"online_sessions_season_{name}")


def _by_season(rows) -> dict[int, int]:
    return dict(rows.order_by().values_list("session__season").annotate(number=Count("pk")))
