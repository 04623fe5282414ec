"""The page on which staff take places away: who they are, the reason, what it does, then it is done."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.people.chosen import ChosenPage, open_page, rows
from registrations.admin.seat_removals.forms import SILENT, TOLD, TermsForm
from registrations.forms.number import NumberForm
from registrations.mail import notices
from registrations.models import Participant, Registration, SeatRemoval
from registrations.presenters.staff import sample_mail
from registrations.presenters.staff.sample_mail import SampleMail
from registrations.seat_removals import plan, removing
from sessions.clocks.dates import number
from sessions.seasons import season_clocks
from sessions.staff.numbers import row_number

NOBODY = gettext_lazy("None of these people has a place in a session to come. Nothing was changed.")
SEVERAL_CLOCKS = gettext_lazy(
    "Some of these people are in a rehearsal whose time is ahead. Choose people of one season. Nothing was changed."
)
NOBODY_CHOSEN = gettext_lazy("Nobody is chosen. Tick people in this list, then choose “Take the places away …”.")
CHANGED = gettext_lazy(
    "Something of these people, or of the waiting list, has changed meanwhile. Nothing was changed. Look once more."
)


class TakeAwayPage(ChosenPage):
    model = SeatRemoval
    template_name = "admin/registrations/seatremoval/take.html"
    title = gettext_lazy("Take places away")

    def has_permission(self):
        return self.request.user.has_perm("registrations.change_registration")

    def refusal(self):
        if len(self.ids) > removing.PEOPLE_AT_MOST:
            text = _("These are more than %(number)s places. Take fewer away at once.")
            return text % {"number": number(removing.PEOPLE_AT_MOST)}
        if not self.ids:
            return NOBODY_CHOSEN
        if len(self.clocks) > 1:
            return SEVERAL_CLOCKS
        return "" if self.plan.losing else NOBODY

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.ids = sorted({*self.ids, *_of_person(self.sent)})
        self.clocks = season_clocks.of_rows(Registration.objects.filter(pk__in=self.ids), "session__season")
        self.now = max(self.clocks)
        self.plan = plan.of(self.ids[: removing.PEOPLE_AT_MOST], now=self.now)

    def get(self, request):
        """Made-up sign-ups come from their page with the reason, and usually hear nothing."""
        again = TermsForm(self.sent.dict() | {"shown": self.plan.fingerprint}, label_suffix="")
        if "confirm" in self.unsent and again.is_valid():
            return self._preview(again, self._number_form())
        reason = self.sent.get("reason", "")
        telling = SILENT if reason == SeatRemoval.Reason.FAKE else TOLD
        known = {"reason": reason, "telling": telling} | self.sent.dict() | {"shown": self.plan.fingerprint}
        return self._ask(TermsForm(initial=known, label_suffix=""))

    def post(self, request):
        if "shown" not in request.POST:
            return self.get(request)
        form = TermsForm(request.POST, label_suffix="")
        if not form.is_valid() or "back" in request.POST:
            return self._ask(form)
        if form.cleaned_data["shown"] != self.plan.fingerprint:
            return self._look_again(request)
        confirm = self._number_form(request.POST if "confirm" in request.POST else None)
        if "confirm" not in request.POST or not confirm.is_valid():
            return self._preview(form, confirm)
        return self._take_away(request, form)

    def _number_form(self, data=None):
        """Of one person there is nothing to type."""
        label = _("Type the number of places that you take away")
        return NumberForm(data, number=len(self.plan.losing), label=label, free=1, typed=self.number_unsent)

    def _take_away(self, request, form):
        try:
            removal = removing.take_away(
                registration_ids=self.ids,
                terms=form.terms(),
                shown=form.cleaned_data["shown"],
                by=request.user,
                now=self.now,
            )
        except removing.ChangedMeanwhile:
            self.plan = plan.of(self.ids, now=self.now)
            return self._look_again(request) if self.plan.losing else self.leave(messages.WARNING, NOBODY)
        return self.leave(messages.SUCCESS, _taken(len(self.plan.losing)), page=page_of(removal))

    def _look_again(self, request):
        """With what was typed, and the people as they are now."""
        messages.warning(request, CHANGED)
        sent = request.POST.copy()
        sent["shown"] = self.plan.fingerprint
        return self._ask(TermsForm(sent, label_suffix=""))

    def _ask(self, form):
        return self._show(form=form)

    def _preview(self, form, confirm):
        removal = form.terms().removal(now=self.now)
        told = [each for each in self.plan.losing if removal.mails(each)]
        return self._show(
            form=form,
            confirm=confirm,
            mails=_mails(len(told), len(self.plan.moving_up)),
            mail=_sample(told[0], removal, form, self.now) if told else None,
            button=_button(len(self.plan.losing)),
        )

    def _show(self, **context):
        losing, moving_up = (rows(people) for people in (self.plan.losing, self.plan.moving_up))
        ids = [each.pk for each in self.plan.losing]
        return self.show(losing=losing, moving_up=moving_up, ids=ids, **context)


@admin.action(description=gettext_lazy("Take the places away …"), permissions=["change_people"])
def take_away(model_admin, request, queryset):
    """From a list of registrations to the page that asks."""
    return open_page(TakeAwayPage, model_admin, request, queryset)


def page_of(removal) -> str:
    return reverse("admin:registrations_seatremoval_change", args=[removal.pk])


def _of_person(sent) -> list[int]:
    """Ids of all registrations of one person, if somebody is named."""
    person = Participant.objects.filter(pk=row_number(sent.get("person"))).first()
    return list(Registration.objects.active().filter(participant=person).values_list("pk", flat=True)) if person else []


def _sample(registration, removal, form, now) -> SampleMail:
    """Composed, and not stored."""
    registration.removal, registration.is_barred = removal, not form.cleaned_data["may_return"]
    return sample_mail.read(notices.place_taken_away(registration, now=now))


def _mails(to_losing, to_moving_up) -> str:
    first = ngettext(
        "%(number)s mail leaves for those who lose a place.",
        "%(number)s mails leave for those who lose a place.",
        to_losing,
    )
    second = ngettext(
        "%(number)s mail leaves for who moves up.", "%(number)s mails leave for who moves up.", to_moving_up
    )
    return f"{first % {'number': number(to_losing)}} {second % {'number': number(to_moving_up)}}"


def _taken(people) -> str:
    text = ngettext("%(number)s place is taken away.", "%(number)s places are taken away.", people)
    return text % {"number": number(people)}


def _button(people) -> str:
    text = ngettext("Take %(number)s place away", "Take %(number)s places away", people)
    return text % {"number": number(people)}
