"""Pages on which staff take invitations back and answer strangers: each says what happens, and only its button acts."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.admin.invitations import wording
from registrations.enrolment import refusals
from registrations.invitations import inviting, requests
from registrations.invitations.states import with_state
from registrations.models import AdmissionRequest, Invitation, InvitationBatch, Registration
from sessions.clocks import moment
from sessions.staff.page import StaffPage


class InvitationPage(StaffPage):
    """Only for who may change the row; a subclass may let those read it who may see it."""

    related = ["session__season"]

    def has_permission(self):
        return self.may_change

    @property
    def may_change(self) -> bool:
        return self.request.user.has_perm(f"registrations.change_{self.model._meta.model_name}")

    def show(self, **context):
        return super().show(row=self.row, may_change=self.may_change, **context)


class WithdrawPage(InvitationPage):
    model = Invitation
    template_name = "admin/registrations/invitation/withdraw.html"
    title = gettext_lazy("Withdraw this invitation")

    def leads_to(self):
        return reverse("admin:registrations_invitation_change", args=[self.row.pk])

    def refusal(self):
        return _("This invitation is withdrawn already.") if self.row.withdrawn_at else ""

    def get(self, request, pk):
        return self.show(has_seat=inviting.takes_seat_away(self.row))

    def post(self, request, pk):
        try:
            inviting.withdraw(invitation_id=pk, now=moment.of(self.row.session.season), by=request.user)
        except refusals.RegistrationClosed:
            return self.leave(messages.WARNING, _("The session is over. Nothing was changed."))
        self.log(self.row, _("Withdrawn."))
        return self.leave(messages.SUCCESS, _("The invitation of %(name)s is withdrawn.") % {"name": self.row.name})


class BatchPage(InvitationPage):
    http_method_names = ["get", "head"]
    model = InvitationBatch
    related = ["session__season", "made_by"]
    template_name = "admin/registrations/invitationbatch/page.html"
    title = gettext_lazy("Import of invitations")

    def has_permission(self):
        return self.model_admin.has_view_permission(self.request)

    def get(self, request, pk):
        states = list(with_state(self.row.invitations.all()).order_by().values_list("state", flat=True))
        counts = [(words, states.count(str(state))) for state, words in wording.STATES.items()]
        return self.show(counts=[(words, count) for words, count in counts if count], total=len(states))


class UndoPage(InvitationPage):
    model = InvitationBatch
    template_name = "admin/registrations/invitationbatch/undo.html"
    title = gettext_lazy("Undo this import")

    def leads_to(self):
        return reverse("admin:registrations_invitationbatch_change", args=[self.row.pk])

    def get(self, request, pk):
        valid = with_state(self.row.invitations.valid())
        in_seats = Registration.objects.active().filter(invitation__batch=self.row)
        kept = list(valid.filter(registration__in=in_seats).order_by("name", "pk"))
        gone = [invitation for invitation in valid if invitation not in kept]
        waiting = sum(invitation.state == "queued" for invitation in gone)
        return self.show(kept=kept, gone=len(gone), waiting=waiting)

    def post(self, request, pk):
        undone = inviting.undo(batch_id=pk, now=moment.of(self.row.session.season), by=request.user)
        withdrawn, kept = wording.withdrawn(undone.withdrawn), wording.kept(undone.kept)
        self.log(self.row, withdrawn)
        return self.leave(messages.SUCCESS, *filter(None, [withdrawn, kept]))


class RequestPage(InvitationPage):
    model = AdmissionRequest
    related = ["invitation__session__season"]
    template_name = "admin/registrations/admissionrequest/page.html"
    title = gettext_lazy("Somebody asks to be let in")

    def has_permission(self):
        return self.may_change if self.request.method == "POST" else self.model_admin.has_view_permission(self.request)

    def leads_to(self):
        return reverse("admin:registrations_admissionrequest_changelist")

    def get(self, request, pk):
        session, mailbox = self.row.invitation.session, self.row.mailbox
        known = Invitation.objects.valid().filter(session=session, mailbox=mailbox).exists()
        return self.show(is_invited=known, can_answer=self.may_change and self.row.answered_at is None)

    def post(self, request, pk):
        granted = "grant" in request.POST
        if not granted and "refuse" not in request.POST:
            return self.leave(messages.WARNING, _("Nothing was changed: press one of the two buttons."))
        now = moment.of(self.row.invitation.session.season)
        try:
            requests.answer(request_id=pk, granted=granted, by=request.user, now=now)
        except requests.AnsweredAlready:
            return self.leave(messages.WARNING, _("Somebody has answered this request already."))
        except inviting.NotByInvitation:
            return self.leave(messages.WARNING, _("This session is open to all now: nobody needs an invitation."))
        except inviting.NothingAhead:
            words = _("This session has no time slot to come, so nobody can be let in. The request stays open.")
            return self.leave(messages.WARNING, words)
        words = _("Granted: an invitation is on its way.") if granted else _("Refused. The person hears nothing.")
        self.log(self.row, words)
        return self.leave(messages.SUCCESS, words)
