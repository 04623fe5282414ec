"""The pages about the site in the admin: two rows, of which staff change the text."""

from django.contrib import admin
from django.urls import path
from django.utils.translation import gettext_lazy as _

from sessions.admin.conflicts.guarded import GuardedAdmin
from sessions.admin.conflicts.merging import MergingForm
from sessions.admin.translations import wording as of_translations
from sessions.admin.translations.pages import RowPage, TranslationsPage
from sessions.admin.translations.table_pages import TableIn, TableOut
from sessions.models import PageText
from sessions.presenters import page_texts


class PageTextForm(MergingForm):
    """Begins with the words that the page shows, and stores none where they are the usual ones."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["text"] = self.instance.text or page_texts.usual(self.instance.page)

    def clean_text(self):
        typed = self.cleaned_data["text"]
        return "" if typed.split() == page_texts.usual(self.instance.page).split() else typed


@admin.register(PageText)
class PageTextAdmin(GuardedAdmin):
    form = PageTextForm
    list_display = ["__str__", "is_own", "translated"]
    fields = ["text", "translations_page"]
    readonly_fields = ["translations_page"]

    def lock(self, pk):
        list(PageText.objects.filter(pk=pk).locked().values_list("pk"))

    def get_urls(self):
        return [
            self._url("translations", TranslationsPage),
            self._url("bring_translations", TableIn),
            self._url("translate", RowPage, "<slug:row>/"),
            self._url("translations_table", TableOut, "<slug:language>.<str:kind>"),
            *super().get_urls(),
        ]

    def get_fields(self, request, obj=None):
        return self.fields if self.has_change_permission(request, obj) else ["text"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("changed by staff"), boolean=True)
    def is_own(self, page):
        return bool(page.text)

    @admin.display(description=_("translated"))
    def translated(self, page):
        return of_translations.done(page)

    @admin.display(description=_("Translations"))
    def translations_page(self, page):
        return of_translations.link(page)

    def _url(self, name, page, rest=""):
        view = self.admin_site.admin_view(page.as_view(model_admin=self, model=PageText))
        return path(f"<int:pk>/{name}/{rest}", view, name=f"online_sessions_pagetext_{name}")
