"""The pages about the site in the admin: two rows, of which staff change the text."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sessions.admin.conflicts.guarded import GuardedAdmin
from sessions.admin.conflicts.merging import MergingForm
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
    list_display = ["__str__", "is_own"]
    fields = ["text"]

    def lock(self, pk):
        list(PageText.objects.filter(pk=pk).locked().values_list("pk"))

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("changed by staff"), boolean=True)
    def is_own(self, page):
        return bool(page.text)
