"""The pages with all questions to the speakers of a session: for staff, and in large letters for the moderator."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.speaker_questions.forms import FromChatForm
from registrations.presenters.staff import speaker_questions
from registrations.presenters.staff.speaker_questions import QuestionRow
from registrations.speaker_questions import editing
from sessions.clocks import dates, moment
from sessions.models import Session, SpeakerQuestion
from sessions.staff.numbers import row_number
from sessions.staff.page import StaffPage

RELOAD_SECONDS = 15
TICKED = "question"
MERGE, LIVE, HIDE, ADD = "merge", "live", "hide", "add"
NOTHING_TICKED = gettext_lazy("Tick the questions first. Nothing was changed.")
NO_REASON = gettext_lazy("Choose why they are not taken up. Nothing was changed.")
CANNOT_MERGE = gettext_lazy(
    "Tick at least two questions of which at most one is published: withdraw the others first. Nothing was changed."
)


def may_view(user) -> bool:
    return user.has_perm("online_sessions.view_speakerquestion")


def may_change(user) -> bool:
    return user.has_perm("online_sessions.change_speakerquestion")


def page(name, session) -> str:
    return reverse(f"admin:online_sessions_speakerquestion_{name}", args=[session.pk])


class ReasonForm(forms.Form):
    """Why questions are not taken up."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why not"),
        required=False,
        choices=[("", gettext_lazy("Choose why")), *SpeakerQuestion.Hidden.choices],
        help_text=gettext_lazy("Who asked reads this reason on their own page."),
    )


class OfSession(StaffPage):
    """About the questions of one session, of whose number the address speaks."""

    model, related = Session, ["season"]

    def has_permission(self):
        return may_view(self.request.user)

    @property
    def zone(self):
        return self.row.season.zone

    def leads_to(self):
        return page("of_session", self.row)

    @cached_property
    def questions(self) -> list[QuestionRow]:
        may_see_names = editing.may_see_names(self.request.user)
        return speaker_questions.rows(self.row.speaker_questions, may_see_names=may_see_names)

    @property
    def now(self):
        return moment.of(self.row.season)

    def _ticked(self) -> list[int]:
        """Of this session alone, whatever the form says."""
        sent = {number for text in self.request.POST.getlist(TICKED) if (number := row_number(text)) is not None}
        return list(self.row.speaker_questions.filter(pk__in=sent).values_list("pk", flat=True))


class SessionPage(OfSession):
    """Buttons act on the questions that are ticked."""

    template_name = "admin/online_sessions/speakerquestion/of_session.html"
    title = gettext_lazy("Questions to the speakers")

    def get(self, request, pk):
        typed = {"wording": self.unsent["wording"]} if "wording" in self.unsent else None
        return self._show(FromChatForm(initial=typed, label_suffix=""))

    def _show(self, from_chat):
        unsent = self.unsent.getlist(TICKED) if self.unsent else []
        return self.show(
            session=self.row,
            session_page=reverse("admin:online_sessions_session_change", args=[self.row.pk]),
            from_chat=from_chat,
            groups=speaker_questions.in_groups(self.questions),
            ticked={number for text in unsent if (number := row_number(text)) is not None},
            reason=ReasonForm(self.unsent or None)["reason"],
            may_change=may_change(self.request.user),
            moderator=page("moderator", self.row),
            table=page("table", self.row),
        )

    def post(self, request, pk):
        if not may_change(request.user):
            raise PermissionDenied
        if ADD in request.POST:
            return self._add()
        ticked = self._ticked()
        if not ticked:
            return self.leave(messages.WARNING, NOTHING_TICKED)
        if MERGE in request.POST:
            return self._merge(ticked)
        return self._hide(ticked) if HIDE in request.POST else self._answered(ticked)

    def _add(self):
        form = FromChatForm(self.request.POST, label_suffix="")
        if not form.is_valid():
            return self._show(form)
        wording = form.cleaned_data["wording"]
        question = editing.add_from_chat(session=self.row, wording=wording, now=self.now, by=self.request.user)
        added = reverse("admin:online_sessions_speakerquestion_change", args=[question.pk])
        return self.leave(messages.SUCCESS, _("The question is added. Answer and publish it here."), page=added)

    def _merge(self, ticked):
        try:
            editing.merge(question_ids=ticked, now=self.now, by=self.request.user)
        except editing.CannotMerge:
            return self.leave(messages.WARNING, CANNOT_MERGE)
        return self.leave(messages.SUCCESS, _("The questions are one now. Its page shows each of them."))

    def _hide(self, ticked):
        form = ReasonForm(self.request.POST)
        if not form.is_valid() or not form.cleaned_data["reason"]:
            return self.leave(messages.WARNING, NO_REASON)
        editing.hide(question_ids=ticked, reason=form.cleaned_data["reason"], now=self.now, by=self.request.user)
        text = ngettext("%(number)s question is not taken up.", "%(number)s questions are not taken up.", len(ticked))
        return self.leave(messages.SUCCESS, text % {"number": dates.number(len(ticked))})

    def _answered(self, ticked):
        editing.mark_live(question_ids=ticked, now=self.now, by=self.request.user)
        text = ngettext(
            "%(number)s question was answered in the session.",
            "%(number)s questions were answered in the session.",
            len(ticked),
        )
        return self.leave(messages.SUCCESS, text % {"number": dates.number(len(ticked))})


class ModeratorPage(OfSession):
    """Loads again by itself, with scripts off too; a link stops that (WCAG 2.2.1)."""

    template_name = "admin/online_sessions/speakerquestion/moderator.html"
    title = gettext_lazy("Questions for the moderator")

    def get(self, request, pk):
        is_still = "still" in request.GET
        response = self.show(
            session=self.row,
            questions=speaker_questions.for_moderator(self.questions),
            answered=sum(bool(row.question.answered) for row in self.questions),
            may_change=may_change(request.user),
            is_still=is_still,
            seconds=RELOAD_SECONDS,
            back=self.leads_to(),
        )
        if not is_still:
            response["Refresh"] = str(RELOAD_SECONDS)
        return response

    def post(self, request, pk):
        if not may_change(request.user):
            raise PermissionDenied
        editing.mark_live(question_ids=self._ticked(), now=self.now, by=request.user)
        still = "?still" if "still" in request.GET else ""
        return self.leave(messages.SUCCESS, _("Marked as answered."), page=page("moderator", self.row) + still)
