"""Changing the time slot, cancelling, coming back: each page asks first, and only its button acts."""

from functools import wraps

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from registrations import links
from registrations.enrolment import enrolment, refusals
from registrations.presenters import throttling
from registrations.presenters.entries import Entry
from registrations.presenters.own_season import registration_for
from registrations.presenters.refusal_words import of_own_page
from registrations.presenters.shown_slots import ShownSlots
from registrations.presenters.slot_choices import chosen_among, slot_options
from registrations.presenters.ways_out import way_out_of_change
from registrations.seats import offers
from registrations.views.support import unproven
from registrations.views.support.access import WITH_FORM, personal, wrong_link
from registrations.views.support.answers import back_to_my_season
from registrations.views.support.throttling import may_change, seconds_to_wait, wait
from sessions import marked
from sessions.clocks import moment

A_MAIL = gettext_lazy("A mail that says so is on its way.")
NEW_ENTRY = gettext_lazy("A mail with a new calendar entry is on its way.")


def _entry_page(view):
    """The view gets the person's newest registration for the session in the address, as an Entry."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @personal(links.participant_behind, referrer_policy=WITH_FORM)
    @wraps(view)
    def answer(request, participant, slug):
        entry = _entry(participant, slug)
        return view(request, entry) if entry else wrong_link(request)

    return answer


@_entry_page
def cancel(request, entry):
    if request.method != "POST":
        return _ask(request, "cancel", entry)
    try:
        cancelled = enrolment.cancel(registration_id=entry.registration.pk, now=entry.now)
    except refusals.RegistrationClosed:
        return _done(request, entry, _("“%(title)s” is over. Nothing was changed."))
    if cancelled.waiting_since:
        return _done(request, entry, _("You left the waiting list for “%(title)s”."), A_MAIL)
    mail = _("A mail that takes it out of your calendar is on its way.") if entry.has_entry else A_MAIL
    return _done(request, entry, _("Your registration for “%(title)s” is cancelled."), mail)


@_entry_page
def change_slot(request, entry):
    return _slot_page(request, "change_slot", entry, offers.slots_to_change_to, _change)


@_entry_page
def come_back(request, entry):
    return _slot_page(request, "come_back", entry, offers.slots_to_come_back_to, _come_back)


def _slot_page(request, page, entry, find_slots, act):
    """Asks for one of the slots; `act` answers once it is chosen, unless it raises refusals.Refused."""
    slots = find_slots(entry.registration, entry.now)
    if request.method != "POST":
        return _ask(request, page, entry, slots)
    chosen = chosen_among(entry.session.slots, request.POST.get("slot"))
    if chosen.slot is None:
        return _ask(request, page, entry, slots, error=_("Please choose a time slot."), status=422)
    if not may_change(entry.participant):
        return _too_often(request, page, entry, slots)
    try:
        return act(request, entry, chosen)
    except refusals.Refused as refusal:
        return _refused(request, page, entry, find_slots, refusal)


def _change(request, entry, chosen):
    changed = enrolment.change_occurrence(
        registration_id=entry.registration.pk,
        occurrence_id=chosen.slot.pk,
        now=entry.now,
        waits=chosen.waits,
        has_moved=_shown(request).has_moved,
    )
    if entry.is_waiting:
        return _done_with(request, entry, changed, _("You have a place in “%(title)s” now."))
    mail = _("A mail that moves the entry in your calendar is on its way.") if entry.has_entry else A_MAIL
    return _done(request, entry, _("Your time slot for “%(title)s” is changed."), mail)


def _come_back(request, entry, chosen):
    again = enrolment.add_session(
        participant=entry.participant,
        occurrence_id=chosen.slot.pk,
        now=entry.now,
        waits=chosen.waits,
        has_moved=_shown(request).has_moved,
    )
    return _done_with(request, entry, again, _("You are registered for “%(title)s” again."))


def _shown(request) -> ShownSlots:
    return ShownSlots.read(request.POST.get("shown"))


def _entry(participant, slug) -> Entry | None:
    registration = registration_for(participant, slug)
    return Entry(registration, participant, moment.of(participant.season)) if registration else None


def _refused(request, page, entry, find_slots, refusal):
    """The page again, with the slots as they are after the refusal."""
    fresh = _entry(entry.participant, entry.session.slug)
    error = of_own_page(refusal) or _("This time slot filled up or closed while you looked at it. Nothing was changed.")
    return _ask(request, page, fresh, find_slots(fresh.registration, fresh.now), error=error, status=409)


def _too_often(request, page, entry, slots):
    return wait(_ask(request, page, entry, slots, error=throttling.changes(seconds_to_wait()), status=429))


def _ask(request, page, entry, slots=(), *, error="", status=200):
    waiting = offers.slots_to_wait_for(entry.registration, entry.now)
    typed = unproven.typed(request) or request.POST
    known = {"before": entry.registration.occurrence, "now": entry.now}
    sent = chosen_among([*slots, *waiting], typed.get("slot")).slot
    options = slot_options(slots, entry.participant.timezone, waiting, sent=sent, **known)
    shown = ShownSlots.of([*slots, *waiting], entry.participant.timezone)
    context = {"entry": entry, "participant": entry.participant, "slots": options, "shown": shown, "error": error}
    context["way"] = way_out_of_change(options, entry)
    return render(request, f"registrations/{page}.html", context, status=status)


def _done_with(request, entry, registration, words):
    """With a new seat, or a place on a list in spite of `words`."""
    if registration.is_waiting:
        return _done(request, entry, _("You are on the waiting list for “%(title)s”."), A_MAIL)
    return _done(request, entry, words, NEW_ENTRY if entry.gets_entry else A_MAIL)


def _done(request, entry, words, *mail):
    done = marked.sentence(words, title=marked.words(entry.session, "title"))
    return back_to_my_season(request, entry.participant, done, *mail)
