"""The pages about one member of staff: role and address, invitation, second factor, removing."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.admin.base import in_geneva
from registrations.admin.colleagues.forms import InviteForm, RoleForm, ShownForm
from registrations.colleagues import inviting, membership
from registrations.people import staff
from sessions.clocks import moment
from sessions.staff import numbers, roles
from sessions.staff.page import StaffPage

LAST = gettext_lazy("Nobody else on the staff is an administrator who can sign in. Make somebody one first.")
CHANGED = gettext_lazy("Somebody has changed something of this colleague meanwhile. Look at it once more.")
TAKEN = gettext_lazy("Somebody on the staff has this address already.")
NO_ADDRESS = gettext_lazy("There is no e-mail address to write to. Write it first.")


class AdministratorPage(StaffPage):
    def has_permission(self):
        return self.request.user.is_superuser

    def leads_to(self):
        return reverse("admin:auth_user_changelist")


class InvitePage(AdministratorPage):
    template_name = "admin/auth/user/invite.html"
    title = gettext_lazy("Invite a colleague")

    def get(self, request):
        return self.show(form=InviteForm(self.unsent or None, initial={"role": "Viewer"}))

    def post(self, request):
        form = InviteForm(request.POST)
        if not form.is_valid():
            return self.show(form=form)
        typed = {name: form.cleaned_data[name] for name in ("name", "email", "role")}
        try:
            user = inviting.invite(**typed, by=request.user, now=moment.now())
        except inviting.NameTaken:
            form.add_error("name", _("Somebody has this name already. Also removed colleagues keep theirs."))
            return self.show(form=form)
        except inviting.AddressTaken:
            form.add_error("email", TAKEN)
            return self.show(form=form)
        words = _("The invitation of %(name)s is on its way to %(email)s.")
        return self.leave(messages.SUCCESS, words % {"name": user.get_username(), "email": user.email})


class ColleaguePage(AdministratorPage):
    @cached_property
    def row(self):
        user = staff.everybody().filter(pk=numbers.row_number(str(self.kwargs["pk"]))).first()
        if user is None:
            raise Http404
        return user

    def leads_to(self):
        return reverse("admin:auth_user_change", args=[self.row.pk])

    def facts(self) -> dict:
        user = self.row
        return {
            "row": user,
            "role": roles.in_words(user),
            "is_invited": staff.is_invited(user),
            "has_factor": Authenticator.objects.filter(user=user).exists(),
            "last_sign_in": in_geneva(user.last_login),
            "is_self": user.pk == self.request.user.pk,
        }

    def shown(self) -> dict:
        return {"shown": membership.state_of(self.row)}


class RolePage(ColleaguePage):
    template_name = "admin/auth/user/colleague.html"

    @property
    def title(self):
        return self.row.get_username()

    def get(self, request, pk):
        known = {"email": self.row.email, "role": roles.of(self.row)} | self.shown()
        return self._ask(RoleForm(self.unsent or None, initial=known))

    def post(self, request, pk):
        form = RoleForm(request.POST)
        if not form.is_valid():
            return self._ask(form)
        typed = {name: form.cleaned_data[name] for name in ("shown", "role", "email")}
        try:
            membership.change(user_id=self.row.pk, **typed, by=request.user)
        except membership.ChangedMeanwhile:
            return self._ask_again(form)
        except membership.LastAdministrator:
            form.add_error("role", LAST)
            return self._ask(form)
        except membership.AddressTaken:
            form.add_error("email", TAKEN)
            return self._ask(form)
        return self.leave(messages.SUCCESS, _("Saved."))

    def _ask(self, form):
        return self.show(form=form, **self.facts())

    def _ask_again(self, form):
        """What was typed, beside the state of now; sending it once more stores it."""
        self.row.refresh_from_db()
        typed = {name: form.cleaned_data[name] for name in ("role", "email")}
        again = RoleForm(typed | self.shown())
        again.add_error(None, CHANGED)
        return self._ask(again)


class ConfirmPage(ColleaguePage):
    """One button, under what it does."""

    template_name = "admin/auth/user/confirm.html"
    button = effect = done = ""
    is_dangerous = False

    def get(self, request, pk):
        words = {"effect": self.effect, "button": self.button, "is_dangerous": self.is_dangerous}
        return self.show(form=ShownForm(initial=self.shown()), **words, **self.facts())

    def post(self, request, pk):
        try:
            self.act(shown=request.POST.get("shown", ""))
        except membership.ChangedMeanwhile:
            return self.leave(messages.WARNING, CHANGED)
        except membership.LastAdministrator:
            return self.leave(messages.WARNING, LAST)
        except inviting.AlreadyIn:
            return self.leave(messages.WARNING, CHANGED)
        except inviting.NoAddress:
            return self.leave(messages.WARNING, NO_ADDRESS)
        except inviting.AddressTaken:
            return self.leave(messages.WARNING, TAKEN)
        return self.leave(messages.SUCCESS, self.done % {"name": self.row.get_username()})

    def act(self, *, shown):
        raise NotImplementedError


class RemovePage(ConfirmPage):
    title = gettext_lazy("Remove from the staff")
    effect = gettext_lazy(
        "Your colleague is signed out at once and cannot sign in any more. What they did stays in the audit log under "
        "their name. You can bring them back later."
    )
    button = gettext_lazy("Remove from the staff")
    done = gettext_lazy("Removed from the staff: %(name)s.")
    is_dangerous = True

    def refusal(self):
        return "" if self.row.is_active else _("This colleague was removed already.")

    def act(self, *, shown):
        membership.remove(user_id=self.row.pk, shown=shown, by=self.request.user)


class BringBackPage(ConfirmPage):
    title = gettext_lazy("Bring back to the staff")
    effect = gettext_lazy("Your colleague has their role again, and gets a mail with a link for a new password.")
    button = gettext_lazy("Bring back to the staff")
    done = gettext_lazy("Brought back: %(name)s. A mail is on its way.")

    def refusal(self):
        return _("This colleague is on the staff.") if self.row.is_active else ""

    def act(self, *, shown):
        inviting.bring_back(user_id=self.row.pk, by=self.request.user, now=moment.now())


class InviteAgainPage(ConfirmPage):
    title = gettext_lazy("Send the invitation again")
    effect = gettext_lazy("Your colleague gets another mail with a link, which works for seven days.")
    button = gettext_lazy("Send the invitation again")
    done = gettext_lazy("A mail is on its way to %(name)s.")

    def refusal(self):
        is_waiting = self.row.is_active and staff.is_invited(self.row)
        return "" if is_waiting else _("This colleague has a password, or was removed.")

    def act(self, *, shown):
        inviting.invite_again(user_id=self.row.pk, by=self.request.user, now=moment.now())


class SecondFactorPage(ConfirmPage):
    title = gettext_lazy("Reset the second factor")
    effect = gettext_lazy(
        "For somebody who has lost telephone, key and recovery codes. They are signed out at once. Until they have set "
        "up a new one, the password alone is asked for: speak to them first, and make sure that it is them."
    )
    button = gettext_lazy("Reset the second factor")
    done = gettext_lazy("%(name)s is signed out, and sets up a new second factor at the next sign-in.")
    is_dangerous = True

    def refusal(self):
        if self.row.pk == self.request.user.pk:
            return _("Change your own second factor on the page “Second factor”.")
        has_factor = Authenticator.objects.filter(user=self.row).exists()
        return "" if has_factor else _("This colleague has no second factor.")

    def act(self, *, shown):
        membership.reset_second_factor(user_id=self.row.pk, shown=shown, by=self.request.user)
