"""The page on which staff correct the e-mail address of a person: typed, shown with what it does, then done."""

from django import forms
from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.base import slot_time
from registrations.admin.people.person_page import PersonPage, why_to_wait, words_of
from registrations.corrections import address
from registrations.forms.fields import AddressLine
from registrations.people.mail_domains import likely_meant
from sessions.clocks import moment


class AddressForm(forms.Form):
    """`shown` is the address that staff saw beside the field."""

    email = AddressLine(
        label=gettext_lazy("Right address"),
        error_messages={"required": gettext_lazy("Write the right address.")},
        widget=forms.TextInput({"autocomplete": "off", "class": "vTextField"}),
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False)


class AddressPage(PersonPage):
    template_name = "admin/registrations/participant/address.html"
    title = gettext_lazy("Correct the e-mail address")

    def get(self, request, pk):
        form = AddressForm(self.unsent or None, initial={"shown": self.row.email})
        return self._preview(form) if "correct" in self.unsent and form.is_valid() else self._ask(form)

    def post(self, request, pk):
        form = AddressForm(request.POST)
        if not form.is_valid():
            return self._ask(form)
        if "correct" not in request.POST:
            return self._preview(form)
        try:
            mails = address.correct(
                participant_id=pk,
                shown=form.cleaned_data["shown"],
                email=form.cleaned_data["email"],
                by=request.user,
                now=moment.of(self.row.season),
            )
        except address.SameMailbox:
            return self._refuse(form, _("This is the address already."))
        except address.AddressTaken:
            return self._refuse(form, _("Somebody of this name is registered with that address already."))
        except address.MailboxShared:
            words = _(
                "A focal point and people whom they signed up share this mailbox. Ask the focal point to sign up again."
            )
            return self._refuse(form, words)
        except address.ChangeWaits as waits:
            return self._refuse(form, words_of(waits))
        except address.ChangedMeanwhile:
            self.row.refresh_from_db()
            form = AddressForm({"email": form.cleaned_data["email"], "shown": self.row.email})
            return self._refuse(form, _("Something of this person has changed meanwhile. Look at it once more."))
        words = ngettext(
            "The address is corrected. %(number)d mail is on its way to it.",
            "The address is corrected. %(number)d mails are on their way to it.",
            mails,
        )
        return self.leave(messages.SUCCESS, words % {"number": mails})

    def _refuse(self, form, words):
        form.is_valid()
        form.add_error("email", words)
        return self._ask(form)

    def _ask(self, form):
        return self.show(row=self.row, form=form)

    def _preview(self, form):
        email, now = form.cleaned_data["email"], moment.of(self.row.season)
        coming = address.to_come(self.row, now)
        sessions = [(str(each.session), slot_time(each.occurrence), each.get_status_display()) for each in coming]
        wait = why_to_wait(self.row.registrations.all(), now)
        return self.show(row=self.row, form=form, email=email, likely=likely_meant(email), sessions=sessions, wait=wait)
