"""The page of sign-ups that look made up: staff say here that they are real, or go on to take their places away."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.base import in_geneva
from registrations.models import ClearedSuspect, SeatRemoval
from registrations.seat_removals import clearing, suspects
from registrations.seat_removals.removing import PEOPLE_AT_MOST
from sessions.clocks import moment
from sessions.clocks.dates import number
from sessions.staff.numbers import row_number
from sessions.staff.page import StaffPage

CLEAR, LIST_AGAIN = "clear", "list-again"


class SuspectsPage(StaffPage):
    """The forms carry the people whom they showed: nothing is said of who came meanwhile."""

    model = SeatRemoval
    template_name = "admin/registrations/seatremoval/suspects.html"
    title = gettext_lazy("Sign-ups that look made up")

    def has_permission(self):
        return self.request.user.has_perm("registrations.change_registration")

    def leads_to(self):
        return reverse("admin:registrations_seatremoval_suspects")

    def get(self, request):
        found = suspects.groups(now=moment.now())
        return self.show(
            groups=[_group(each) for each in found if not each.is_settled],
            settled=[_group(each) for each in found if each.is_settled],
        )

    def post(self, request):
        act, likeness = request.POST.get("act"), request.POST.get("likeness")
        if act not in (CLEAR, LIST_AGAIN) or likeness not in ClearedSuspect.Likeness.values:
            return self.leave(messages.WARNING, _("Choose what to do with these people. Nothing was done."))
        people = {"participant_ids": _numbers(request.POST.get("people", "")), "likeness": likeness}
        if act == CLEAR:
            words = _cleared(clearing.clear(**people, by=request.user, now=moment.now()))
        else:
            words = _listed(clearing.list_again(**people, by=request.user))
        nothing = _("Somebody has seen to these people meanwhile. Nothing was done.")
        return self.leave(messages.SUCCESS if words else messages.WARNING, words or nothing)


def notices(request):
    """For the start page."""
    if not request.user.has_perm("registrations.change_registration"):
        return []
    found = len(suspects.unsettled(now=moment.now()))
    text = ngettext("%(number)s group of sign-ups looks made up.", "%(number)s groups of sign-ups look made up.", found)
    page = reverse("admin:registrations_seatremoval_suspects")
    return [(text % {"number": number(found)}, page)] if found else []


def _group(group) -> dict:
    """Of a group that has grown, only the new people are proposed to lose their places."""
    chosen = [pk for person in group.unknown for pk in person.registration_ids][:PEOPLE_AT_MOST]
    has_grown = bool(group.unknown and group.last_cleared)
    return {
        "reason": _reason(group),
        "likeness": group.likeness.value,
        "has_grown": has_grown,
        "taking": _taking(len(chosen)) if has_grown else _("See what taking their places away does"),
        "cleared": _cleared_by(group),
        "people": [_person(each, group.likeness, has_grown) for each in group.people],
        "ids": ",".join(str(each.participant_id) for each in group.people),
        "chosen": chosen,
    }


def _taking(places) -> str:
    text = ngettext(
        "See what taking %(number)s new place away does", "See what taking %(number)s new places away does", places
    )
    return text % {"number": number(places)}


def _person(person, likeness, has_grown) -> dict:
    return {
        "who": person,
        "at": in_geneva(person.registered_at),
        "is_new": has_grown and likeness not in person.cleared,
    }


def _reason(group) -> str:
    words = {"number": number(len(group.people)), "what": group.what, "minutes": _minutes()}
    if group.likeness is suspects.Likeness.CLIENT:
        text = _("%(number)s people signed up from one place on the net, within %(minutes)s minutes of each other.")
    elif group.likeness is suspects.Likeness.ORGANISATION:
        text = _("%(number)s people of “%(what)s” signed up within %(minutes)s minutes of each other.")
    else:
        text = _("%(number)s people with addresses like %(what)s signed up within %(minutes)s minutes of each other.")
    return text % words


def _cleared_by(group) -> str:
    """Who said last that they are real, and of how many nobody has said so; empty of a group that nobody looked at."""
    mark, new = group.last_cleared, len(group.unknown)
    if mark is None:
        return ""
    words = {"name": mark.cleared_by or _("a command on the server"), "when": in_geneva(mark.cleared_at)}
    if not new:
        return _("%(name)s said on %(when)s that these are real people.") % words
    text = ngettext(
        "%(number)s of them is new since %(name)s said on %(when)s that the others are real people.",
        "%(number)s of them are new since %(name)s said on %(when)s that the others are real people.",
        new,
    )
    return text % (words | {"number": number(new)})


def _cleared(people) -> str:
    text = ngettext(
        "%(number)s person is marked as real. “Groups of real people” below takes it back.",
        "%(number)s people are marked as real. “Groups of real people” below takes it back.",
        people,
    )
    return text % {"number": number(people)} if people else ""


def _listed(people) -> str:
    text = ngettext("%(number)s person is listed again.", "%(number)s people are listed again.", people)
    return text % {"number": number(people)} if people else ""


def _numbers(text) -> list[int]:
    return sorted({pk for part in text.split(",") if (pk := row_number(part)) is not None})


def _minutes() -> str:
    return number(int(suspects.SPAN.total_seconds() // 60))
