"""The certificates of a season at a glance: what can be issued, and what was."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.admin.certificates import wording
from registrations.admin.certificates.pages import IssuingPage, list_of, page_of_people
from registrations.certificates import doubts
from registrations.models import Certificate
from sessions.clocks import dates


@dataclass(frozen=True)
class Row:
    title: str
    address: str
    standing: str
    # The list of them, empty of the season as a whole.
    listed: str
    state: str


class SeasonCertificatesPage(IssuingPage):
    http_method_names = ["get", "head"]
    template_name = "admin/registrations/certificate/season.html"
    title = gettext_lazy("Certificates of a season")

    def get(self, request, pk):
        standing = Counter(Certificate.objects.standing().filter(season=self.season).values_list("session", flat=True))
        held = self.season.sessions.filter(Q(occurrences__called_off_at=None), occurrences__ends_at__lte=self.now)
        sessions = held.distinct().order_by("title")
        return self.show(
            rows=[self._row(None, standing), *(self._row(session, standing) for session in sessions)],
            percent=dates.percent(self.season.certificate_percent / 100),
            may_change_season=request.user.has_perm("online_sessions.change_season"),
            doubtful_page=list_of(self.season, state="doubtful"),
            doubtful=doubts.doubtful().filter(season=self.season).count(),
        )

    def _row(self, session, standing) -> Row:
        return Row(
            title=session.title if session else _("The season as a whole"),
            address=page_of_people(self.season, session),
            standing=dates.number(standing[session and session.pk]),
            listed=list_of(self.season, session=session, state="standing") if session else "",
            state=wording.state_of_issuing(self.season, session, self.now) or _("Over: certificates can be issued."),
        )
