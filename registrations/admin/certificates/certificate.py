"""Certificates that were issued: found by number or name, and those that are not true any more."""

from django.contrib import admin
from django.db.models import Q
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registrations.admin.base import NOTHING, ReadOnlyAdmin, ShownOnPage, in_geneva
from registrations.admin.certificates import wording
from registrations.admin.certificates.certificate_page import OneCertificatePage
from registrations.admin.certificates.people_page import PeopleOfSessionPage, PeoplePage
from registrations.admin.certificates.season_page import SeasonCertificatesPage
from registrations.admin.certificates.speaker_page import SpeakerPage
from registrations.admin.filters import SeasonFilter, SessionFilter
from registrations.certificates import doubts, numbers
from registrations.models import Certificate
from registrations.people import search
from sessions.clocks.dates import number

PAGES = {
    "season_certificates": ("season/<int:pk>/", SeasonCertificatesPage),
    "season_certificate_people": ("season/<int:pk>/people/", PeoplePage),
    "session_certificates": ("session/<int:pk>/", PeopleOfSessionPage),
    "session_certificate_of_speaker": ("session/<int:pk>/speaker/", SpeakerPage),
}


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("doubtful", _("not as is known now")),
            ("standing", _("stands")),
            ("withdrawn", _("withdrawn")),
            ("replaced", _("replaced")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "doubtful":
            return queryset.filter(pk__in=doubts.doubtful().values("pk"))
        if self.value() == "standing":
            return queryset.standing()
        if self.value() == "withdrawn":
            return queryset.filter(withdrawn_at__isnull=False)
        return queryset.filter(replaced_by__isnull=False) if self.value() == "replaced" else queryset


class SeasonOfCertificateFilter(SeasonFilter):
    """Also of certificates of the season, which have no session."""

    column = "season"


@admin.register(Certificate)
class CertificateAdmin(ShownOnPage, ReadOnlyAdmin):
    row_page = OneCertificatePage
    list_display = ["name_on_it", "about", "part", "shown_state", "issued"]
    list_filter = [StateFilter, "part", SeasonOfCertificateFilter, SessionFilter]
    list_select_related = ["season", "session"]
    search_fields = ["name"]
    search_help_text = _("A name, or the whole number of a certificate")
    ordering = ["-issued_at", "-pk"]

    def get_urls(self):
        return [*(self._url(name, *page) for name, page in PAGES.items()), *super().get_urls()]

    def _url(self, name, route, page):
        view = self.admin_site.admin_view(page.as_view(model_admin=self))
        return path(route, view, name=f"registrations_{name}")

    def get_search_results(self, request, queryset, search_term):
        """By number, also of somebody who is erased; else by words of the name on it or of the person."""
        try:
            return queryset.filter(number_digest=numbers.digest(numbers.read(search_term))), False
        except numbers.Mistyped:
            pass
        if not search_term.strip():
            return queryset, False
        of_person = search.matching(search_term, "participant__") or Q(pk=None)
        return queryset.filter(of_person | Q(name__icontains=search_term.strip())), False

    @admin.display(description=_("name on it"), ordering="name")
    def name_on_it(self, certificate):
        return certificate.name or NOTHING

    @admin.display(description=_("for"))
    def about(self, certificate):
        return f"{certificate.season}: {wording.about(certificate)}"

    @admin.display(description=_("state"))
    def shown_state(self, certificate):
        return wording.state(certificate)

    @admin.display(description=_("issued"), ordering="issued_at")
    def issued(self, certificate):
        return in_geneva(certificate.issued_at)


def notices(request) -> list[tuple[str, str]]:
    """For the start page: what was issued and is not as is known now."""
    if not request.user.has_perm("registrations.change_certificate"):
        return []
    found = doubts.doubtful().count()
    text = ngettext(
        "%(number)s certificate says something else than is known now.",
        "%(number)s certificates say something else than is known now.",
        found,
    )
    page = reverse("admin:registrations_certificate_changelist")
    return [(text % {"number": number(found)}, f"{page}?state=doubtful")] if found else []


admin.site.notices.append(notices)
