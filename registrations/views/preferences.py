"""Which mails somebody wants: the page of their choice, and the one click that ends a kind of mail."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from registrations import links
from registrations.enrolment import preferences
from registrations.forms.preferences import PreferencesForm, RemindersForm
from registrations.next_season import subscription
from registrations.people.preferences import MAIL_PREFERENCES
from registrations.presenters.preferences import PreferencesPage, RemindersPage, StopPage, words_after
from registrations.presenters.problems import problems_in
from registrations.views.support import unproven
from registrations.views.support.access import WITH_FORM, personal, wrong_link
from registrations.views.support.answers import back_to_my_season
from sessions.clocks import moment

ANCHORS = {"calendar_entries": "calendar-entries", "reminders": "reminders"}


@require_http_methods(["GET", "HEAD", "POST"])
@personal(links.participant_behind, referrer_policy=WITH_FORM)
def choose(request, participant):
    now = moment.of(participant.season)
    sent = request.POST if request.method == "POST" else None
    asked, typed = subscription.is_asked_for(participant.mailbox), unproven.typed(request)
    form = PreferencesForm(sent, participant=participant, wants_next_season=asked, typed=typed)
    followed = preferences.followed_entries(participant, now).count()
    if form.is_valid():
        posted = preferences.choose(participant=participant, preferences=form.preferences(), now=now)
        wanted = form.cleaned_data["wants_next_season"]
        # The list is of real people: nobody comes on it, or off, by trying a rehearsal.
        if not participant.season.is_rehearsal:
            subscription.choose(participant=participant, is_wanted=wanted, now=moment.now())
        return back_to_my_season(request, participant, *words_after(form.preferences(), posted, followed))
    page = PreferencesPage(participant, followed, form, hears_of_next=asked)
    context = {"page": page, "form": form, "participant": participant}
    context["problems"] = problems_in(form, ANCHORS)
    return render(request, "registrations/preferences.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@personal(links.participant_behind, referrer_policy=WITH_FORM)
def recordings(request, participant):
    """For who would have to get up at night: one button, which asks for the recordings of their sessions."""
    if request.method == "POST":
        preferences.want(participant=participant, what="announcements")
        words = _("We send you a mail when the recording of one of your sessions is published.")
        return back_to_my_season(request, participant, words)
    return render(request, "registrations/recordings.html", {"participant": participant})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@personal(links.participant_who_may_stop)
def stop(request, participant, what):
    """RFC 8058: a mail program sends the POST, without cookies and with a body that is of no account."""
    if what not in MAIL_PREFERENCES:
        return wrong_link(request)
    if request.method == "POST":
        preferences.stop(participant=participant, what=what)
    return render(request, "registrations/stop.html", {"page": _stop_page(request, participant, what)})


def _stop_page(request, participant, what) -> StopPage:
    is_done = request.method == "POST"
    offers_again = is_done and what == "reminders" and participant.season.reminders_before
    form = RemindersForm(participant=participant, initial={"reminders": []}) if offers_again else None
    return StopPage(participant.season, what, is_done, form)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@personal(links.participant_who_may_stop)
def reminders(request, participant):
    """After one click has stopped all reminders: which of them the person wants.

    Exempt, as `stop`, whose page has this form too: neither sets a cookie, so that the click of a mail program leaves
    none, nor needs the policy by which the browser would say that the form is ours. The key is what no other site
    can know.
    """
    sent = request.POST if request.method == "POST" else None
    form = RemindersForm(sent, participant=participant)
    if form.is_valid():
        preferences.choose_reminders(participant=participant, wanted=form.cleaned_data["reminders"])
    page = RemindersPage(form, is_done=form.is_valid())
    context = {"page": page, "form": form, "problems": problems_in(form, ANCHORS)}
    return render(request, "registrations/reminders.html", context, status=422 if form.errors else 200)
