"""A person's own page: what they are registered for, their details, their calendar."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from registrations import links
from registrations.calendar import itip
from registrations.circulars import on_pages
from registrations.enrolment import enrolment, own_details, personal_links, refusals
from registrations.forms.person import DetailsForm
from registrations.presenters import throttling
from registrations.presenters.my_season import my_season
from registrations.presenters.own_season import offers_to, questions_in, read_again, registrations_of, season_of
from registrations.presenters.problems import problems_in
from registrations.presenters.refusal_words import of_own_page
from registrations.presenters.shown_slots import ShownSlots
from registrations.presenters.slot_choices import chosen_among
from registrations.views.support import reading_language, unproven
from registrations.views.support.access import WITH_FORM, personal, wrong_link
from registrations.views.support.answers import back_to_entry, back_to_my_season
from registrations.views.support.throttling import may_change, seconds_to_wait, wait
from sessions import marked
from sessions.clocks import moment

GONE = gettext_lazy("This time slot filled up, closed or was taken out while you looked at it. Nothing was changed.")


@require_safe
@personal(links.participant_behind, referrer_policy=WITH_FORM)
def overview(request, participant):
    answer = _season_page(request, participant)
    if request.method == "GET":
        personal_links.note_opening(participant=participant, now=moment.of(participant.season))
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@personal(links.participant_behind, referrer_policy=WITH_FORM)
def add(request, participant):
    """One button for one time slot; who the person is, their key says."""
    if unproven.typed(request):
        return _season_page(request, participant)
    if request.method != "POST":
        return redirect("registrations:my_season", participant.key)
    if participant.confirmed_at is None:
        return redirect("registrations:take_part", participant.key)
    if not may_change(participant):
        error = throttling.changes(seconds_to_wait())
        return wait(_season_page(request, participant, error=error, status=429))
    return _add(request, participant)


@require_http_methods(["GET", "HEAD", "POST"])
@personal(links.participant_behind, referrer_policy=WITH_FORM)
def details(request, participant):
    sent = request.POST if request.method == "POST" else None
    form = DetailsForm(sent, participant=participant, now=moment.of(participant.season), typed=unproven.typed(request))
    if form.is_valid() and not may_change(participant):
        form.add_error(None, throttling.changes(seconds_to_wait()))
        return wait(_details_page(request, participant, form, 429))
    if form.is_valid() and _corrected(participant, form):
        participant.language = form.cleaned_data["language"]
        reading_language.speak(request, participant)
        return back_to_my_season(request, participant, *_corrected_words(participant, form.cleaned_data["timezone"]))
    return _details_page(request, participant, form, 422 if form.errors else 200)


@require_safe
@personal(links.participant_behind)
def calendar(request, participant):
    registrations = _with_entries(participant.registrations.confirmed().order_by("occurrence__starts_at", "pk"))
    if not registrations:
        # A calendar without an entry is none (RFC 5545 3.6), and programs say so in words that nobody understands.
        return render(request, "registrations/no_calendar.html", {"participant": participant}, status=404)
    return _download(registrations, participant.season.slug)


@require_safe
@personal(links.participant_behind)
def session_calendar(request, participant, slug):
    of_session = _with_entries(
        participant.registrations.filter(session__slug=slug).order_by("-registered_at", "-pk")[:1]
    )
    has_entry = of_session and not of_session[0].is_waiting
    return _download(of_session, slug) if has_entry else wrong_link(request)


def _corrected_words(participant, zone) -> list[str]:
    """With the sessions that are at night in a new zone; the page that the person sees next offers the other slots."""
    corrected = _("Your details are corrected.")
    if zone == participant.timezone:
        return [corrected]
    participant.timezone, now = zone, moment.of(participant.season)
    nights = my_season(participant, registrations_of(participant, now), now).at_night
    return [corrected, _at_night_words(nights)] if nights else [corrected]


def _at_night_words(entries) -> str:
    one = _("“%(title)s” (%(hours)s)")
    sessions = [
        marked.sentence(one, title=marked.words(entry.session, "title"), hours=entry.time.reader.hours)
        for entry in entries
    ]
    return marked.sentence(_("At night for you now: %(sessions)s."), sessions=marked.listed(sessions))


def _season_page(request, participant, *, error="", status=200):
    now = moment.of(participant.season)
    registrations, offered = season_of(participant, now)
    questions = questions_in(participant.season)
    circulars = on_pages.of_person(participant, registrations, now=now)
    page = my_season(participant, registrations, now, offers=offered, questions=questions, circulars=circulars)
    context = {"page": page, "participant": participant, "error": error}
    return render(request, "registrations/my_season.html", context, status=status)


def _add(request, participant):
    try:
        chosen, added = _added(request, participant)
    except refusals.Refused as refusal:
        read_again(participant.season)
        error = of_own_page(refusal) or GONE
        return _season_page(request, participant, error=error, status=409)
    title = marked.words(added.session, "title")
    if added.occurrence_id != chosen.pk:
        error = _("You have “%(title)s” already, in its other time slot. Nothing was changed.")
        return _season_page(request, participant, error=marked.sentence(error, title=title), status=409)
    words = _("You are on the waiting list for “%(title)s”.") if added.is_waiting else _("“%(title)s” is added.")
    done = marked.sentence(words, title=title)
    return back_to_entry(request, participant, added.session, done, _("A mail that says so is on its way."))


def _added(request, participant):
    """The slot chosen, and the registration that the person has now; raises refusals.Refused."""
    now = moment.of(participant.season)
    slots = [slot for offer in offers_to(participant, now) for slot in offer.slots]
    chosen = chosen_among(slots, request.POST.get("slot"))
    if chosen.slot is None:
        raise refusals.RegistrationClosed([])
    registration = enrolment.add_session(
        participant=participant,
        occurrence_id=chosen.slot.pk,
        now=now,
        waits=chosen.waits,
        has_moved=ShownSlots.read(request.POST.get("shown")).has_moved,
    )
    return chosen.slot, registration


def _details_page(request, participant, form, status):
    context = {"form": form, "problems": problems_in(form, {NON_FIELD_ERRORS: "send"}), "participant": participant}
    return render(request, "registrations/details.html", context, status=status)


def _with_entries(registrations) -> list:
    return list(registrations.select_related("participant", "occurrence__session__season", "session__season"))


def _download(registrations, name):
    response = HttpResponse(itip.publish(registrations), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _corrected(participant, form) -> bool:
    try:
        own_details.correct(participant=participant, details=form.details(), now=moment.of(participant.season))
    except own_details.NameTaken:
        form.add_error("name", _("Somebody with this name uses the same mailbox already. Please write another name."))
        return False
    return True
