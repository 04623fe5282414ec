"""Filters that narrow one another: a season, then its sessions, then the slots of a session; and countries by name."""

from django.contrib import admin
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import slot_time
from registrations.mail.kinds import MAIL_KINDS
from registrations.models import Circular, Participant, SlotChange, Transfer
from sessions.models import Occurrence, Season, Session
from sessions.reference import countries
from sessions.staff.moment_filter import MomentFilter
from sessions.staff.numbers import row_number

# Of a filter with so many choices that the others would be out of sight.
LONG = "admin/long_filter.html"


class NarrowingFilter(admin.SimpleListFilter):
    """A choice among objects, by id; choosing another one forgets the filters named in `forgets`."""

    forgets = ()
    column = ""

    def queryset(self, request, queryset):
        chosen = row_number(self.value())
        return queryset if chosen is None else queryset.filter(**{self.column: chosen})

    def choices(self, changelist):
        own = self.parameter_name
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[own, *self.forgets]),
            "display": _("All"),
        }
        for pk, title in self.lookup_choices:
            yield {
                "selected": self.value() == str(pk),
                "query_string": changelist.get_query_string({own: pk}, self.forgets),
                "display": title,
            }


class SeasonFilter(NarrowingFilter):
    title = _("season")
    parameter_name = "season"
    column = "session__season"
    forgets = ("session", "slot", "answer")

    def lookups(self, request, model_admin):
        return list(Season.objects.newest_first().values_list("pk", "title"))


class SessionFilter(NarrowingFilter):
    """Shown once a season is chosen: all sessions of all seasons are too many to find one."""

    title = _("session")
    parameter_name = "session"
    column = "session"
    forgets = ("slot", "answer")

    def lookups(self, request, model_admin):
        season = row_number(request.GET.get("season"))
        return list(Session.objects.filter(season=season).order_by("title").values_list("pk", "title"))


class SlotFilter(NarrowingFilter):
    title = _("time slot")
    parameter_name = "slot"
    column = "occurrence"

    def lookups(self, request, model_admin):
        slots = Occurrence.objects.filter(session=row_number(request.GET.get("session")))
        return [(slot.pk, slot_time(slot)) for slot in slots.select_related("session__season").in_order()]


class WayFilter(NarrowingFilter):
    """Of one row of the `model`; shown on the way from the page of that row only."""

    model = None

    def lookups(self, request, model_admin):
        rows = self.model.objects.filter(pk=row_number(request.GET.get(self.parameter_name)))
        return [(row.pk, str(row)) for row in rows]


class ChangeFilter(WayFilter):
    title = _("change of a time slot")
    parameter_name = column = "change"
    model = SlotChange


class CircularFilter(WayFilter):
    title = _("circular")
    parameter_name = column = "circular"
    model = Circular


class TransferFilter(WayFilter):
    title = Transfer._meta.verbose_name
    parameter_name = column = "transfer"
    model = Transfer


class ChangedSessionFilter(WayFilter):
    """Of changes of time slots."""

    title = _("session")
    parameter_name = "session"
    column = "occurrence__session"
    model = Session


class CountryFilter(admin.SimpleListFilter):
    """Only countries that somebody has named."""

    title = _("country")
    parameter_name = "country"
    template = LONG
    column = "participant__country"

    def lookups(self, request, model_admin):
        named = set(Participant.objects.exclude(country="").order_by().values_list("country", flat=True).distinct())
        return [choice for choice in countries.choices(get_language() or "en") if choice[0] in named]

    def queryset(self, request, queryset):
        return queryset.filter(**{self.column: self.value()}) if self.value() else queryset


class OwnCountryFilter(CountryFilter):
    column = "country"


class RegionFilter(admin.SimpleListFilter):
    """All regions there are: whether somebody comes from one is worth knowing, too."""

    title = _("region")
    parameter_name = "region"
    column = "participant__country"

    def lookups(self, request, model_admin):
        return countries.regions(get_language() or "en")

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(**{f"{self.column}__in": countries.of_regions([self.value()])})


class OwnRegionFilter(RegionFilter):
    column = "country"


class KindFilter(admin.SimpleListFilter):
    """In words, and without asking millions of mails which kinds there are."""

    title = _("kind")
    parameter_name = "kind"
    template = LONG

    def lookups(self, request, model_admin):
        words = [(name, kind.for_staff) for name, kind in MAIL_KINDS.items()]
        return sorted(words, key=lambda kind: str(kind[1]).casefold())

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() else queryset


class AgreementFilter(MomentFilter):
    """By when the person said yes (Participant.confirmed_at)."""

    heading = _("agreement")
    before, after = _("named by a focal point, has not said yes"), _("has said yes")


class CameBackFilter(MomentFilter):
    """Of mails that had left."""

    heading = _("came back")
    before, after = _("did not come back"), _("came back")
