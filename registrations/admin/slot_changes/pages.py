"""The page of one change of a time slot, and what can still be done about its mails."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.slot_changes import wording
from registrations.forms.reason import ReasonForm
from registrations.mail.slot_change_mails import known_before
from registrations.models import SlotChange
from registrations.presenters.staff import progress, recipients
from registrations.rescheduling import changes, impact
from sessions.clocks import dates, moment
from sessions.staff.page import StaffPage

TOO_LATE = gettext_lazy(
    "It cannot be taken back any more: all its mails have left, or the time slot was changed again. "
    "To undo it, change the time slot once more: everybody is told of that."
)


NONE_WAITS = gettext_lazy("No mail was waiting for its time any more.")
IN_THE_PAST = gettext_lazy(
    "It cannot be taken back any more: people would be invited to a time that has passed. Move the time slot to a time "
    "to come, or call it off."
)


def may_change_slots(user) -> bool:
    return user.has_perm("online_sessions.change_occurrence")


class SlotChangePage(StaffPage):
    """A change is seen by who may see it, and only who may change time slots does anything about it."""

    model, related = SlotChange, ["occurrence__session__season", "made_by"]

    def has_permission(self):
        return may_change_slots(self.request.user)

    @property
    def change(self):
        return self.row

    @property
    def slot(self):
        return self.change.occurrence

    @property
    def now(self):
        return moment.of(self.slot.session.season)

    def show(self, **context):
        words = {
            "made_at": recipients.moment(self.change.made_at, self.slot.session.season)
        } | wording.before_and_after(self.change)
        return super().show(change=self.change, slot=self.slot, **context, **words)

    def leads_to(self):
        return _page_of(self.change)


class ChangePage(SlotChangePage):
    http_method_names = ["get", "head"]
    template_name = "admin/registrations/slotchange/page.html"
    title = gettext_lazy("Change of a time slot")

    def has_permission(self):
        return self.model_admin.has_view_permission(self.request)

    def get(self, request, pk):
        now, found = self.now, progress.of(self.change)
        may_change = may_change_slots(request.user)
        return self.show(
            kind=wording.CHANGES[self.change.kind],
            **found.on_page(now, stays_still="still" in request.GET),
            can_send_now=may_change and found.is_held_back(now),
            can_be_taken_back=may_change and not _reason_against(self.change, now),
            may_see_mails=request.user.has_perm("registrations.view_message"),
        )


class TakeBackPage(SlotChangePage):
    template_name = "admin/registrations/slotchange/take_back.html"
    title = gettext_lazy("Take this change back")

    def refusal(self):
        return _reason_against(self.change, self.now)

    def get(self, request, pk, form=None):
        audience = impact.audience(self.slot, known_before(self.change))
        return self.show(
            silent=recipients.hear_nothing(audience.silent),
            again=_again(audience.recipients),
            form=form or ReasonForm(initial={"why": self.unsent.get("why", "")}),
        )

    def post(self, request, pk):
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.get(request, pk, form)
        why = form.cleaned_data["why"]
        try:
            undone = changes.take_back(change_id=self.change.pk, now=self.now, by=request.user, why=why)
        except changes.TooLate:
            return self.leave(messages.WARNING, TOO_LATE)
        except changes.InThePast:
            return self.leave(messages.WARNING, IN_THE_PAST)
        except changes.SlotInTheWay as refused:
            return self.leave(messages.ERROR, wording.slot_in_the_way(refused.slot))
        answer = [wording.undone_in_words(undone), recipients.were_mailed(undone.people)]
        self.log(self.slot, *answer)
        return self.leave(messages.SUCCESS, *answer, page=_page_of(undone) if undone.people else None)


class SendNowPage(SlotChangePage):
    """Apart from the button that takes the change back: one does the opposite of the other."""

    template_name = "admin/registrations/slotchange/send_now.html"
    title = gettext_lazy("Send the waiting mails now")

    def get(self, request, pk):
        found = progress.of(self.change)
        if not found.is_held_back(self.now):
            return self.leave(messages.INFO, NONE_WAITS)
        return self.show(leaving=_leaving(found.being_prepared + found.waiting), leave_at=found.leave_at)

    def post(self, request, pk):
        number = changes.send_now(change_id=self.change.pk, now=self.now, by=request.user)
        if not number:
            return self.leave(messages.INFO, NONE_WAITS)
        text = ngettext("%(number)s mail leaves now.", "%(number)s mails leave now.", number)
        answer = text % {"number": dates.number(number)}
        self.log(self.slot, answer)
        return self.leave(messages.SUCCESS, answer)


def _page_of(change) -> str:
    return reverse("admin:registrations_slotchange_change", args=[change.pk])


def _reason_against(change, now):
    """Why the change cannot be taken back; empty if it can."""
    if not changes.can_be_taken_back(change, change.occurrence):
        return TOO_LATE
    return IN_THE_PAST if changes.would_be_past(change, change.occurrence, now) else ""


def _leaving(mails) -> str:
    text = ngettext(
        "%(number)s mail leaves now and cannot be held back any more.",
        "%(number)s mails leave now and cannot be held back any more.",
        mails,
    )
    return text % {"number": dates.number(mails)}


def _again(people) -> str:
    if not people:
        return _("No mail has left, so nobody needs to be told that it is undone.")
    text = ngettext(
        "%(number)s mail has left or is leaving: this person is told at once that the change is undone.",
        "%(number)s mails have left or are leaving: these people are told at once that the change is undone.",
        people,
    )
    return text % {"number": dates.number(people)}
