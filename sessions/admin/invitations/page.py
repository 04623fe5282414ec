"""Inviting people to a session: a list pasted or uploaded, what becomes of each line, then the action."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.invitations import guest_list, inviting, table_uploads
from registrations.presenters.staff import sample_mail
from sessions.admin import wording
from sessions.admin.invitations.forms import LIMITS, GuestNumberForm, ListForm
from sessions.admin.programme_page import ProgrammePage
from sessions.clocks import moment
from sessions.clocks.dates import number
from sessions.models import Session


@dataclass(frozen=True)
class GuestText:
    """A list, one person a line; `table` is the id of the upload that it was made of, `notes` say what was left out."""

    text: str
    source: str
    table: int | None = None
    notes: Sequence[str] = ()


class InvitingPage(ProgrammePage):
    """What the pages that invite have in common: only for who may add invitations to a session that takes them."""

    http_method_names = ["get", "post"]
    title = gettext_lazy("Invite people")

    def has_permission(self):
        return self.request.user.has_perm("registrations.add_invitation")

    @property
    def about(self):
        return self.online_session

    def preview(self, listed, confirm=None):
        """What becomes of each line, one of the mails, and the number to be typed."""
        lines = self.lines_of(listed)
        guests = [line.guest for line in lines if line.guest]
        initial = {"people": listed.text, "source": listed.source}
        return self.show(
            ListForm(initial=initial),
            is_preview=True,
            notes=[*listed.notes, *_opens_later(self.online_session)],
            table=listed.table,
            good=[line for line in lines if line.guest],
            bad=[line for line in lines if line.problem],
            mail=self._sample(guests[0]) if guests else None,
            hidden=ListForm(initial=initial | {"table": listed.table}, auto_id=False),
            confirm=confirm or (GuestNumberForm(number=len(guests), typed=self.number_unsent) if guests else None),
            button=_button(len(guests)),
        )

    def lines_of(self, listed):
        return guest_list.read(listed.text, invited=inviting.identities_invited(self.online_session))

    def show(self, form, template="invite", **context):
        self.template_name = f"admin/online_sessions/session/{template}.html"
        return super().show(form=form, online_session=self.online_session, **context)

    def refusal(self) -> str:
        if not self.online_session.is_by_invitation:
            return _("This session is open to all: nobody needs an invitation.")
        if not self.online_session.occurrences.upcoming(moment.of(self.online_session.season)).exists():
            return _("This session has no time slot to come: nobody can be invited to it.")
        return ""

    def _sample(self, guest):
        sample = inviting.sample(session=self.online_session, guest=guest, now=moment.of(self.online_session.season))
        return sample_mail.read(sample)


class InvitePage(InvitingPage):
    """Only a typed number and the button invite anybody; a table goes by the page on which its columns are named."""

    model, related = Session, ["season"]

    @property
    def online_session(self):
        return self.row

    @property
    def number_unsent(self):
        return self.unsent.get(f"{GuestNumberForm.prefix}-people", "")

    def get(self, request, pk):
        again = ListForm(self.unsent)
        if "confirm" in self.unsent and again.is_valid() and again.octets is None:
            return self.preview(_listed(again))
        return self.show(ListForm(initial={name: self.unsent.get(name, "") for name in ("people", "source")}))

    def post(self, request, pk):
        form = ListForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form)
        if form.octets is not None:
            return self._upload(form)
        listed = _listed(form)
        recipients = sum(line.guest is not None for line in self.lines_of(listed))
        if "confirm" not in request.POST or not recipients:
            return self.preview(listed)
        confirm = GuestNumberForm(request.POST, number=recipients)
        return self._invite(listed) if confirm.is_valid() else self.preview(listed, confirm)

    def _upload(self, form):
        upload = table_uploads.store(
            session=self.online_session,
            name=form.source,
            octets=form.octets,
            limits=LIMITS,
            by=self.request.user,
            now=moment.now(),
        )
        return HttpResponseRedirect(reverse("admin:online_sessions_uploadedtable_columns", args=[upload.pk]))

    def _invite(self, listed):
        lines = self.lines_of(listed)
        try:
            done = inviting.invite(
                session_id=self.online_session.pk,
                people=[line.guest for line in lines if line.guest],
                source=listed.source,
                by=self.request.user,
                now=moment.of(self.online_session.season),
            )
        except (inviting.NotByInvitation, inviting.NothingAhead):
            return self.leave(messages.WARNING, self.refusal())
        table_uploads.discard(upload_id=listed.table, by=self.request.user)
        answer = _invited(len(done.invitations))
        self.log(self.online_session, answer)
        messages.success(self.request, answer)
        bad = [line for line in lines if line.problem]
        if not bad and done.batch:
            return HttpResponseRedirect(reverse("admin:registrations_invitationbatch_change", args=[done.batch.pk]))
        rest = ListForm(initial={"people": "\n".join(line.text for line in bad), "source": listed.source})
        return self.show(rest, batch=done.batch, left=len(bad))


def _listed(form) -> GuestText:
    return GuestText(form.text, form.source, form.cleaned_data["table"])


def links_to_invitations(session):
    """Where the form of a session leads to: its invitations, and the page that invites more people."""
    if not session.is_by_invitation:
        return _("This session is open to all.")
    listed = f"{reverse('admin:registrations_invitation_changelist')}?season={session.season_id}&session={session.pk}"
    invite = reverse("admin:online_sessions_session_invite", args=[session.pk])
    links = '<a href="{}">{}</a> · <a href="{}">{}</a>'
    return format_html(links, listed, _("Invitations to this session"), invite, _("Invite people"))


def _opens_later(session) -> list[str]:
    opens_at = session.registration_opens_at
    if opens_at is None or opens_at <= moment.of(session.season):
        return []
    text = _(
        "Registration opens on %(opens)s. People can read the invitation before that, and accept it only from then on."
    )
    return [text % {"opens": wording.moment(opens_at, session.season)}]


def _button(people) -> str:
    text = ngettext("Invite %(number)s person", "Invite %(number)s people", people)
    return text % {"number": number(people)}


def _invited(people) -> str:
    if not people:
        return _("Nobody was invited: all of these people were invited meanwhile.")
    text = ngettext(
        "%(number)s person is invited. The mail leaves in some minutes; until then you can undo the import.",
        "%(number)s people are invited. The mails leave in some minutes; until then you can undo the import.",
        people,
    )
    return text % {"number": number(people)}
