"""The page of one question to the speakers: its words, its answer, who asked it, and whether everybody reads it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.admin.speaker_questions.forms import QuestionForm
from registrations.admin.speaker_questions.pages import NO_REASON, ReasonForm, may_change, may_view, page
from registrations.presenters.staff.speaker_questions import LOADED, QuestionRow
from registrations.speaker_questions import editing
from sessions.clocks import dates, moment
from sessions.models import SpeakerQuestion
from sessions.reference import languages
from sessions.staff.numbers import row_number
from sessions.staff.page import StaffPage

NOT_READY = gettext_lazy(
    "It is saved, and not published: it needs the question in English, and an answer or “in the session”."
)
PUBLISHED = gettext_lazy("The question is published on the page of the session.")
PUBLISHED_WITHOUT_NAMES = gettext_lazy(
    "The question is published on the page of the session, without names: who may see people can add them."
)
GONE = gettext_lazy("This question is not there any more: who asked it took it back.")


class QuestionPage(StaffPage):
    """A form with the words, and buttons that need none of them."""

    model, related = SpeakerQuestion, ["session__season", "merged_into"]
    template_name = "admin/online_sessions/speakerquestion/page.html"
    title = gettext_lazy("Question to the speakers")

    def has_permission(self):
        return may_view(self.request.user)

    @property
    def zone(self):
        return self.row.session.season.zone

    def leads_to(self):
        return reverse("admin:online_sessions_speakerquestion_change", args=[self.row.pk])

    @cached_property
    def of_question(self) -> QuestionRow:
        loaded = SpeakerQuestion.objects.prefetch_related(*LOADED).get(pk=self.row.pk)
        return QuestionRow(loaded, editing.may_see_names(self.request.user))

    def get(self, request, pk):
        return self._show(self._form(self.unsent or None, self.row, as_asked=self._as_asked()))

    def post(self, request, pk):
        if not may_change(request.user):
            raise PermissionDenied
        act = next((name for name in ACTS if name in request.POST), None)
        return ACTS[act](self) if act else self._save()

    def _form(self, data, question, **options) -> QuestionForm:
        row = self.of_question
        # Of a question from the chat alone no name is known.
        has_names = row.may_see_names and (row.asked or not question.asked_in_chat)
        return QuestionForm(data, question=question, names=row.names if has_names else None, **options)

    @transaction.atomic
    def _save(self):
        question = editing.lock([self.row.pk]).get(self.row.pk)
        if question is None:
            return self.leave(messages.WARNING, GONE, page=page("of_session", self.row.session))
        form = self._form(self.request.POST, question)
        if not form.is_valid():
            return self._show(form)
        editing.store(question, form.cleaned_data, **self._by())
        if "publish" not in self.request.POST:
            return self.leave(messages.SUCCESS, _("The question is saved."))
        try:
            editing.publish(question_id=question.pk, **self._by())
        except editing.NotReady:
            return self.leave(messages.WARNING, NOT_READY)
        return self.leave(messages.SUCCESS, PUBLISHED if self.of_question.may_see_names else PUBLISHED_WITHOUT_NAMES)

    def _withdraw(self):
        editing.withdraw(question_id=self.row.pk, **self._by())
        return self.leave(messages.SUCCESS, _("The question is not on the page of the session any more."))

    def _hide(self):
        form = ReasonForm(self.request.POST)
        if not form.is_valid() or not form.cleaned_data["reason"]:
            return self.leave(messages.WARNING, NO_REASON)
        editing.hide(question_ids=[self.row.pk], reason=form.cleaned_data["reason"], **self._by())
        return self.leave(messages.SUCCESS, _("The question is not taken up."))

    def _show_again(self):
        editing.show_again(question_id=self.row.pk, **self._by())
        return self.leave(messages.SUCCESS, _("The question is taken up again."))

    def _separate(self):
        """It, or one of those for which it stands."""
        number = row_number(self.request.POST["separate"])
        if SpeakerQuestion.objects.filter(pk=number, session=self.row.session).exists():
            editing.separate(question_id=number, **self._by())
        return self.leave(messages.SUCCESS, _("The question stands alone again."))

    def _by(self) -> dict:
        return {"now": moment.of(self.row.session.season), "by": self.request.user}

    def _as_asked(self) -> str:
        """Proposed as the wording where it was asked on an English page."""
        first = next(iter(self.of_question.asked), None)
        return first.text if first and first.language == "en" else ""

    def _show(self, form):
        row = self.of_question
        return self.show(
            form=form,
            row=row,
            session=self.row.session,
            asked=[_asked(each, row.may_see_names) for each in row.asked if each.question_id == row.question.pk],
            merged=[_merged(each) for each in row.question.merged.all()],
            stands_in=self.row.merged_into and _merged(self.row.merged_into),
            reason=ReasonForm(self.unsent or None)["reason"],
            may_change=may_change(self.request.user),
            may_translate=self.request.user.has_perm("online_sessions.change_session"),
            translate=reverse(
                "admin:online_sessions_session_translate",
                args=[self.row.session_id, f"speakerquestion-{self.row.pk}"],
            ),
            back=page("of_session", self.row.session),
        )


ACTS = {
    "withdraw": QuestionPage._withdraw,
    "hide": QuestionPage._hide,
    "show_again": QuestionPage._show_again,
    "separate": QuestionPage._separate,
}


def _asked(asked, may_see_names) -> dict:
    person = asked.participant
    return {
        "text": asked.text,
        "when": dates.in_geneva(asked.asked_at),
        "language": languages.in_words(asked.language),
        "wishes_name": asked.with_name,
        "with_sign_up": asked.with_sign_up,
        "name": person.name if may_see_names else "",
        "person": reverse("admin:registrations_participant_change", args=[person.pk]) if may_see_names else "",
    }


def _merged(question) -> dict:
    return {
        "pk": question.pk,
        "texts": [each.text for each in question.asked.all()] or [question.wording],
        "page": reverse("admin:online_sessions_speakerquestion_change", args=[question.pk]),
    }
