"""A question to the speakers on the page after a sign-up, from the browser that has just sent the form."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registrations.forms.speaker_question import QuestionAfterSignUpForm
from registrations.limits import rates
from registrations.models import Participant
from registrations.people import validators
from registrations.people.identity import fold_address, fold_name
from registrations.presenters import speaker_questions
from registrations.presenters.check_your_mail import CheckYourMailPage
from registrations.speaker_questions import asking
from registrations.views.sign_up import Page
from registrations.views.support import check_your_mail_page, typed_form, unproven
from sessions.clocks import moment
from sessions.public import snapshot


@unproven.needs_no_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, season):
    """It has the same answer whoever is known: the form before proved nobody."""
    programme, typed = snapshot.of(season), typed_form.recent(request, Page.name)
    page = CheckYourMailPage(programme, typed) if typed else None
    again = unproven.typed(request)
    if page is None or (request.method != "POST" and again is None):
        return redirect("sign_up:check_your_mail", season)
    sent = again or request.POST
    sessions = page.sessions_of_form(sent.get("session", ""))
    if not sessions:
        return redirect("sign_up:check_your_mail", season)
    form = QuestionAfterSignUpForm(sent, sessions=sessions)
    if again is not None or not form.is_valid():
        return check_your_mail_page.of(request, page, form, status=200 if again is not None else 422)
    if not rates.take(rates.QUESTIONS_OF_A_CLIENT, rates.client_of(request)):
        form.add_error("text", _("Too many questions came from your network. Please try again in an hour."))
        return check_your_mail_page.of(request, page, form, status=429)
    if refusal := _refusal(page, form):
        form.add_error("text", refusal)
        return check_your_mail_page.of(request, page, form, status=409)
    thanks = _("Thank you. Your question goes with your registration. You find it on “My season”.")
    messages.success(request, thanks)
    return redirect("sign_up:check_your_mail", season)


def _refusal(page, form) -> str:
    """Only what everybody may know."""
    person = _person(page)
    session = next(each for each in page.programme.sessions if each.pk == form.session_id())
    try:
        asking.ask(
            participant_id=person and person.pk,
            session=session,
            text=form.cleaned_data["text"],
            language=get_language(),
            now=moment.of(page.programme.season),
            with_sign_up=True,
        )
    except tuple(asking.CLOSED.values()) as reason:
        return speaker_questions.refusal(reason)
    except asking.Refused:
        return ""
    return ""


def _person(page) -> Participant | None:
    name = validators.tidy_name(page.typed.fields.get("name", [""])[0])
    known = {"mailbox": fold_address(page.email), "name_key": fold_name(name), "anonymised_at": None}
    return Participant.objects.filter(season=page.programme.season, **known).first()
