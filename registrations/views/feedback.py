"""The page on which somebody says what they think of a session that is over; opening it changes nothing."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from registrations import links
from registrations.feedback import answering
from registrations.forms.feedback import FeedbackForm
from registrations.presenters import throttling
from registrations.presenters.feedback import FeedbackPage
from registrations.presenters.own_season import registration_for
from registrations.presenters.problems import problems_in
from registrations.views.support import unproven
from registrations.views.support.access import WITH_FORM, personal, wrong_link
from registrations.views.support.throttling import may_change, seconds_to_wait, wait
from sessions.clocks import moment


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@personal(links.participant_behind, referrer_policy=WITH_FORM)
def feedback(request, participant, slug):
    registration = registration_for(participant, slug)
    if registration is None:
        return wrong_link(request)
    if participant.confirmed_at is None:
        return redirect("registrations:take_part", participant.key)
    page = FeedbackPage(registration, moment.of(participant.season))
    if request.method == "POST":
        return _take(request, page)
    typed = unproven.typed(request)
    return _show(request, page, FeedbackForm(initial=typed.dict() if typed else None))


def _take(request, page):
    form = FeedbackForm(request.POST)
    if page.ticket:
        return _again(request)
    if not page.is_open:
        return _show(request, page, form, 409)
    if not form.is_valid():
        return _show(request, page, form, 422)
    if not may_change(page.registration.participant):
        form.add_error(None, throttling.changes(seconds_to_wait()))
        return wait(_show(request, page, form, 429))
    return _store(request, page, form)


def _store(request, page, form):
    person, session = page.registration.participant, page.session
    try:
        answering.answer(participant_id=person.pk, session_id=session.pk, given=form.given, now=page.now)
    except answering.NotAsked:
        return _show(request, FeedbackPage(registration_for(person, session.slug), page.now), form, 409)
    except answering.CannotBeStored:
        form.add_error(None, _("We cannot store answers at the moment. Please try again tomorrow."))
        return _show(request, page, form, 503)
    return _again(request)


def _again(request):
    """The page as it is for who has answered, also by a second press."""
    return redirect(request.path)


def _show(request, page, form, status=200):
    anchors = form.anchors | {NON_FIELD_ERRORS: "send"}
    # What came too late is not looked at, but given back.
    problems = problems_in(form, anchors) if page.is_open else []
    context = {"page": page, "participant": page.registration.participant, "form": form, "problems": problems}
    context["typed"] = request.POST.get("words", "") if not page.is_open else ""
    return render(request, "registrations/feedback.html", context, status=status)
