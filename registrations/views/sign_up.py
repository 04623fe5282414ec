"""Signing up for sessions of a season, without an account."""

from dataclasses import replace

from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_cookie

from registrations.enrolment import enrolment
from registrations.enrolment.applicant import ChosenSlots
from registrations.forms.sign_up import SignUpForm
from registrations.limits import clients, rates, sign_ups
from registrations.people import consent
from registrations.people.identity import fold_address
from registrations.presenters.check_your_mail import CheckYourMailPage
from registrations.presenters.sign_up import SignUpPage
from registrations.views.support import cached_form, check_your_mail_page, slot_links, typed_form, unproven
from registrations.views.support.season_forms import SeasonFormPage
from registrations.views.support.unproven import needs_no_cookie
from sessions.clocks import moment
from sessions.clocks.reader import reader_of
from sessions.public import response_cache, snapshot


class Page(SeasonFormPage):
    form_class, page_class = SignUpForm, SignUpPage
    name, template_name, done = "form", "registrations/sign_up.html", "sign_up:check_your_mail"
    button = gettext_lazy("Sign me up")
    asks_questions = True

    def register(self, form):
        applicant = form.applicant(consent.given(self.season))
        limited = sign_ups.one_sign_up(
            form=form.submission_key(),
            mailboxes={fold_address(form.cleaned_data["email"]): sign_ups.times(len(form.ticked))},
            client=rates.client_of(self.request),
        )
        with limited:
            enrolment.register(
                season=self.season,
                applicant=replace(applicant, client_digest=clients.digest(self.request)),
                chosen=ChosenSlots(form.occurrence_ids(), form.waits_for(), form.shown.has_moved),
                submission=form.submission_key(),
                now=self.now,
            )


@needs_no_cookie
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True)
def sign_up(request, season):
    page = Page(request, snapshot.of(season))
    if request.method == "POST":
        return page.answer()
    if typed := unproven.typed(request):
        return page.show_again(typed)
    return page.to_correct() or cached_form.answer(page, slot_links.asked_for(request.GET, page.offers))


@require_safe
@vary_on_cookie
def check_your_mail(request, season):
    """By what was typed, else the same for everybody: it must not tell who is registered."""
    programme = snapshot.of(season)
    if typed := typed_form.recent(request, Page.name):
        return check_your_mail_page.of(request, CheckYourMailPage(programme, typed))

    def show():
        return check_your_mail_page.show(request, programme)

    reader, now = reader_of(request, programme.season), moment.of(programme.season)
    return response_cache.page(request, programme, reader, now, show)
