"""What staff do about mails that did not arrive: send them again, mark them as done, or take that back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.mail import failed
from registrations.admin.people.chosen import FEW
from registrations.forms.number import NumberForm
from registrations.mail import failures, sending_again, settling
from registrations.mail.failures import Reason
from registrations.models import Message
from sessions.clocks import moment
from sessions.clocks.dates import number
from sessions.staff.numbers import row_number
from sessions.staff.page import StaffPage

AGAIN, DONE, OPEN = "again", "done", "open"
BUTTONS = {
    AGAIN: gettext_lazy("Send these mails again"),
    DONE: gettext_lazy("Mark these failures as done"),
    OPEN: gettext_lazy("Not done after all"),
}
EFFECTS = {
    AGAIN: gettext_lazy(
        "Each is sent once more, written anew where something has changed. One that nobody needs any more is not sent."
    ),
    DONE: gettext_lazy(
        "They count no more as failed, and their people not as people who lack a mail. Nobody hears of it, and you can "
        "take it back."
    ),
    OPEN: gettext_lazy("They count as failed again. Nobody hears of it."),
}
# So many mails and so many mailboxes of one reason at once, the latest: the form has a field for each, and Django takes
# a thousand.
AT_MOST = 400
# So many addresses of them are shown before.
FIRST = 10


class FailuresPage(StaffPage):
    """GET shows what was marked as done, or asks for what was sent before a sign-in.

    The forms carry what they showed; those of a whole reason ask first.
    """

    model = Message
    template_name = "admin/registrations/message/failures.html"
    title = gettext_lazy("Failures that are done")

    def has_permission(self):
        return self.request.user.has_perm("registrations.view_message")

    def leads_to(self):
        return reverse("admin:registrations_message_post")

    def get(self, request):
        act, reason, chosen = _read(self.unsent) if self.unsent else ("", None, {})
        if reason and "confirm" not in self.unsent:
            chosen = _all_of(reason, act)
        if act and self._may_act() and any(chosen.values()):
            return self._ask(act, reason, chosen, _number_form(None, chosen, typed=self.number_unsent))
        return self.show(settled=failed.settled(), may_act=self._may_act(), **self._rights())

    def post(self, request):
        if not self._may_act():
            raise PermissionDenied
        act, reason, chosen = _read(request.POST)
        if not act:
            return self.leave(messages.WARNING, _("Choose what to do with these mails. Nothing was done."))
        return self._of_reason(act, reason, chosen) if reason else self._do(act, chosen)

    def _of_reason(self, act, reason, chosen):
        """Asks; then does it to those that were shown, not to those that failed meanwhile."""
        is_sent = "confirm" in self.request.POST
        if not is_sent:
            chosen = _all_of(reason, act)
        if not any(chosen.values()):
            return self.leave(messages.WARNING, _nothing())
        form = _number_form(self.request.POST if is_sent else None, chosen)
        return self._do(act, chosen) if is_sent and form.is_valid() else self._ask(act, reason, chosen, form)

    def _ask(self, act, reason, chosen, form):
        self.title = BUTTONS[act]
        addresses = (
            Message.objects.filter(pk__in=chosen["mail"]).order_by("recipient").values_list("recipient", flat=True)
        )
        return self.show(
            confirm=form,
            chosen=[(name, pk) for name, pks in chosen.items() for pk in pks],
            what=[*_in_words(chosen), *_rest(chosen)],
            first=addresses.distinct()[:FIRST],
            effect=EFFECTS[act],
            act=act,
            reason=reason,
            button=self.title,
        )

    def _do(self, act, chosen):
        by, now = self.request.user, moment.now()
        failures_of = {"mails": chosen["mail"], "mailboxes": chosen["mailbox"], "by": by}
        if act == AGAIN:
            return self._send_again(chosen["mail"], by, now)
        if act == DONE:
            words = _done(settling.settle(**failures_of, now=now))
        else:
            words = _("They count again.") if settling.open_again(**failures_of) else ""
        return self.leave(messages.SUCCESS if words else messages.WARNING, words or _nothing())

    def _send_again(self, mails, by, now):
        sent, reasons = sending_again.send_what_did_not_arrive(mails, by=by, now=now)
        if sent:
            return self.leave(messages.SUCCESS, _sent_again(sent), *reasons)
        return self.leave(messages.WARNING, *(reasons or [_nothing()]))

    def _rights(self) -> dict:
        may = self.request.user.has_perm
        return {
            "may_see_people": may("registrations.view_registration"),
            "may_correct": may("registrations.change_participant"),
        }

    def _may_act(self) -> bool:
        return self.request.user.has_perm("registrations.change_message")


def _read(sent) -> tuple[str, Reason | None, dict[str, list[int]]]:
    """What to do, for which reason if for all of one, and with which; empty if it is none of the buttons."""
    act, reason = sent.get("act"), sent.get("reason")
    chosen = {name: _numbers(sent.getlist(name)) for name in ("mail", "mailbox")}
    of_reason = Reason(reason) if reason in Reason.values and act != OPEN else None
    return (act if act in BUTTONS else "", of_reason, chosen)


def _numbers(texts) -> list[int]:
    return sorted({pk for text in texts if (pk := row_number(text)) is not None})[:AT_MOST]


def _all_of(reason, act) -> dict[str, list[int]]:
    mails = failures.with_reason(reason, AT_MOST)
    mailboxes = failures.mailboxes_with_reason(reason, mails, AT_MOST) if act == DONE else []
    return {"mail": mails, "mailbox": mailboxes}


def _number_form(sent, chosen, *, typed="") -> NumberForm:
    mails, mailboxes = len(chosen["mail"]), len(chosen["mailbox"])
    label = _("Type the number of these mails") if mails else _("Type the number of these mailboxes")
    return NumberForm(sent, number=mails or mailboxes, label=label, free=FEW, typed=typed)


def _in_words(chosen) -> list[str]:
    mails, mailboxes = len(chosen["mail"]), len(chosen["mailbox"])
    words = [failed.of_mails(mails)] if mails else []
    return [*words, failed.of_mailboxes(mailboxes)] if mailboxes else words


def _rest(chosen) -> list[str]:
    is_full = any(len(pks) == AT_MOST for pks in chosen.values())
    return [_("These are the latest. If there are more, do the same again afterwards.")] if is_full else []


def _nothing() -> str:
    return _("Somebody has seen to these mails meanwhile. Nothing was done.")


def _sent_again(mails) -> str:
    text = ngettext("%(number)s mail will be sent again.", "%(number)s mails will be sent again.", mails)
    return text % {"number": number(mails)}


def _done(failures_marked) -> str:
    return _("Marked as done. “Failures that are done” below takes it back.") if failures_marked else ""
