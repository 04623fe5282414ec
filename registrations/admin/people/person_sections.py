"""What the page of a person shows below their details: registrations, mails, and what staff did."""

from django.urls import reverse
from django.utils.translation import gettext as _

from registrations.admin.attendance.wording import attended
from registrations.admin.audit import trail
from registrations.admin.audit import wording as audit_wording
from registrations.admin.base import in_geneva, slot_time
from registrations.admin.mail import wording
from registrations.admin.people import listing
from registrations.admin.people.telephone_form import time_and_places
from registrations.enrolment import enrolment
from registrations.mail import sending_again
from registrations.models import StaffAction
from registrations.seats import availability
from sessions.clocks import moment
from sessions.models import Occurrence

# Of somebody with more than these, the list of mails has the others.
MAILS, ACTIONS = 100, 100


def of(person, user) -> dict:
    """What of it the user may see."""
    may = {what: user.has_perm(f"registrations.{what}") for what in ("view_message", "view_staffaction")}
    return {
        "registrations": _registrations(person, user),
        "open_slots": _open_slots(person) if user.has_perm("registrations.add_registration") else [],
        "mails": _mails(person, user) if may["view_message"] else None,
        "actions": _actions(person) if may["view_staffaction"] else None,
    }


def _registrations(person, user) -> list[dict]:
    related = ["participant", "session", "occurrence__session__season", "removal"]
    found = list(person.registrations.select_related(*related).order_by("occurrence__starts_at", "pk"))
    listing.place(found)
    now, may_change = moment.of(person.season), user.has_perm("registrations.change_registration")
    return [
        {
            "pk": each.pk,
            "session": each.session,
            "slot": slot_time(each.occurrence),
            "state": listing.state(each),
            "registered": in_geneva(each.registered_at),
            "joined": in_geneva(each.joined_at) if each.joined_at else "",
            "attended": attended(each),
            "can_be_changed": may_change and not each.is_cancelled and not each.occurrence.is_over(now),
        }
        for each in found
    ]


def _open_slots(person) -> list[tuple[str, str, str]]:
    """Session, time and the page on which staff register the person, of slots of other sessions; none once erased."""
    if person.anonymised_at:
        return []
    now, theirs = moment.of(person.season), person.registrations.active().values("session")
    coming = Occurrence.objects.upcoming(now).filter(session__season=person.season_id).exclude(session__in=theirs)
    slots = coming.select_related("session__season").in_order()
    return [
        (slot.session.title, _time_and_state(slot, now), _telephone_page(slot, person))
        for slot in slots
        if enrolment.is_open(slot, now, is_late=True)
    ]


def _time_and_state(slot, now) -> str:
    said = time_and_places(slot)
    is_within_dates = availability.is_within_dates(slot.session, now)
    return said if is_within_dates else _("%(slot)s; registration is closed") % {"slot": said}


def _telephone_page(slot, person) -> str:
    return f"{reverse('admin:registrations_occurrence_telephone', args=[slot.pk])}?person={person.pk}"


def _mails(person, user) -> list[dict]:
    found = person.messages.defer("octets").select_related("settled_by").order_by("-queued_at", "-pk")[:MAILS]
    may_send = user.has_perm("registrations.change_message") and not person.anonymised_at
    return [
        {
            "page": wording.page_of(mail),
            "subject": wording.subject(mail),
            "state": wording.state(mail),
            "when": in_geneva(mail.sent_at or mail.queued_at),
            "words": _server_words(mail),
            "again": _again_page(mail) if may_send and not sending_again.refusal(mail) else "",
        }
        for mail in found
    ]


def _server_words(mail) -> str:
    if not mail.came_back_at:
        return mail.last_error
    came_back = _("came back %(moment)s") % {"moment": in_geneva(mail.came_back_at)}
    return f"{came_back}: {mail.last_error}" if mail.last_error else came_back


def _again_page(mail) -> str:
    return reverse("admin:registrations_message_send_again", args=[mail.pk])


def _actions(person) -> list[dict]:
    return [
        {
            "when": in_geneva(each.made_at),
            "page": reverse("admin:registrations_staffaction_change", args=[each.pk]),
            "who": each.by_name or _("a command on the server"),
            "what": audit_wording.action_of(each),
            "about": each.about,
            "changes": audit_wording.in_short(each),
            "why": each.why,
        }
        for each in StaffAction.objects.filter(trail.of(person)).order_by("-made_at", "-pk")[:ACTIONS]
    ]
