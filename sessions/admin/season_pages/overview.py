"""The page of a season: its sessions with their time slots, how full these are, and what is still to do for each."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.seats import availability
from sessions.admin import wording
from sessions.admin.after_sessions import with_what_is_known
from sessions.admin.programme_page import FROM_PROGRAMME, ProgrammePage
from sessions.admin.publishing.pages import state_with_button
from sessions.admin.season_pages import links
from sessions.clocks import moment
from sessions.models import Occurrence, Season


@dataclass(frozen=True)
class SlotCell:
    """`capacity` is None without a limit."""

    times: str
    state: str
    seats: str
    taken: int
    capacity: int | None
    waiting: int


@dataclass(frozen=True)
class Check:
    """Something to do for a session, with the place in its form; `is_done` is None where it is too early for it."""

    label: str
    is_done: bool | None
    address: str


@dataclass(frozen=True)
class Row:
    pk: int
    title: str
    address: str
    state: str
    slots: list[SlotCell]
    checks: list[Check]


class OverviewPage(ProgrammePage):
    """For everybody who may see seasons; its buttons for those who may press them."""

    model = Season
    http_method_names = ["get", "head"]
    template_name = "admin/online_sessions/season/overview.html"
    title = gettext_lazy("Programme of the season")

    def has_permission(self):
        return self.model_admin.has_view_permission(self.request, self.row)

    def get(self, request, pk):
        may_change = self.model_admin.has_change_permission(request, self.row)
        return self.show(
            rows=rows(self.row, now=moment.of(self.row)),
            pages=links.of_season(self.row, request.user),
            may_change=may_change,
            may_add=self.model_admin.has_add_permission(request),
            may_open=may_change and request.user.has_perm("online_sessions.change_session"),
            may_add_session=request.user.has_perm("online_sessions.add_session"),
            visible=state_with_button(self.row, query=FROM_PROGRAMME) if may_change else None,
        )


def rows(season, *, now) -> list[Row]:
    slots = Prefetch("occurrences", Occurrence.objects.in_order(), to_attr="slots")
    found = with_what_is_known(season.sessions.annotate(speaker_count=Count("speakers")))
    sessions = list(found.prefetch_related(slots).order_by("pk"))
    for session in sessions:
        session.season = season
        for slot in session.slots:
            slot.session = session
    in_order = sorted(
        sessions, key=lambda session: (not session.slots, *(slot.starts_at for slot in session.slots[:1]))
    )
    return [_row(session, now) for session in in_order]


def _row(session, now) -> Row:
    return Row(
        pk=session.pk,
        title=session.title,
        address=_form(session),
        state=wording.session_state(session, session.slots, now),
        slots=[_cell(slot, now) for slot in session.slots],
        checks=_checks(session, now),
    )


def _cell(slot, now) -> SlotCell:
    return SlotCell(
        times=wording.hours(slot),
        state=wording.slot_state(slot, now),
        seats=wording.seats_of(slot),
        taken=min(slot.taken, slot.capacity or 0),
        capacity=slot.capacity,
        waiting=slot.waiting,
    )


def _checks(session, now) -> list[Check]:
    held = [slot for slot in session.slots if not slot.is_called_off]
    coming = [slot for slot in held if not slot.is_over(now)]
    is_over = bool(held) and not coming
    has_address = not any(slot.stretches_without_address(now) for slot in coming)
    # In a draft nobody can sign up: it is for the page that publishes it to say what opens then.
    is_public = session.season.is_published or session.is_by_invitation
    found = [
        (_("Text"), bool(session.summary.strip()), "texts"),
        (_("Speakers"), session.speaker_count > 0, "speakers"),
        (_("Meeting address"), has_address if coming else None, "slots"),
        (_("Registration open"), _is_open(session, coming, now) if coming and is_public else None, "people"),
        (_("Recording"), session.has_recording if is_over else None, "materials"),
        (_("Attendance"), session.is_counted if is_over else None, "after"),
    ]
    return [Check(label, is_done, f"{_form(session)}#{place}") for label, is_done, place in found]


def _is_open(session, coming, now) -> bool:
    """Also for those who are invited, where it is by invitation."""
    if session.is_by_invitation:
        return any(availability.takes_invited(slot, now) for slot in coming)
    return any(availability.takes_registrations(slot, now) for slot in coming)


def _form(session) -> str:
    return reverse("admin:online_sessions_session_change", args=[session.pk])
