"""A person's own page with the questions of staff: answered later, seen, changed."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registrations import links
from registrations.enrolment import answering
from registrations.forms.questions import AnswersForm
from registrations.presenters import throttling
from registrations.presenters.my_season import my_season
from registrations.presenters.own_season import questions_in, registrations_of
from registrations.presenters.problems import problems_in
from registrations.presenters.questions import QuestionsPage
from registrations.views.support import unproven
from registrations.views.support.access import WITH_FORM, personal
from registrations.views.support.answers import back_to_my_season
from registrations.views.support.throttling import may_change, seconds_to_wait, wait
from sessions.clocks import moment


@require_http_methods(["GET", "HEAD", "POST"])
@personal(links.participant_behind, referrer_policy=WITH_FORM)
def questions(request, participant):
    if participant.confirmed_at is None:
        return redirect("registrations:take_part", participant.key)
    page, sent = _page(participant), request.POST if request.method == "POST" else None
    known = answering.of(participant) if page.asked else {}
    form = AnswersForm(sent, questions=page.asked, known=known, sent_before=unproven.typed(request))
    if sent is None or not form.is_valid():
        return _show(request, page, form, 422 if form.errors else 200)
    if not may_change(participant):
        form.add_error(None, throttling.changes(seconds_to_wait()))
        return wait(_show(request, page, form, 429))
    answering.change(participant=participant, answers=form.answers(), questions=page.asked)
    return back_to_my_season(request, participant, _("Your answers are saved."))


def _page(participant):
    now = moment.of(participant.season)
    return my_season(participant, registrations_of(participant, now), now, questions=questions_in(participant.season))


def _show(request, page, form, status):
    anchors = form.anchors_of_questions | {NON_FIELD_ERRORS: "send"}
    context = {"participant": page.participant, "form": form, "problems": problems_in(form, anchors)}
    context["page"] = QuestionsPage(page, form)
    return render(request, "registrations/questions.html", context, status=status)
