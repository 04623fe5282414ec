"""The list of people of a season, session or time slot: whose it is, and each one's place on the waiting list."""

from django.contrib.admin.views.main import ChangeList
from django.utils.html import format_html
from django.utils.translation import gettext as _

from registrations.admin.base import slot_time
from registrations.models import Mailbox, Participant, Registration
from registrations.seats import availability
from sessions.models import Occurrence, Season, Session
from sessions.staff.numbers import row_number

WHOSE = ("slot", "session", "season")
# Django's `get_status_display` reads all choices for each row: half of the time of an export.
STATES, GROUPS = dict(Registration.Status.choices), dict(Participant.Stakeholder.choices)


class PeopleList(ChangeList):
    def get_results(self, request):
        """With `place` for who waits, and troubles of mailboxes; of the rows of this page alone, a query each."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        place(self.result_list)
        note_mailboxes([each.participant for each in self.result_list])


class ParticipantList(ChangeList):
    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        note_mailboxes(self.result_list)


def note_mailboxes(people):
    """Give each `mailbox_trouble`: what mail servers said, for who shares a mailbox that sends mails back."""
    in_trouble = Mailbox.objects.in_trouble().filter(address__in={person.mailbox for person in people})
    states = {mailbox.address: mailbox.get_state_display() for mailbox in in_trouble}
    for person in people:
        person.mailbox_trouble = states.get(person.mailbox, "")


def address(person):
    """For lists: with what is wrong with the mailbox below it."""
    trouble = person.mailbox_trouble
    return format_html('{}<br><span class="quiet">{}</span>', person.email, trouble) if trouble else person.email


def place(registrations):
    """Give each `place`: on the list of its slot, 1 for the next to get a seat; None for who does not wait."""
    places = places_of([each for each in registrations if each.is_waiting])
    for registration in registrations:
        registration.place = places.get(registration.pk)


def places_of(waiting) -> dict[int, int]:
    if not waiting:
        return {}
    found = availability.with_position(Registration.objects.filter(pk__in=[each.pk for each in waiting]))
    return dict(found.values_list("pk", "position"))


def whose(chosen) -> tuple:
    """Ids of the slot, session and season that the filters of the address (a QueryDict) name; None for the others."""
    return tuple(row_number(chosen.get(name)) for name in WHOSE)


def title(chosen) -> str:
    """Whose people they are, by the filters of the address (a QueryDict)."""
    slot, session, season = whose(chosen)
    if slot and (found := Occurrence.objects.select_related("session__season").filter(pk=slot).first()):
        return _("People of %(session)s, %(time)s") % {"session": found.session.title, "time": slot_time(found)}
    if session and (found := Session.objects.filter(pk=session).first()):
        return _("People of %(session)s") % {"session": found.title}
    if season and (found := Season.objects.filter(pk=season).first()):
        return _("People of %(season)s") % {"season": found.title}
    return _("People of all seasons")


def state(registration) -> str:
    """Confirmed, cancelled, or on the waiting list and where."""
    if place := getattr(registration, "place", None):
        return _("on the waiting list, place %(place)s") % {"place": place}
    return str(STATES[registration.status])


def group(participant) -> str:
    """The stakeholder group in words; empty for somebody without one."""
    return str(GROUPS.get(participant.stakeholder, ""))
