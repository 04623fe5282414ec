"""The page of people whom staff moved: where they were and are, how far the mails have come; and taking it back."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.base import in_geneva, slot_time
from registrations.admin.people.chosen import FEW
from registrations.admin.transfers import wording
from registrations.forms.number import NumberForm
from registrations.models import Transfer
from registrations.presenters.staff import progress
from registrations.transfers import outlook, taking_back
from sessions.clocks import moment
from sessions.clocks.dates import number
from sessions.staff.page import StaffPage

TAKEN_BACK = gettext_lazy("This move was taken back already.")
CHANGED = gettext_lazy(
    "Something of these people, of their mails, or of a waiting list has changed meanwhile. Nothing was changed. Look "
    "once more."
)
RELATED = ["registration__participant", "registration__occurrence__session__season"]
RELATED += ["occurrence_before__session__season"]


def page_of(transfer) -> str:
    return reverse("admin:registrations_transfer_change", args=[transfer.pk])


class TransferPage(StaffPage):
    http_method_names = ["get", "head"]
    model, related = Transfer, ["occurrence__session__season", "made_by"]
    template_name = "admin/registrations/transfer/page.html"
    title = gettext_lazy("People moved to another time slot")

    def has_permission(self):
        return self.model_admin.has_view_permission(self.request)

    def get(self, request, pk):
        slot, may_act = self.row.occurrence, request.user.has_perm("registrations.change_registration")
        moved = self.row.moved.select_related(*RELATED).order_by("registration__participant__name_key", "pk")
        now = moment.of(slot.session.season)
        return self.show(
            **progress.of_transfer(self.row).on_page(now, stays_still="still" in request.GET),
            what=_what(self.row),
            session=slot.session,
            transfer=self.row,
            made=in_geneva(self.row.made_at),
            taken_back=in_geneva(self.row.taken_back_at),
            rows=[_row(each) for each in moved],
            people_there=_people_of(slot),
            can_be_taken_back=may_act and not self.row.taken_back_at,
            may_see_mails=request.user.has_perm("registrations.view_message"),
        )


class TakeBackPage(StaffPage):
    model, related = Transfer, ["occurrence__session__season"]
    template_name = "admin/registrations/transfer/take_back.html"
    title = gettext_lazy("Take this move back")

    def has_permission(self):
        return self.request.user.has_perm("registrations.change_registration")

    def leads_to(self):
        return page_of(self.row)

    def refusal(self):
        return TAKEN_BACK if self.row.taken_back_at else ""

    def get(self, request, pk):
        found = self._outlook()
        return self._show(found, _confirm_form(found, typed=self.number_unsent))

    def post(self, request, pk):
        found = self._outlook()
        confirm = _confirm_form(found, request.POST)
        if request.POST.get("shown") != found.fingerprint:
            return self._look_again(found)
        if not found.going_back or not confirm.is_valid():
            return self._show(found, confirm)
        now = moment.of(self.row.occurrence.session.season)
        known = {"transfer_id": pk, "shown": found.fingerprint, "by": request.user, "now": now}
        try:
            done = taking_back.take_back(**known)
        except taking_back.TakenBackAlready:
            return self.leave(messages.WARNING, TAKEN_BACK)
        except (taking_back.ChangedMeanwhile, taking_back.NobodyGoesBack):
            return self._look_again(self._outlook())
        return self.leave(messages.SUCCESS, *_done(done))

    def _outlook(self):
        return outlook.of(self.row, now=moment.of(self.row.occurrence.session.season))

    def _look_again(self, found):
        messages.warning(self.request, CHANGED)
        return self._show(found, _confirm_form(found))

    def _show(self, found, confirm):
        return self.show(
            what=_what(self.row),
            session=self.row.occurrence.session,
            leads_to=self.leads_to(),
            effects=wording.effects(found),
            rows=[
                _row(turn.moved) | {"then": wording.outcome(turn), "mail": wording.mail(turn)} for turn in found.turns
            ],
            outlook=found,
            confirm=confirm,
            button=_("Take it back"),
        )


def _confirm_form(found, data=None, *, typed=""):
    label = _("Type the number of people who go back")
    return NumberForm(data, number=len(found.going_back), label=label, free=FEW, typed=typed)


def _row(moved) -> dict:
    registration = moved.registration
    return {
        "pk": registration.pk,
        "name": registration.participant,
        "email": registration.participant.email,
        "before": wording.before(moved),
        "now": slot_time(registration.occurrence),
        "state": registration.get_status_display(),
    }


def _what(transfer) -> str:
    text = ngettext("%(number)s person moved to %(slot)s", "%(number)s people moved to %(slot)s", transfer.people)
    return text % {"number": number(transfer.people), "slot": slot_time(transfer.occurrence)}


def _people_of(slot) -> str:
    of_slot = {"season": slot.session.season_id, "session": slot.session_id, "slot": slot.pk}
    return reverse("admin:registrations_registration_changelist", query=of_slot)


def _done(done) -> list[str]:
    back, staying = len(done.going_back), len(done.turns) - len(done.going_back)
    gone = ngettext("%(number)s person is back.", "%(number)s people are back.", back) % {"number": number(back)}
    stay = ngettext("%(number)s person stays as they are.", "%(number)s people stay as they are.", staying)
    return [gone, *([stay % {"number": number(staying)}] if staying else [])]
