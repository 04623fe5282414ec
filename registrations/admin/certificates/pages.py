"""What the pages of certificates have in common: their season, who may open them, and where they lead."""

from django.urls import reverse
from django.utils.functional import cached_property

from registrations.models import Certificate
from sessions.clocks import moment
from sessions.models import Season, Session
from sessions.staff.page import StaffPage


def page_of_season(season) -> str:
    return reverse("admin:registrations_season_certificates", args=[season.pk])


def page_of_people(season, session) -> str:
    """Where staff see who gets one of the session, or without one of the season."""
    if session:
        return reverse("admin:registrations_session_certificates", args=[session.pk])
    return reverse("admin:registrations_season_certificate_people", args=[season.pk])


def page_of(certificate) -> str:
    return reverse("admin:registrations_certificate_change", args=[certificate.pk])


def list_of(season, *, session=None, state="") -> str:
    """The list of certificates with those of the season, or of a session of it, or in this state."""
    query = {"season": season.pk}
    if session:
        query["session"] = session.pk
    if state:
        query["state"] = state
    return reverse("admin:registrations_certificate_changelist", query=query)


class IssuingPage(StaffPage):
    """About the certificates of a season; for who may see certificates, its forms for who may issue them."""

    model, session = Season, None

    def has_permission(self):
        is_sent = self.request.method == "POST"
        return self.may_issue if is_sent else self.request.user.has_perm("registrations.view_certificate")

    @property
    def season(self):
        return self.row

    @cached_property
    def now(self):
        return moment.of(self.season)

    @property
    def zone(self):
        return self.season.zone

    @property
    def may_issue(self) -> bool:
        return self.request.user.has_perm("registrations.add_certificate")

    def leads_to(self):
        return page_of_people(self.season, self.session)

    def show(self, **context):
        known = {"season": self.season, "session": self.session, "may_issue": self.may_issue}
        return super().show(**known, **context)


class OfSession:
    """The same about a session."""

    model, related = Session, ["season"]

    @property
    def session(self):
        return self.row

    @property
    def season(self):
        return self.row.season


class CertificatePage(StaffPage):
    """About one certificate; for who may see them, its forms for who may change them."""

    model = Certificate
    related = ["season", "session", "participant__season", "issued_by", "withdrawn_by", "replaced_by"]

    def has_permission(self):
        if self.request.method == "POST":
            return self.may_change
        return self.request.user.has_perm("registrations.view_certificate")

    @property
    def may_change(self) -> bool:
        return self.request.user.has_perm("registrations.change_certificate")

    @cached_property
    def now(self):
        return moment.of(self.row.season)

    @property
    def zone(self):
        return self.row.season.zone

    def leads_to(self):
        return page_of(self.row)
