"""The page on which staff merge two people who are one: found, compared side by side, then merged."""

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.base import country_name, searched, slot_time
from registrations.admin.people.person_page import PersonPage, why_to_wait, words_of
from registrations.corrections import merge_plan, merging
from registrations.corrections.address import ChangeWaits
from registrations.models import Participant, StaffAction
from sessions.clocks import moment
from sessions.clocks.dates import number
from sessions.staff.numbers import row_number

MOST_FOUND = 20
KEPT, LOST = "kept", "lost"
ONE_ALREADY = gettext_lazy("The two are one person already.")
# As in the form and in the plan; what they are called there is no label for staff everywhere.
LABELS = {
    "organisation": gettext_lazy("Organisation"),
    "country": gettext_lazy("Country or area"),
    "stakeholder": gettext_lazy("Stakeholder group"),
    "language": gettext_lazy("Language of the mails"),
    "timezone": gettext_lazy("Time zone"),
    "access_needs": gettext_lazy("Access needs"),
}


class MergeForm(forms.Form):
    """Of details that differ, whose stay; `shown` is the fingerprint of the plan that staff saw."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, plan):
        initial = {"shown": plan.fingerprint} | dict.fromkeys(plan.differing, KEPT)
        super().__init__(data, initial=initial, label_suffix="")
        for name in plan.differing:
            choices = [(who, _said(person, name)) for who, person in ((KEPT, plan.kept), (LOST, plan.lost))]
            self.fields[name] = forms.ChoiceField(
                label=LABELS[name],
                choices=choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose which one stays.")},
            )
        self.fields["is_one"] = forms.BooleanField(
            label=_("Both are the same person. I know that this cannot be undone."),
            error_messages={"required": _("Tick this if both are the same person. Nothing has been changed.")},
        )

    def of_lost(self) -> list[str]:
        return [name for name in LABELS if self.cleaned_data.get(name) == LOST]


class MergePage(PersonPage):
    template_name = "admin/registrations/participant/merge.html"
    title = gettext_lazy("Merge with another person")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = moment.of(self.row.season)

    @cached_property
    def other(self) -> Participant | None:
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        others = Participant.objects.filter(pk=row_number(sent.get("other")), season=self.row.season_id)
        return others.exclude(pk=self.row.pk).filter(anonymised_at=None).select_related("season", "named_by").first()

    @property
    def plan(self):
        return merge_plan.of(self.row, self.other, now=self.now)

    def get(self, request, pk):
        if self.other is None:
            return self._find(request.GET.get("q", ""))
        is_unsent = row_number(self.unsent.get("other")) == self.other.pk
        return self._look(MergeForm(self.unsent if is_unsent else None, plan=self.plan))

    def post(self, request, pk):
        if self._are_one:
            return self.leave(messages.SUCCESS, ONE_ALREADY)
        if self.other is None:
            return self.leave(messages.WARNING, _("The other person is not there any more. Nothing was changed."))
        plan = self.plan
        form = MergeForm(request.POST, plan=plan)
        if not form.is_valid():
            return self._look(form)
        try:
            told = merging.merge(
                kept_id=pk,
                lost_id=self.other.pk,
                details_of_lost=form.of_lost(),
                shown=form.cleaned_data["shown"],
                by=request.user,
                now=self.now,
            )
        except merging.ChangedMeanwhile:
            sent = request.POST.copy()
            sent["shown"] = plan.fingerprint
            return self._refuse(MergeForm(sent, plan=plan), _("Something of the two has changed. Look once more."))
        except ChangeWaits as waits:
            return self._refuse(form, words_of(waits))
        except (merging.NotTwoPeople, merging.KeptUnconfirmed, merging.MailboxShared):
            return self.leave(messages.SUCCESS, ONE_ALREADY) if self._are_one else self._look(form)
        return self.leave(messages.SUCCESS, _("The two are one person now."), self._words_of(told))

    @property
    def _are_one(self) -> bool:
        """Whether they were merged in this direction, as by the first press of a button that was pressed twice."""
        merged = StaffAction.objects.filter(action="merged", kind=Participant._meta.label_lower, object_id=self.row.pk)
        other = row_number(self.request.POST.get("other"))
        return other is not None and merged.filter(after__participant=other).exists()

    def _words_of(self, told) -> str:
        if told.lost and told.kept and self.row.mailbox != self.other.mailbox:
            return _("Both mailboxes are told by mail.")
        if not (told.lost or told.kept):
            return _("No mail is sent, because neither of them has a registration.")
        if self.row.mailbox != self.other.mailbox:
            return _("The mailbox of the person who stays is told by mail. The other one hears nothing.")
        return _("Their mailbox is told by mail.")

    def _refuse(self, form, words):
        form.is_valid()
        form.add_error(None, words)
        return self._look(form)

    def _find(self, typed):
        others = Participant.objects.filter(season=self.row.season_id, anonymised_at=None).exclude(pk=self.row.pk)
        likely = others.filter(name_key=self.row.name_key) | others.filter(mailbox=self.row.mailbox)
        found = searched(others, typed) if typed.strip() else likely
        return self.show(row=self.row, typed=typed, found=list(found.order_by("name", "pk")[:MOST_FOUND]))

    def _look(self, form):
        plan = self.plan
        return self.show(
            row=self.row,
            other=self.other,
            form=form,
            details=[form[name] for name in plan.differing],
            pairs=[_row(pair) for pair in plan.pairs],
            mails=[_mails_to_lost(plan), _mails_to_kept(plan)],
            impossible=_impossible(plan) or why_to_wait(plan.registrations, self.now),
            other_way=reverse(
                "admin:registrations_participant_merge", args=[self.other.pk], query={"other": self.row.pk}
            ),
        )


def _impossible(plan) -> str:
    try:
        merging.require_mergeable(plan.kept, plan.lost)
    except merging.KeptUnconfirmed:
        return _("This person has not confirmed that they take part, and the other one has. Keep the other one.")
    except merging.MailboxShared:
        return _("The other person has signed up people who share their mailbox. Keep the other one.")
    except merging.NotTwoPeople:
        return _("These two cannot be merged.")
    return ""


def _mails_to_lost(plan) -> str:
    if not plan.pairs:
        return _("The address of the one who goes gets no mail, because they have no registration to come.")
    text = ngettext(
        "The address of the one who goes gets %(number)s mail, which says that they were registered twice. An entry in "
        "their calendar goes with it.",
        "The address of the one who goes gets %(number)s mails, one for each of these registrations, which say that "
        "they were registered twice. Entries in their calendar go with them.",
        len(plan.pairs),
    )
    return text % {"number": number(len(plan.pairs))}


def _mails_to_kept(plan) -> str:
    if plan.gains:
        return _("The address of the person who stays gets the mails of a sign-up for what comes to them.")
    if plan.has_any:
        return _("The address of the person who stays gets one mail, with all that they are registered for.")
    return _("The address of the person who stays gets no mail, because neither of them has a registration.")


def _said(person, name) -> str:
    if name == "country":
        return country_name(person) or _("(nothing)")
    shown = person.get_stakeholder_display() if name == "stakeholder" else getattr(person, name)
    return shown or _("(nothing)")


def _row(pair) -> dict:
    if pair.comes:
        becomes = _("comes to the person who stays")
    elif pair.is_better:
        becomes = _("takes the place of what the person who stays has, because it is better")
    else:
        becomes = _("is given back, because the person who stays has a place")
    return {
        "session": pair.lost.session,
        "lost": _("%(slot)s: %(state)s") % _words(pair.lost),
        "kept": _("%(slot)s: %(state)s") % _words(pair.kept) if pair.kept else "",
        "becomes": becomes,
    }


def _words(registration) -> dict:
    return {"slot": slot_time(registration.occurrence), "state": registration.get_status_display()}
