"""Who gets a certificate of a session or of the season and who does not, issuing them, and taking that back."""

from collections import defaultdict

from django.contrib import messages
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.certificates import wording
from registrations.admin.certificates.forms import IssueForm
from registrations.admin.certificates.pages import IssuingPage, OfSession, list_of
from registrations.certificates import deserving, issuing
from registrations.certificates.deserving import Why
from registrations.models import CertificateIssue
from registrations.presenters.staff import recipients
from sessions.clocks import dates
from sessions.staff.numbers import row_number

# So many names of each group are on the page.
NAMES_SHOWN = 200


class PeoplePage(IssuingPage):
    template_name = "admin/registrations/certificate/people.html"
    title = gettext_lazy("Who gets a certificate")

    @cached_property
    def people(self):
        """Without those whose details are erased."""
        return deserving.candidates(self.season, self.session, now=self.now)

    @cached_property
    def number(self) -> int:
        return sum(each.why is Why.GETS for each in self.people)

    def get(self, request, pk, form=None):
        refusal = wording.state_of_issuing(self.season, self.session, self.now)
        return self.show(
            groups=self._groups(),
            listed=list_of(self.season, session=self.session),
            percent=dates.percent(self.season.certificate_percent / 100),
            refusal=refusal,
            confirm=form or self._form() if not refusal and self.number and self.may_issue else None,
            button=wording.button(self.number),
            issues=[self._issue(each) for each in self._issues()],
        )

    def post(self, request, pk):
        if "take_back" in request.POST:
            return self._take_back(request)
        form = self._form(request.POST)
        if form.must_look_again:
            messages.warning(request, wording.CHANGED)
            return self.get(request, pk)
        if self.number and not form.is_valid():
            return self.get(request, pk, form=form)
        return self._issued(request)

    def _issued(self, request):
        said = {"people": self.number, "seen": request.POST["seen"], "now": self.now, "by": request.user}
        try:
            issue = issuing.issue(season_id=self.season.pk, session=self.session, **said)
        except issuing.NotOver as refused:
            return self.leave(messages.WARNING, wording.not_over(refused.ends_at, self.season))
        except issuing.BeingPrepared:
            return self.leave(messages.WARNING, wording.BEING_PREPARED)
        except issuing.Nobody:
            return self.leave(messages.WARNING, wording.NOBODY)
        except issuing.ChangedMeanwhile:
            return self.leave(messages.WARNING, wording.CHANGED)
        told = recipients.are_mailed(issue.people, issue.mails_leave_at, self.season, now=self.now)
        return self.leave(messages.SUCCESS, _("The certificates are issued."), told)

    def _take_back(self, request):
        pk = row_number(request.POST["take_back"])
        issue = next((each for each in self._issues() if each.pk == pk), None)
        try:
            if issue is None:
                raise issuing.TooLate
            number = issuing.take_back(issue_id=issue.pk, now=self.now, by=request.user)
        except issuing.TooLate:
            return self.leave(messages.WARNING, recipients.NOTHING_TO_TAKE_BACK)
        text = ngettext(
            "Taken back: %(number)s person gets no certificate and hears nothing.",
            "Taken back: %(number)s people get no certificate and hear nothing.",
            number,
        )
        return self.leave(messages.SUCCESS, text % {"number": dates.number(number)})

    def _form(self, data=None):
        state = issuing.fingerprint(self.people)
        return IssueForm(data, number=self.number, state=state, typed=self.number_unsent)

    def _groups(self):
        by_why = defaultdict(list)
        for each in self.people:
            by_why[each.why].append(each)
        return [self._group(why, by_why[why]) for why in wording.HEADINGS if by_why[why]]

    def _group(self, why, people):
        more = len(people) - NAMES_SHOWN
        return {
            "heading": wording.HEADINGS[why],
            "number": wording.people(len(people)),
            "rows": [(each.participant, wording.remark(each)) for each in people[:NAMES_SHOWN]],
            "more": wording.people(more) if more > 0 else "",
        }

    def _issues(self):
        issues = CertificateIssue.objects.standing().filter(season=self.season, session=self.session)
        return issues.select_related("made_by").order_by("-made_at", "-pk")

    def _issue(self, issue):
        return {
            "pk": issue.pk,
            "made_at": recipients.moment(issue.made_at, self.season),
            "made_by": issue.made_by or "",
            "people": wording.people(issue.people),
            "left": wording.people(len(issue.left)) if issue.left else "",
            "leave_at": recipients.hour(issue.mails_leave_at, self.season),
            "can_be_taken_back": issuing.can_be_taken_back(issue, self.now),
        }


class PeopleOfSessionPage(OfSession, PeoplePage):
    """Of one session."""
