"""The page on which staff move people to another time slot of their session: shown with what it does, then done."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.base import slot_time
from registrations.admin.people import chosen
from registrations.admin.transfers.pages import page_of
from registrations.enrolment.refusals import NoSeatLeft, RegistrationClosed
from registrations.forms.number import NumberForm
from registrations.models import Registration
from registrations.presenters.staff.recipients import are_mailed, mails_would_leave
from registrations.seats import availability
from registrations.transfers import moving
from sessions.clocks import moment
from sessions.clocks.dates import number
from sessions.models import Occurrence, Session

SEVERAL_SESSIONS = gettext_lazy("These people are in several sessions. Choose people of one session to move them.")
NO_OTHER = gettext_lazy("This session has no other time slot to come. Nobody was moved.")
NOT_THERE = gettext_lazy("No people are chosen, or they are not there any more. Nobody was moved.")
NOBODY = gettext_lazy("None of these people can be moved: they have cancelled, or their time slot is over.")
CHANGED = gettext_lazy("Something of these people, or of a waiting list, has changed meanwhile. Nobody was moved.")
CLOSED = gettext_lazy("That time slot was called off or is over. Nobody was moved.")


class SlotForm(forms.Form):
    """To which slot; the field is for whoever is asked, and hidden where the choice is shown with what it does."""

    slot = forms.TypedChoiceField(
        label=gettext_lazy("Move them to"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a time slot."),
            "invalid_choice": gettext_lazy("That time slot cannot be chosen any more. Choose another one."),
        },
    )

    def __init__(self, data=None, *, slots, initial=None):
        super().__init__(data, initial=initial, label_suffix="")
        self.fields["slot"].choices = [(slot.pk, f"{slot_time(slot)}: {_free(slot)}") for slot in slots]


class MovePage(chosen.ChosenPage):
    model = Registration
    template_name = "admin/registrations/registration/move.html"
    title = gettext_lazy("Move people to another time slot")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Registration.objects.filter(pk__in=self.ids[: moving.PEOPLE_AT_MOST])
        self.sessions = list(Session.objects.filter(registrations__in=rows).select_related("season").distinct()[:2])
        self.now = moment.of(self.sessions[0].season) if self.sessions else moment.now()
        upcoming = Occurrence.objects.filter(session__in=self.sessions[:1]).upcoming(self.now)
        self.slots = list(upcoming.select_related("session__season").in_order())

    def has_permission(self):
        return self.request.user.has_perm("registrations.change_registration")

    def refusal(self):
        if len(self.ids) > moving.PEOPLE_AT_MOST:
            return chosen.too_many(moving.PEOPLE_AT_MOST)
        if len(self.sessions) > 1:
            return SEVERAL_SESSIONS
        if not self.sessions:
            return NOT_THERE
        if not moving.with_place_to_come(self.ids, now=self.now).exists():
            return NOBODY
        return "" if any(self._plan(slot).moving for slot in self.slots) else NO_OTHER

    def get(self, request):
        again = SlotForm(self.sent, slots=self.slots)
        if "confirm" in self.unsent and again.is_valid() and not _reason_against(plan := self._plan_of(again)):
            return self._preview(plan, self._confirm_form(plan))
        return self._ask(SlotForm(slots=self.slots, initial={"slot": self.sent.get("slot")}))

    def post(self, request):
        if "look" not in request.POST and "confirm" not in request.POST:
            return self.get(request)
        form = SlotForm(request.POST, slots=self.slots)
        if not form.is_valid():
            return self._ask(form)
        plan = self._plan_of(form)
        if reason := _reason_against(plan):
            form.add_error("slot", reason)
            return self._ask(form)
        if "confirm" not in request.POST:
            return self._preview(plan, self._confirm_form(plan))
        confirm = self._confirm_form(plan, request.POST)
        if request.POST.get("shown") != plan.fingerprint:
            messages.warning(request, CHANGED)
            return self._preview(plan, self._confirm_form(plan))
        return self._move(plan) if confirm.is_valid() else self._preview(plan, confirm)

    def _move(self, plan):
        try:
            transfer = moving.move(
                registration_ids=self.ids,
                occurrence_id=plan.target.pk,
                shown=plan.fingerprint,
                by=self.request.user,
                now=self.now,
            )
        except (moving.ChangedMeanwhile, NoSeatLeft):
            return self.leave(messages.WARNING, CHANGED)
        except RegistrationClosed:
            return self.leave(messages.WARNING, CLOSED)
        return self.leave(messages.SUCCESS, *_done(plan, transfer, self.now), page=page_of(transfer))

    def _plan_of(self, form):
        return self._plan(next(slot for slot in self.slots if slot.pk == form.cleaned_data["slot"]))

    def _plan(self, slot):
        return moving.plan(self.ids, slot, now=self.now)

    def _confirm_form(self, plan, data=None):
        label = _("Type the number of people who move")
        return NumberForm(data, number=len(plan.moving), label=label, free=chosen.FEW, typed=self.number_unsent)

    def _ask(self, form):
        return self.show(form=form)

    def _preview(self, plan, confirm):
        return self.show(
            plan=plan,
            target=slot_time(plan.target),
            session=plan.target.session,
            leave=mails_would_leave(plan.starts, plan.target.session.season, now=self.now),
            rows=chosen.rows(plan.moving),
            left_out=len(self.ids) - len(plan.moving),
            confirm=confirm,
            button=_button(len(plan.moving)),
        )


@admin.action(description=gettext_lazy("Move to another time slot …"), permissions=["change_people"])
def move(model_admin, request, queryset):
    """From the list to the page that asks."""
    return chosen.open_page(MovePage, model_admin, request, queryset)


def _reason_against(plan) -> ValidationError | None:
    if not plan.moving:
        return ValidationError(_("All of these people are in that time slot already, or cannot be moved."))
    if not plan.lacking:
        return None
    text = ngettext(
        "That time slot has %(free)s free seat, and %(people)s people would move. Nobody was moved.",
        "That time slot has %(free)s free seats, and %(people)s people would move. Nobody was moved.",
        plan.free,
    )
    return ValidationError(text % {"free": number(plan.free), "people": number(len(plan.moving))})


def _free(slot) -> str:
    free = availability.seats_for_newcomers(slot)
    if free is None:
        return _("no limit of seats")
    if not free:
        return _("full")
    return ngettext("%(number)s free seat", "%(number)s free seats", free) % {"number": number(free)}


def _button(people) -> str:
    return ngettext("Move %(number)s person", "Move %(number)s people", people) % {"number": number(people)}


def _done(plan, transfer, now) -> list[str]:
    people, up = len(plan.moving), plan.moving_up
    told = are_mailed(people, transfer.mails_leave_at, plan.target.session.season, now=now)
    moved = ngettext("%(number)s person is moved.", "%(number)s people are moved.", people)
    moved_up = ngettext(
        "%(number)s person moved up from a waiting list.", "%(number)s people moved up from a waiting list.", up
    )
    return [moved % {"number": number(people)}, told, *([moved_up % {"number": number(up)}] if up else [])]
