"""All questions to speakers, to be found by their words."""

from django.contrib import admin
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import ReadOnlyAdmin, ShownOnPage, in_geneva
from registrations.admin.filters import SeasonFilter, SessionFilter
from registrations.admin.speaker_questions.pages import ModeratorPage, SessionPage
from registrations.admin.speaker_questions.question_page import QuestionPage
from registrations.admin.speaker_questions.table import TablePage
from registrations.people.folded_lists import FoldedSearch
from registrations.presenters.staff.speaker_questions import LOADED, QuestionRow
from sessions.models import SpeakerQuestion

PAGES = {"of_session": SessionPage, "moderator": ModeratorPage, "table": TablePage}


@admin.register(SpeakerQuestion)
class SpeakerQuestionAdmin(ShownOnPage, FoldedSearch, ReadOnlyAdmin):
    row_page = QuestionPage
    list_display = ["words", "of_session", "people", "state", "asked"]
    list_filter = [SeasonFilter, SessionFilter]
    list_select_related = ["session"]
    search_fields = ["wording", "asked__text", "merged__asked__text"]
    ordering = ["-first_asked_at", "-pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).standing().prefetch_related(*LOADED)

    def get_urls(self):
        return [*(self._url(name, page) for name, page in PAGES.items()), *super().get_urls()]

    def _url(self, name, page):
        view = self.admin_site.admin_view(page.as_view(model_admin=self))
        address = f"session/<int:pk>/{name.replace('_', '-')}/"
        return path(address, view, name=f"online_sessions_speakerquestion_{name}")

    @admin.display(description=_("question"))
    def words(self, question):
        return QuestionRow(question).text

    @admin.display(description=_("session"), ordering="session__title")
    def of_session(self, question):
        page = reverse("admin:online_sessions_speakerquestion_of_session", args=[question.session_id])
        return format_html('<a href="{}">{}</a>', page, question.session.title)

    @admin.display(description=_("people"))
    def people(self, question):
        return QuestionRow(question).people

    @admin.display(description=_("state"))
    def state(self, question):
        return QuestionRow(question).state_in_words

    @admin.display(description=_("asked"), ordering="first_asked_at")
    def asked(self, question):
        return in_geneva(question.first_asked_at)
