"""Pages on which staff take invitations back and answer strangers: each says what happens, and only its button acts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from registrations.admin.invitations import wording
from registrations.enrolment import enrolment
from registrations.invitations import inviting, requests
from registrations.invitations.states import with_state
from registrations.models import AdmissionRequest, Invitation, InvitationBatch, Registration
from sessions.clocks import moment


class InvitingPage(View):
    """Seen by who may see the row, acted on by who may change it."""

    model_admin = None
    model = None
    related = ("session__season",)
    template = ""
    title = ""

    @cached_property
    def row(self):
        return get_object_or_404(self.model.objects.select_related(*self.related), pk=self.kwargs["pk"])

    def show(self, **context):
        site = self.model_admin.admin_site.each_context(self.request)
        context |= {"title": self.title, "row": self.row, "opts": self.model._meta, "may_change": self.may_change}
        return TemplateResponse(self.request, f"admin/registrations/{self.template}", site | context)

    @property
    def may_change(self) -> bool:
        return self.request.user.has_perm(f"registrations.change_{self.model._meta.model_name}")

    def require_right_to_see(self):
        if not self.model_admin.has_view_permission(self.request):
            raise PermissionDenied

    def require_right_to_change(self):
        if not self.may_change:
            raise PermissionDenied

    def leave(self, level, message, page, *args):
        messages.add_message(self.request, level, message)
        return HttpResponseRedirect(reverse(f"admin:registrations_{page}", args=args))

    def log(self, message):
        self.model_admin.log_change(self.request, self.row, message)


class WithdrawPage(InvitingPage):
    http_method_names = ["get", "head", "post"]
    model = Invitation
    template = "invitation/withdraw.html"
    title = gettext_lazy("Withdraw this invitation")

    def dispatch(self, request, *args, **kwargs):
        self.require_right_to_change()
        if self.row.withdrawn_at:
            return self._leave(messages.INFO, _("This invitation is withdrawn already."))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self.show(has_seat=inviting.takes_seat_away(self.row))

    def post(self, request, pk):
        try:
            inviting.withdraw(invitation_id=pk, now=moment.now(), by=request.user)
        except enrolment.RegistrationClosed:
            return self._leave(messages.WARNING, _("The session is over. Nothing was changed."))
        self.log(_("Withdrawn."))
        return self._leave(messages.SUCCESS, _("The invitation of %(name)s is withdrawn.") % {"name": self.row.name})

    def _leave(self, level, message):
        return self.leave(level, message, "invitation_change", self.row.pk)


class BatchPage(InvitingPage):
    http_method_names = ["get", "head"]
    model = InvitationBatch
    related = ("session__season", "made_by")
    template = "invitationbatch/page.html"
    title = gettext_lazy("Import of invitations")

    def get(self, request, pk):
        self.require_right_to_see()
        states = list(with_state(self.row.invitations.all()).order_by().values_list("state", flat=True))
        counts = [(words, states.count(str(state))) for state, words in wording.STATES.items()]
        return self.show(counts=[(words, count) for words, count in counts if count], total=len(states))


class UndoPage(InvitingPage):
    http_method_names = ["get", "head", "post"]
    model = InvitationBatch
    template = "invitationbatch/undo.html"
    title = gettext_lazy("Undo this import")

    def dispatch(self, request, *args, **kwargs):
        self.require_right_to_change()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        valid = with_state(self.row.invitations.valid())
        in_seats = Registration.objects.active().filter(invitation__batch=self.row)
        kept = list(valid.filter(registration__in=in_seats).order_by("name", "pk"))
        gone = [invitation for invitation in valid if invitation not in kept]
        waiting = sum(invitation.state == "queued" for invitation in gone)
        return self.show(kept=kept, gone=len(gone), waiting=waiting)

    def post(self, request, pk):
        undone = inviting.undo(batch_id=pk, now=moment.now(), by=request.user)
        words = " ".join(filter(None, [wording.withdrawn(undone.withdrawn), wording.kept(undone.kept)]))
        self.log(wording.withdrawn(undone.withdrawn))
        return self.leave(messages.SUCCESS, words, "invitationbatch_change", pk)


class RequestPage(InvitingPage):
    http_method_names = ["get", "head", "post"]
    model = AdmissionRequest
    related = ("invitation__session__season",)
    template = "admissionrequest/page.html"
    title = gettext_lazy("Somebody asks to be let in")

    def get(self, request, pk):
        self.require_right_to_see()
        session, mailbox = self.row.invitation.session, self.row.mailbox
        known = Invitation.objects.valid().filter(session=session, mailbox=mailbox).exists()
        return self.show(is_invited=known, can_answer=self.may_change and self.row.answered_at is None)

    def post(self, request, pk):
        self.require_right_to_change()
        granted = "grant" in request.POST
        if not granted and "refuse" not in request.POST:
            return self._leave(messages.WARNING, _("Nothing was changed: press one of the two buttons."))
        try:
            requests.answer_request(request_id=pk, granted=granted, by=request.user, now=moment.now())
        except requests.AnsweredAlready:
            return self._leave(messages.WARNING, _("Somebody has answered this request already."))
        except inviting.NotByInvitation:
            return self._leave(messages.WARNING, _("This session is open to all now: nobody needs an invitation."))
        except inviting.NothingAhead:
            words = _("This session has no time slot to come, so nobody can be let in. The request stays open.")
            return self._leave(messages.WARNING, words)
        words = _("Granted: an invitation is on its way.") if granted else _("Refused. The person hears nothing.")
        self.log(words)
        return self._leave(messages.SUCCESS, words)

    def _leave(self, level, message):
        return self.leave(level, message, "admissionrequest_changelist")
