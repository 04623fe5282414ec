"""What the pages that change a slot have in common: who may, which slot, what is confirmed, and where they lead."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View

from registrations.rescheduling import changes
from sessions.admin import sample_mail, wording
from sessions.admin.slot_changes.confirmation import ConfirmForm
from sessions.models import Occurrence
from sessions.staff import unsent_forms

CALLED_OFF = _("This time slot is called off already. To undo that, choose “Hold it after all”.")


SIGNED_OUT = _(
    "Your sign-in had ended or changed when you sent this form, so nothing was done. What you typed is here again."
)


class SlotPage(View):
    """Only POST changes anything, and only for people who may change time slots."""

    http_method_names = ["get", "post"]
    model_admin = None
    template_name = ""
    title = ""
    # What staff gave as their reason, known once they have confirmed.
    why = ""

    def dispatch(self, request, *args, **kwargs):
        if not self.model_admin.has_change_permission(request, self.slot):
            raise PermissionDenied
        if refusal := self.refusal():
            return self.leave(messages.WARNING, refusal)
        if request.method == "POST":
            unsent_forms.forget(request)
        elif self.unsent:
            messages.info(request, SIGNED_OUT)
        # Today's date in the calendar beside the day is that of the season's clock.
        with timezone.override(self.slot.session.season.zone):
            try:
                response = super().dispatch(request, *args, **kwargs)
            except changes.ChangedMeanwhile:
                return self._look_again(request, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response

    def refusal(self):
        """Why the slot in its present state cannot be changed in this way; empty if it can."""
        return CALLED_OFF if self.slot.is_called_off else ""

    @cached_property
    def slot(self):
        return get_object_or_404(Occurrence.objects.select_related("session__season"), pk=self.kwargs["pk"])

    @property
    def shows_people(self) -> bool:
        """Whether the preview may name somebody who is registered."""
        return sample_mail.may_see_people(self.request.user)

    @cached_property
    def unsent(self):
        """What somebody had typed here before they were signed out; empty if nothing."""
        unsent = unsent_forms.find(self.request)
        return unsent.typed if unsent else {}

    def confirm_form(self, told):
        return ConfirmForm(slot=self.slot, told=told, why=self.unsent.get("why", ""))

    def unconfirmed(self, told):
        """The form to be shown again if staff have not confirmed that `told` people are told of this; else None."""
        form = ConfirmForm(self.request.POST, slot=self.slot, told=told)
        if form.must_look_again:
            messages.warning(self.request, form.must_look_again)
            return ConfirmForm(slot=self.slot, told=told, why=self.request.POST.get("why", ""))
        if not form.is_valid():
            return form
        self.why = form.cleaned_data["why"]
        return None

    def show(self, **context):
        site = self.model_admin.admin_site.each_context(self.request)
        context |= {"title": self.title, "slot": self.slot, "opts": Occurrence._meta, "now_at": self.now_at()}
        return TemplateResponse(self.request, self.template_name, site | context)

    @property
    def confirmed(self) -> dict:
        """What every change of a slot receives: which one, as it was seen, by whom and why."""
        return {"occurrence_id": self.slot.pk, "seen": self.slot.sequence, "by": self.request.user, "why": self.why}

    def report(self, action, change):
        """Say what was done and to how many people, here and in the history of the slot; then show their mails."""
        answer = f"{action} {wording.were_told(change.people)}"
        self.model_admin.log_change(self.request, self.slot, answer)
        page = reverse("admin:registrations_slotchange_change", args=[change.pk]) if change.people else None
        return self.leave(messages.SUCCESS, answer, page)

    def leave(self, level, message, page=None):
        messages.add_message(self.request, level, message)
        form_of_session = reverse("admin:online_sessions_session_change", args=[self.slot.session_id])
        return HttpResponseRedirect(page or form_of_session)

    def _look_again(self, request, *args, **kwargs):
        """A colleague was faster by less than this request took: compare what was confirmed with the slot of now."""
        del self.slot
        return self.dispatch(request, *args, **kwargs)

    def now_at(self):
        return wording.two_clocks(self.slot.starts_at, self.slot.ends_at, self.slot.session.season)
