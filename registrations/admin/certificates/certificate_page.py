"""The page of one certificate: what it says, what is known now, withdrawing it and replacing it."""

from django.contrib import messages
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import links
from registrations.admin.base import in_geneva
from registrations.admin.certificates import wording
from registrations.admin.certificates.forms import SpeakerNameForm, WithdrawForm
from registrations.admin.certificates.pages import CertificatePage, page_of
from registrations.certificates import changing, doubts, numbers
from registrations.certificates.words import how_long
from registrations.models import Certificate

NOTHING_LEFT = gettext_lazy("By what is known now the person gets none. Withdraw it instead.")


class OneCertificatePage(CertificatePage):
    template_name = "admin/registrations/certificate/page.html"
    title = gettext_lazy("Certificate")

    def get(self, request, pk, withdraw=None, rename=None):
        row = self.row
        can_act = self.may_change and row.is_standing and not row.is_forgotten
        spoke = row.part == Certificate.Part.SPOKE
        return self.show(
            certificate=row,
            about=wording.about(row),
            part=wording.part(row),
            state=wording.state(row),
            number=numbers.shown(row.number),
            check_page=links.check_of_certificates(),
            issued=in_geneva(row.issued_at),
            withdrawn=in_geneva(row.withdrawn_at),
            entries=[(str(each), how_long(each, row.part)) for each in row.entries.all()],
            doubts=self._doubts,
            withdraw=(withdraw or WithdrawForm(initial=self.unsent)) if can_act else None,
            rename=(rename or SpeakerNameForm(initial={"name": row.name} | self._typed)) if can_act and spoke else None,
            **(self._replacement() if can_act and not spoke and row.participant else {}),
            new_one=page_of(row.replaced_by) if row.replaced_by_id else "",
        )

    def post(self, request, pk):
        act = next((act for name, act in self._acts().items() if name in request.POST), None)
        if act is None:
            return self.leave(messages.WARNING, _("Choose what to do with it. Nothing was changed."))
        try:
            return act(request, pk)
        except changing.ChangedMeanwhile:
            return self.leave(messages.WARNING, wording.GONE)
        except changing.NothingLeft:
            return self.leave(messages.WARNING, NOTHING_LEFT)
        except changing.NotPrintable as problem:
            return self.leave(messages.WARNING, wording.not_printable(problem.characters))

    def _replacement(self) -> dict:
        """What the one that would replace it says."""
        attended = changing.now_attended(self.row, now=self.now)
        if not attended:
            return {}
        if not self._doubts and not changing.would_differ(self.row, attended):
            return {"is_as_today": True}
        return {
            "can_be_replaced": True,
            "new_name": self.row.participant.name_on_certificates,
            "new_entries": [(str(each.registration.session), wording.minutes(each.minutes)) for each in attended],
            "shown": changing.fingerprint(self.row, attended),
        }

    @cached_property
    def _doubts(self) -> list[str]:
        return [wording.doubt(kind, self.row, entries) for kind, entries in doubts.of(self.row).items()]

    @property
    def _typed(self) -> dict:
        return {"name": self.unsent["name"]} if "name" in self.unsent else {}

    def _acts(self):
        return {"withdraw": self._withdraw, "replace": self._replace, "rename": self._rename}

    def _withdraw(self, request, pk):
        form = WithdrawForm(request.POST)
        if not form.is_valid():
            return self.get(request, pk, withdraw=form)
        changing.withdraw(certificate_id=pk, now=self.now, by=request.user, **form.cleaned_data)
        return self.leave(messages.SUCCESS, _("It is withdrawn. Whoever checks it reads that; no mail is sent."))

    def _replace(self, request, pk):
        known = {"shown": request.POST.get("shown", ""), "now": self.now, "by": request.user}
        new = changing.replace(certificate_id=pk, **known)
        return self._replaced(new)

    def _rename(self, request, pk):
        form = SpeakerNameForm(request.POST)
        if not form.is_valid():
            return self.get(request, pk, rename=form)
        new = changing.replace_of_speaker(certificate_id=pk, now=self.now, by=request.user, **form.cleaned_data)
        return self._replaced(new)

    def _replaced(self, new):
        words = _("This one replaces it. A mail with it is on its way, and the old number reads “replaced”.")
        return self.leave(messages.SUCCESS, words, page=page_of(new))
