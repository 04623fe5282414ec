"""The mails of a rehearsal, which nobody sends: listed, searched, and read whole, with links that work."""

from csp.constants import HEADER as CSP
from csp.constants import SELF
from csp.decorators import csp_update
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.admin.base import searched
from registrations.admin.mail import wording
from registrations.mail import kinds
from registrations.models import Message, Participant
from registrations.people.identity import fold_address
from registrations.presenters.staff import recipients
from registrations.presenters.staff.boxed_mail import BoxedMail
from sessions.models import Season
from sessions.staff.numbers import row_number
from sessions.staff.page import StaffPage

MAILS_A_PAGE = 50
REAL = gettext_lazy("Mails of a real season are sent. Staff read only those of a rehearsal.")
# As in the preview of a circular; links open in a window of their own, which is not in the sandbox.
AS_MAIL = (
    "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox; "
    "frame-ancestors 'self'"
)
NEW_WINDOW = '<base target="_blank">'


class BoxPage(StaffPage):
    """For who may see mails and people: these mails hold personal links, which open the pages of their people."""

    http_method_names = ["get", "head"]
    model = Season
    template_name = "admin/registrations/message/box.html"
    title = gettext_lazy("Mails of the rehearsal")

    def has_permission(self):
        user = self.request.user
        return user.has_perm("registrations.view_message") and user.has_perm("registrations.view_participant")

    def refusal(self):
        return "" if self.row.is_rehearsal else REAL

    def leads_to(self):
        return reverse("admin:online_sessions_season_overview", args=[self.row.pk])

    @property
    def zone(self):
        return self.row.zone

    @property
    def mails(self):
        return Message.objects.filter(rehearsal=self.row).sent().select_related("participant")

    def get(self, request, pk):
        typed, kind = request.GET.get("q", "")[:200], request.GET.get("kind", "")
        there = sorted(set(self.mails.order_by().values_list("kind", flat=True).distinct()), key=_words)
        kind = kind if kind in there else ""
        found = self._found(typed, kind).order_by("-sent_at", "-pk").defer("octets")
        page = Paginator(found, MAILS_A_PAGE).get_page(request.GET.get("page"))
        return self.show(
            season=self.row,
            page=page,
            rows=[self._row(mail) for mail in page],
            typed=typed,
            chosen=kind,
            kinds=[(name, _words(name)) for name in there],
            may_move=request.user.has_perm("online_sessions.change_season"),
        )

    def _found(self, typed, kind):
        mails = self.mails.filter(kind=kind) if kind else self.mails
        if not typed.strip():
            return mails
        people = searched(Participant.objects.filter(season=self.row), typed)
        return mails.filter(Q(participant__in=people) | Q(recipient__icontains=fold_address(typed.strip())))

    def _row(self, mail) -> dict:
        return {
            "pk": mail.pk,
            "when": recipients.moment(mail.sent_at, self.row),
            "to": mail.recipient or wording.removed(mail),
            "person": mail.participant or "",
            "subject": wording.subject(mail),
            "kind": wording.kind(mail),
        }


@method_decorator(csp_update({"frame-src": [SELF]}), name="dispatch")
class BoxedMailPage(BoxPage):
    template_name = "admin/registrations/message/boxed.html"
    title = gettext_lazy("Mail of the rehearsal")

    @cached_property
    def mail(self):
        return get_object_or_404(self.mails, pk=row_number(str(self.kwargs["mail"])) or 0)

    def get(self, request, pk, mail):
        content = BoxedMail.read(self.mail) if self.mail.octets else None
        return self.show(
            season=self.row,
            mail=self.mail,
            when=recipients.moment(self.mail.sent_at, self.row),
            subject=wording.subject(self.mail),
            kind=wording.kind(self.mail),
            content=content,
            removed=wording.removed(self.mail) or _("The text of this mail was removed."),
        )


class BoxedHtmlPage(BoxedMailPage):
    """The HTML of the mail alone, for the frame."""

    def get(self, request, pk, mail):
        if not self.mail.octets:
            raise Http404
        html = BoxedMail.read(self.mail).html.replace("<head>", f"<head>{NEW_WINDOW}", 1)
        return HttpResponse(html, headers={CSP: AS_MAIL, "X-Frame-Options": "SAMEORIGIN"})


def _words(kind) -> str:
    return str(kinds.MAIL_KINDS.get(kind, kinds.UNKNOWN).for_staff)
