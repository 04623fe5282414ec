"""What the pages that change a slot have in common: who may, which slot, what is confirmed, and where they lead."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registrations.presenters.staff import sample_mail
from registrations.rescheduling import changes
from sessions.admin import wording
from sessions.admin.programme_page import ProgrammePage
from sessions.admin.slot_changes.confirmation import ConfirmForm
from sessions.clocks import moment
from sessions.models import Occurrence

CALLED_OFF = _("This time slot is called off already. To undo that, choose “Hold it after all”.")


class SlotPage(ProgrammePage):
    """Only for people who may change time slots."""

    http_method_names = ["get", "post"]
    model, related = Occurrence, ["session__season"]
    # What staff gave as their reasons, to colleagues and to people, known once they have confirmed.
    why = reason = ""

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except changes.ChangedMeanwhile:
            # A colleague was faster by less than this request took: compare what was confirmed with the slot of now.
            del self.row
            return self.dispatch(request, *args, **kwargs)

    def refusal(self):
        return CALLED_OFF if self.slot.is_called_off else ""

    @property
    def slot(self):
        return self.row

    @property
    def about(self):
        return self.slot.session

    @property
    def shows_people(self) -> bool:
        """Whether the preview may name somebody who is registered."""
        return sample_mail.may_see_people(self.request.user)

    def confirm_form(self, recipients):
        typed = _reasons(self.unsent) | {"typed": self.number_unsent}
        return ConfirmForm(slot=self.slot, recipients=recipients, **typed)

    def unconfirmed(self, recipients):
        """The form to be shown again if staff have not confirmed so many `recipients` of this; else None."""
        form = ConfirmForm(self.request.POST, slot=self.slot, recipients=recipients)
        if form.must_look_again:
            messages.warning(self.request, form.must_look_again)
            return ConfirmForm(slot=self.slot, recipients=recipients, **_reasons(self.request.POST))
        if not form.is_valid():
            return form
        self.why, self.reason = form.cleaned_data["why"], form.cleaned_data.get("reason", "")
        return None

    def show(self, **context):
        return super().show(now_at=self.now_at(), **context)

    @property
    def confirmed(self) -> dict:
        """What every change of a slot receives: which one, as it was seen, by whom and why."""
        reasons = {"why": self.why, "reason": self.reason}
        return {"occurrence_id": self.slot.pk, "seen": self.slot.sequence, "by": self.request.user, **reasons}

    def report(self, action, change):
        """Say what was done and to how many people, here and in the history of the slot; then show their mails."""
        self.log(self.slot, action, wording.were_mailed(change.people))
        season = self.slot.session.season
        told = wording.are_mailed(change.people, change.mails_leave_at, season, now=moment.of(season))
        page = reverse("admin:registrations_slotchange_change", args=[change.pk]) if change.people else None
        return self.leave(messages.SUCCESS, action, told, page=page)

    def now_at(self):
        return wording.two_clocks_of(self.slot)


def _reasons(typed) -> dict:
    return {"why": typed.get("why", ""), "reason": typed.get("reason", "")}
