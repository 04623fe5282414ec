"""The page on which staff open the registration of several sessions: what becomes of each, then the button."""

from django.contrib import messages
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations import publishing
from sessions.admin import wording
from sessions.admin.programme_page import ProgrammePage, programme_of
from sessions.clocks.dates import number
from sessions.models import Season, Session
from sessions.staff.numbers import row_number

NONE_CHOSEN = gettext_lazy("Tick at least one session, then press the button once more.")
CHANGED = gettext_lazy("Meanwhile a colleague has changed one of these sessions. Nothing was opened. Look again.")


class OpenPage(ProgrammePage):
    """Only for people who may change sessions; the sessions are those ticked, in the address."""

    model = Season
    template_name = "admin/online_sessions/season/open.html"
    title = gettext_lazy("Open registration")

    def has_permission(self):
        return self.request.user.has_perm("online_sessions.change_session")

    def refusal(self):
        return "" if self.sessions else NONE_CHOSEN

    @property
    def way_back(self):
        return programme_of(self.row)

    @cached_property
    def sessions(self) -> list[Session]:
        if self.request.method == "POST":
            chosen = self.request.POST.getlist("session")
        else:
            chosen = self.unsent.getlist("session") if self.unsent else self.request.GET.getlist("session")
        chosen = [row_number(key) for key in chosen[:200]]
        found = self.row.sessions.filter(pk__in=[key for key in chosen if key is not None])
        return list(found.select_related("season").prefetch_related("occurrences").order_by("pk"))

    def get(self, request, pk):
        now = self.now
        opens = publishing.can_be_opened(self.sessions, now)
        stay = [session for session in self.sessions if session not in opens]
        return self.show(
            sessions=opens,
            opens=[_today(session, now) for session in opens],
            stay=[*(_reason(session, now) for session in stay), *_drafts(self.sessions)],
            is_draft=not self.row.is_published,
        )

    def post(self, request, pk):
        wanted = [session.pk for session in self.sessions]
        try:
            opened = publishing.open_registration(season_id=pk, sessions=wanted, now=self.now, by=request.user)
        except publishing.AlreadySo:
            return self.leave(messages.WARNING, CHANGED)
        text = ngettext(
            "Registration is open for %(number)s session.", "Registration is open for %(number)s sessions.", opened
        )
        return self.report(text % {"number": number(opened)})


def _today(session, now) -> str:
    """What opens, with what stands in the way until the button is pressed."""
    said = {"session": session}
    if session.registration_closes_at and session.registration_closes_at <= now:
        said["moment"] = wording.moment(session.registration_closes_at, session.season)
        return _("%(session)s: it had closed on %(moment)s, and opens again until its last time slot ends.") % said
    said["moment"] = wording.moment(session.registration_opens_at, session.season)
    return _("%(session)s: it opens now, and not on %(moment)s.") % said


def _reason(session, now) -> str:
    if all(slot.is_called_off or slot.is_over(now) for slot in session.occurrences.all()):
        return _("%(session)s: it has no time slot to come.") % {"session": session}
    return _("%(session)s: its registration is open already.") % {"session": session}


def _drafts(sessions) -> list[str]:
    text = _("%(session)s is a draft: nobody sees it before it is published.")
    return [text % {"session": session} for session in sessions if not session.is_published]
