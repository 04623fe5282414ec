"""Questions to the speakers: on a page of one's own, and on one that the key of the meeting opens."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registrations import links
from registrations.forms.speaker_question import SpeakerQuestionForm
from registrations.presenters import speaker_questions, throttling
from registrations.presenters.own_season import registration_for
from registrations.presenters.problems import problems_in
from registrations.presenters.speaker_questions import AskPage
from registrations.speaker_questions import asking
from registrations.views.support import unproven
from registrations.views.support.access import WITH_FORM, personal, wrong_link
from registrations.views.support.throttling import may_change, seconds_to_wait, wait
from sessions.clocks import moment
from sessions.staff.numbers import row_number

# The button beside a question of one's own, with its number.
TAKE_BACK = "take_back"


@require_http_methods(["GET", "HEAD", "POST"])
@personal(links.participant_behind, referrer_policy=WITH_FORM)
def own_page(request, participant, slug):
    """With what became of the questions that the person has asked."""
    registration = registration_for(participant, slug)
    if registration is None:
        return wrong_link(request)
    template, back = "registrations/ask_speakers.html", ("registrations:ask_speakers", participant.key, slug)
    if TAKE_BACK in request.POST:
        return _take_back(request, participant, back)
    return _answer(request, registration, template, back)


@require_http_methods(["GET", "HEAD", "POST"])
@personal(links.registration_to_join, referrer_policy=WITH_FORM)
def from_join_page(request, registration):
    """The key of the meeting, which stands in calendars, shows nothing of what was asked before."""
    if not registration.is_confirmed and not registration.is_waiting:
        return redirect("registrations:join", registration.join_key)
    back = ("registrations:join", registration.join_key)
    return _answer(request, registration, "registrations/ask_from_join.html", back)


def _answer(request, registration, template, back):
    page = AskPage(registration, moment.of(registration.session.season))
    sent = request.POST if request.method == "POST" else None
    form = SpeakerQuestionForm(sent, initial=unproven.typed(request))
    if sent is None or not form.is_valid():
        return _show(request, template, page, form, 422 if form.errors else 200)
    if not may_change(registration.participant):
        form.add_error(None, throttling.changes(seconds_to_wait()))
        return wait(_show(request, template, page, form, 429))
    try:
        _ask(registration, form, page.now)
    except asking.Refused as reason:
        form.add_error("text", speaker_questions.refusal(reason))
        return _show(request, template, page, form, 409)
    messages.success(request, _("Thank you. Your question is with the people who prepare the session."))
    return redirect(*back)


def _ask(registration, form, now):
    asking.ask(
        participant_id=registration.participant_id,
        session=registration.session,
        text=form.cleaned_data["text"],
        with_name=form.cleaned_data["with_name"],
        language=get_language(),
        now=now,
    )


def _take_back(request, participant, back):
    number = row_number(request.POST[TAKE_BACK])
    try:
        asking.take_back(participant_id=participant.pk, asked_id=number)
    except asking.PublishedAlready:
        messages.warning(request, _("Your question is published already, so that it cannot be taken back."))
    else:
        messages.success(request, _("Your question is taken back."))
    return redirect(*back)


def _show(request, template, page, form, status):
    context = {"page": page, "form": form, "participant": page.registration.participant}
    context["problems"] = problems_in(form, {NON_FIELD_ERRORS: "send"})
    return render(request, template, context, status=status)
