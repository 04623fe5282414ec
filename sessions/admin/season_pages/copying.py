"""The page on which staff copy a season to other dates: a draft, as the command `clone_season` makes it."""

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminDateWidget, AdminTextInputWidget
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import publishing
from sessions.admin.forms.fields import in_usual_years
from sessions.admin.forms.programme import WRONG_SLUG
from sessions.admin.programme_page import ProgrammePage, programme_of
from sessions.clocks import moment
from sessions.models import Season
from sessions.seasons import cloning

TAKEN = gettext_lazy("There is a season with this name in its address already. Choose another one.")


class CopyForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        widget=AdminTextInputWidget,
        error_messages={"required": gettext_lazy("Write the title of the new season.")},
    )
    slug = forms.SlugField(
        label=gettext_lazy("Name in the address"),
        max_length=50,
        error_messages={"invalid": WRONG_SLUG, "required": gettext_lazy("Write a short name, such as 2028.")},
        help_text=gettext_lazy(
            "Short, such as 2028: it stands in the web address of the season. Cannot be changed later: links in mails "
            "and calendars contain it."
        ),
    )
    starting = forms.DateField(
        label=gettext_lazy("First day"),
        widget=AdminDateWidget,
        error_messages={"required": gettext_lazy("Choose the day on which the season begins.")},
        help_text=gettext_lazy(
            "The first time slot is on this day or in the week after it, on its old day of the week; all others "
            "move by as many weeks. Hours on the clock stay."
        ),
    )
    rehearsal = forms.BooleanField(
        label=gettext_lazy("Rehearsal"),
        required=False,
        help_text=gettext_lazy("To practise with: every page and mail says that it is not a real season."),
    )

    def clean_starting(self):
        return in_usual_years(self.cleaned_data["starting"])

    def clean_slug(self):
        if Season.objects.filter(slug=self.cleaned_data["slug"]).exists():
            raise forms.ValidationError(TAKEN)
        return self.cleaned_data["slug"]


class CopyPage(ProgrammePage):
    """Only for people who may add seasons."""

    model = Season
    template_name = "admin/online_sessions/season/copy.html"
    title = gettext_lazy("Copy to a new season")

    def has_permission(self):
        return self.model_admin.has_add_permission(self.request)

    @property
    def way_back(self):
        return programme_of(self.row)

    def get(self, request, pk):
        return self._show(CopyForm(self.unsent or None))

    def post(self, request, pk):
        form = CopyForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            copy = publishing.copy_season(source=self.row, now=moment.now(), by=request.user, **form.cleaned_data)
        except cloning.CannotCopy as reason:
            form.add_error(None, str(reason))
            return self._show(form)
        except IntegrityError:
            form.add_error("slug", TAKEN)
            return self._show(form)
        self.model_admin.log_addition(request, copy, [{"added": {}}])
        text = _("“%(season)s” is copied. It is a draft: look through it, then publish it.")
        return self.leave(messages.SUCCESS, text % {"season": copy}, page=programme_of(copy))

    def _show(self, form):
        return self.show(form=form, media=self.model_admin.media + form.media)
