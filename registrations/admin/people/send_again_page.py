"""The page on which staff send the newest mail of chosen registrations once more."""

from collections import Counter

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.base import in_geneva
from registrations.admin.mail import wording
from registrations.admin.people import chosen
from registrations.forms.number import NumberForm
from registrations.mail import sending_again
from registrations.models import Registration
from sessions.clocks import moment
from sessions.clocks.dates import number

# Each mail is written within the request, to know whether somebody still needs it.
MAILS_AT_MOST = 100
NOBODY = gettext_lazy("Nobody is chosen. Nothing was sent.")
NOTHING_LEFT = gettext_lazy("No mail about this registration has left or failed.")
CHANGED = gettext_lazy("A mail to these people has left or was sent again meanwhile. Nothing was sent. Look once more.")


class SendMailsPage(chosen.ChosenPage):
    """Asks, with each mail by its subject; the form carries what it showed."""

    model = Registration
    template_name = "admin/registrations/registration/send_again.html"
    title = gettext_lazy("Send the newest mails again")

    def has_permission(self):
        user = self.request.user
        return user.has_perm("registrations.view_registration") and user.has_perm("registrations.change_message")

    def refusal(self):
        if len(self.ids) > MAILS_AT_MOST:
            return chosen.too_many(MAILS_AT_MOST)
        return "" if self._registrations().exists() else NOBODY

    def get(self, request):
        return self._ask()

    def post(self, request):
        if "confirm" not in request.POST:
            return self._ask()
        offer = self._offer()
        if request.POST.get("shown") != offer.fingerprint:
            messages.warning(request, CHANGED)
            return self._ask()
        confirm = _confirm_form(offer, request.POST)
        return self._send(offer) if confirm.is_valid() else self._ask(confirm)

    def _send(self, offer):
        refused = sending_again.send_each(offer.times, by=self.request.user, now=moment.now())
        sent = len(offer.times) - len(refused)
        for reason, mails in Counter(refused).items():
            messages.warning(self.request, _not_sent(mails) % {"number": number(mails), "reason": reason})
        return self.leave(messages.SUCCESS, *([_sent(sent) % {"number": number(sent)}] if sent else []))

    def _ask(self, confirm=None):
        offer = self._offer()
        return self.show(
            rows=offer.rows,
            mails=len(offer.times),
            shown=offer.fingerprint,
            confirm=confirm or _confirm_form(offer, typed=self.number_unsent),
            button=_button(len(offer.times)),
        )

    def _offer(self):
        return Offer(self._registrations().order_by("participant__name_key", "pk"))

    def _registrations(self):
        related = ["participant", "occurrence__session__season"]
        return Registration.objects.filter(pk__in=self.ids).select_related(*related)


class Offer:
    """The mails that can be sent again and how often they were, by id; and a row for each registration."""

    def __init__(self, registrations):
        registrations = list(registrations)
        newest = sending_again.newest(registrations)
        self.rows, self.times = chosen.rows(registrations), {}
        for row in self.rows:
            mail = newest.get(row["pk"])
            row["mail"] = NOTHING_LEFT if mail is None else sending_again.refusal(mail) or _about(mail)
            if mail is not None and not sending_again.refusal(mail):
                self.times[mail.pk] = sending_again.times(mail)

    @property
    def fingerprint(self) -> str:
        return ",".join(f"{pk}-{times}" for pk, times in sorted(self.times.items()))


@admin.action(description=gettext_lazy("Send the newest mail again …"), permissions=["change_mails"])
def send_again(model_admin, request, queryset):
    """From the list to the page that asks."""
    return chosen.open_page(SendMailsPage, model_admin, request, queryset)


def _confirm_form(offer, data=None, *, typed=""):
    label = _("Type the number of mails")
    return NumberForm(data, number=len(offer.times), label=label, free=chosen.FEW, typed=typed)


def _about(mail) -> str:
    if mail.is_sent:
        return _("%(subject)s, sent %(when)s") % {"subject": wording.subject(mail), "when": in_geneva(mail.sent_at)}
    return _("%(subject)s, failed") % {"subject": wording.subject(mail)}


def _button(mails) -> str:
    return ngettext("Send %(number)s mail again", "Send %(number)s mails again", mails) % {"number": number(mails)}


def _sent(mails) -> str:
    return ngettext(
        "%(number)s mail is on its way once more, as of now.",
        "%(number)s mails are on their way once more, as of now.",
        mails,
    )


def _not_sent(mails) -> str:
    return ngettext(
        "%(number)s mail was not sent again: %(reason)s", "%(number)s mails were not sent again: %(reason)s", mails
    )
