"""A certificate for a speaker: speakers are names on a session, so staff type the address."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.admin.certificates import wording
from registrations.admin.certificates.forms import SpeakerForm
from registrations.admin.certificates.pages import IssuingPage, OfSession, page_of
from registrations.certificates import changing
from registrations.models import Certificate
from sessions import translations

HAS_ONE = gettext_lazy("This speaker has a certificate of this session already. Withdraw or replace that one.")


class SpeakerPage(OfSession, IssuingPage):
    template_name = "admin/registrations/certificate/speaker.html"
    title = gettext_lazy("Certificate for a speaker")

    def has_permission(self):
        return self.may_issue

    def refusal(self):
        return wording.state_of_issuing(self.season, self.session, self.now)

    def get(self, request, pk, form=None):
        typed = {"name": request.GET.get("name", ""), "language": translations.ENGLISH} | self.unsent_fields
        found = Certificate.objects.standing().filter(session=self.session, part=Certificate.Part.SPOKE)
        return self.show(
            form=form or SpeakerForm(initial=typed),
            speakers=list(self.session.speakers.values_list("name", flat=True)),
            issued=list(found.exclude(name="").values_list("name", flat=True)),
        )

    def post(self, request, pk):
        form = SpeakerForm(request.POST)
        if not form.is_valid():
            return self.get(request, pk, form)
        known = form.cleaned_data | {"session": self.session, "now": self.now, "by": request.user}
        try:
            certificate = changing.issue_to_speaker(**known)
        except changing.HasOne:
            form.add_error("name", HAS_ONE)
            return self.get(request, pk, form)
        sentence = _("The certificate is issued, and a mail with it is on its way.")
        return self.leave(messages.SUCCESS, sentence, page=page_of(certificate))

    @property
    def unsent_fields(self) -> dict:
        return {name: self.unsent[name] for name in SpeakerForm.base_fields if name in self.unsent}
