"""The Parties to the Convention in the admin: a list to look at, and the page on which staff paste it as a whole."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations import audit
from sessions.clocks import dates
from sessions.clocks.wall_clock import YEARS
from sessions.models import Party
from sessions.reference import party_list
from sessions.staff.history import HistoryOfStaffActions
from sessions.staff.list_filters import NarrowedByFilters
from sessions.staff.page import StaffPage

LIST = "admin:online_sessions_party_changelist"
MOST_CHARACTERS = 20_000


class PartiesForm(forms.Form):
    """Gives `parties`, days by code; `shown` is the list that the page began with."""

    lines = forms.CharField(
        label=gettext_lazy("One Party a line: the country, and since when"),
        help_text=gettext_lazy(
            "Paste the list of the depositary, or lines such as “Kenya; 2023-12-20”. The day is the one on which the "
            "Convention entered into force for the country."
        ),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea({"rows": 20, "cols": 80, "spellcheck": "false"}),
    )
    shown = forms.CharField(required=False, max_length=MOST_CHARACTERS, widget=forms.HiddenInput)

    def clean_lines(self):
        lines = party_list.read(self.cleaned_data["lines"])
        problems = [words for line in lines if (words := _problem(line))]
        codes = [line.country for line in lines]
        problems += [_twice(line) for place, line in enumerate(lines) if line.country in codes[:place] and line.country]
        if problems:
            raise ValidationError(problems[:20])
        self.parties = {line.country: line.since for line in lines}
        return self.cleaned_data["lines"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("shown", "").split() != stored().split():
            words = _("A colleague has changed the list meanwhile. Open this page in another window, and compare.")
            raise ValidationError(words, code="changed")
        return cleaned


class LoadPage(StaffPage):
    model = Party
    template_name = "admin/online_sessions/parties.html"
    title = gettext_lazy("List of the Parties")

    def has_permission(self):
        return self.request.user.has_perm("online_sessions.change_party")

    def leads_to(self):
        return reverse(LIST)

    def get(self, request):
        lines = self.unsent.get("lines", stored())
        return self.show(form=PartiesForm(initial={"lines": lines, "shown": self.unsent.get("shown", stored())}))

    @transaction.atomic
    def post(self, request):
        form = PartiesForm(request.POST)
        if not form.is_valid():
            return self.show(form=form)
        replace(form.parties, by=request.user)
        text = ngettext("%(number)s Party is stored.", "%(number)s Parties are stored.", len(form.parties))
        return self.leave(messages.SUCCESS, text % {"number": dates.number(len(form.parties))})


@admin.register(Party)
class PartyAdmin(HistoryOfStaffActions, NarrowedByFilters, admin.ModelAdmin):
    """Changed as one list, because it comes as one."""

    actions = None
    list_display = ["country_name", "its_day"]
    list_display_links = None
    list_per_page = 300
    change_list_template = "admin/online_sessions/parties_list.html"

    def get_queryset(self, request):
        return super().get_queryset(request).order_by("-since", "country")

    def get_urls(self):
        view = self.admin_site.admin_view(LoadPage.as_view(model_admin=self))
        return [path("load/", view, name="online_sessions_party_load"), *super().get_urls()]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("country"))
    def country_name(self, party):
        return str(party)

    @admin.display(description=_("Party since"))
    def its_day(self, party):
        return dates.day(party.since)


def stored() -> str:
    return party_list.written(Party.objects.values_list("country", "since"))


def replace(parties, *, by):
    """Let these be all Parties; `parties` are days by code. Within a transaction."""
    before = dict(Party.objects.values_list("country", "since"))
    if before == parties:
        return
    Party.objects.all().delete()
    Party.objects.bulk_create(Party(country=code, since=since) for code, since in parties.items())
    numbers = {"before": {"parties": len(before)}, "after": {"parties": len(parties)}}
    audit.record("parties-stored", by=by, about=_("Parties to the Convention"), **numbers)


def _problem(line) -> str:
    params = {"number": line.number, "text": line.text[:80]}
    if not line.country:
        return _("Line %(number)s: no country is called so in the list of the United Nations: “%(text)s”") % params
    if line.since is None:
        return _("Line %(number)s: write the day as 2017-08-16: “%(text)s”") % params
    if line.since.year not in YEARS:
        return _("Line %(number)s: the year cannot be right: “%(text)s”") % params
    return ""


def _twice(line) -> str:
    params = {"number": line.number, "text": line.text[:80]}
    return _("Line %(number)s: this country is there twice: “%(text)s”") % params
