"""The page on which staff correct the name of a person."""

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.people.person_page import PersonPage, page_of
from registrations.corrections import address, name
from registrations.forms.fields import NameLine
from sessions.clocks import moment
from sessions.clocks.dates import number


class NameForm(forms.Form):
    """`shown` is the name that staff saw above the field."""

    name = NameLine(
        label=gettext_lazy("Right name"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write the right name.")},
        widget=forms.TextInput({"autocomplete": "off", "class": "vTextField"}),
    )
    # As it is stored: a stripped one would be another name.
    shown = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)


class NamePage(PersonPage):
    template_name = "admin/registrations/participant/name.html"
    title = gettext_lazy("Correct the name")

    def get(self, request, pk):
        known = {"shown": self.row.name, "name": self.row.name}
        return self._ask(NameForm(self.unsent or None, initial=known, label_suffix=""))

    def post(self, request, pk):
        form = NameForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self._ask(form)
        typed = form.cleaned_data["name"]
        try:
            name.correct(participant_id=pk, shown=form.cleaned_data["shown"], name=typed, by=request.user)
        except name.SameName:
            form.add_error("name", _("This is the name already."))
        except name.NameTaken as taken:
            form.add_error("name", _taken(taken.person, self.row))
        except name.ChangedMeanwhile:
            self.row.refresh_from_db()
            form = NameForm({"name": typed, "shown": self.row.name}, label_suffix="")
            form.add_error("name", _("The name has changed meanwhile. Look at it once more."))
        else:
            return self.leave(messages.SUCCESS, _("The name is corrected."), *self._invitations())
        return self._ask(form)

    def _ask(self, form):
        return self.show(row=self.row, form=form)

    def _invitations(self) -> list[str]:
        """With the old name, in the person's calendar; and the way to send them anew."""
        if not self.request.user.has_perm("registrations.change_message"):
            return []
        entries = [each.pk for each in address.to_come(self.row, moment.of(self.row.season)) if each.entry_was_mailed]
        text = ngettext(
            "%(number)s entry in the person’s calendar has the old name until the next mail about its session.",
            "%(number)s entries in the person’s calendar have the old name until the next mails about their sessions.",
            len(entries),
        )
        words = text % {"number": number(len(entries))}
        page = reverse("admin:registrations_registration_send_mails", query={"registration": entries})
        return [format_html('{} <a href="{}">{}</a>', words, page, _("Send them anew now …"))] if entries else []


def _taken(person, kept):
    words = _("Somebody of this name is registered with the same address already.")
    if person is None:
        return words
    merge = reverse("admin:registrations_participant_merge", args=[kept.pk], query={"other": person.pk})
    return format_html(
        '{} <a href="{}">{}</a> <a href="{}">{}</a>',
        *(words, page_of(person), _("See this person."), merge, _("If both are one person, merge them.")),
    )
