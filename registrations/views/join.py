"""The personal way into a meeting: a waiting room, and the one page that has the meeting's address."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from registrations import links
from registrations.enrolment import joining
from registrations.forms.speaker_question import SpeakerQuestionForm
from registrations.presenters.waiting_room import WaitingRoom
from registrations.views.support.access import WITH_FORM, WITHOUT_FORM, personal
from sessions.clocks import moment

# The button of those whom neither browser nor program lets in.
BY_PHONE = "by_phone"


@require_http_methods(["GET", "HEAD", "POST"])
@personal(links.registration_to_join, referrer_policy=WITH_FORM)
def join(request, registration):
    now = moment.of(registration.session.season)
    if request.method == "POST":
        return _enter(request, registration, now)
    return _wait(request, WaitingRoom(registration, now))


def _enter(request, registration, now):
    """The answer is a page, not a redirect: the CSP's form-action 'self' forbids forms that end at another host."""
    again = redirect("registrations:join", registration.join_key)
    try:
        meeting_url = joining.join(registration=registration, now=now)
    except joining.MeetingClosed:
        return again
    phone = registration.occurrence.meeting_phone
    by_phone = bool(phone) and BY_PHONE in request.POST
    if not (meeting_url or by_phone):
        return again
    context = {
        "session": registration.session,
        "join_key": registration.join_key,
        "meeting_url": meeting_url,
        "phone": phone,
    }
    response = render(request, f"registrations/{'call' if by_phone else 'enter'}_meeting.html", context)
    response["Referrer-Policy"] = WITHOUT_FORM
    return response


def _wait(request, room):
    is_still = "still" in request.GET
    context = {"room": room, "is_still": is_still, "form": SpeakerQuestionForm()}
    response = render(request, "registrations/join.html", context)
    if room.refresh_seconds and not is_still:
        # As a header, with a link on the page that turns it off: WCAG 2.2.1 asks for the way out, and checkers take a
        # meta element of the same effect for a page without one (F41).
        response["Refresh"] = f"{room.refresh_seconds}; url={room.address}"
    return response
