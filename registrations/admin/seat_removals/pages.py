"""The page of places that were taken away: who lost them, and what can be undone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.base import in_geneva
from registrations.admin.people.chosen import FEW, rows
from registrations.admin.seat_removals.take_page import page_of
from registrations.forms.number import NumberForm
from registrations.models import SeatRemoval
from registrations.seat_removals import returning
from sessions.clocks.dates import number
from sessions.seasons import season_clocks
from sessions.staff.page import StaffPage

UNDONE = gettext_lazy("These places were given back already.")


class RemovalPage(StaffPage):
    model, related = SeatRemoval, ["made_by"]
    template_name = "admin/registrations/seatremoval/page.html"
    title = gettext_lazy("Places taken away")

    def has_permission(self):
        return self.model_admin.has_view_permission(self.request)

    def leads_to(self):
        return page_of(self.row)

    @property
    def now(self):
        """All its people are in seasons of one time (TakeAwayPage)."""
        return season_clocks.of_row(self.row.registrations.all(), "session__season")

    def get(self, request, pk):
        return self._show()

    def _show(self, confirm=None):
        can_be_undone = self._may_act() and not self.row.undone_at
        return self.show(
            **(self._return(confirm) if can_be_undone else {}),
            removal=self.row,
            reason=self.row.get_reason_display(),
            made=in_geneva(self.row.made_at),
            undone=in_geneva(self.row.undone_at),
            people=rows(self._people()),
            is_barring=self.row.registrations.barring().exists(),
            may_act=self._may_act(),
            can_be_undone=can_be_undone,
        )

    def _return(self, confirm) -> dict:
        """What giving back would do now, and the form that asks for the number of places."""
        outlook = returning.outlook(self.row, now=self.now)
        return {"returns": _returns(outlook), "confirm": confirm or _confirm_form(outlook, typed=self.number_unsent)}

    def post(self, request, pk):
        if not self._may_act():
            raise PermissionDenied
        if "allow" in request.POST:
            returning.allow(removal_id=pk, by=request.user)
            return self.leave(messages.SUCCESS, _("These people may register again."))
        if not self.row.undone_at:
            confirm = _confirm_form(returning.outlook(self.row, now=self.now), request.POST)
            if not confirm.is_valid():
                return self._show(confirm)
        try:
            returned = returning.give_back(removal_id=pk, by=request.user, now=self.now)
        except returning.GivenBackAlready:
            return self.leave(messages.WARNING, UNDONE)
        return self.leave(messages.SUCCESS, *_words(returned))

    def _may_act(self) -> bool:
        return self.request.user.has_perm("registrations.change_registration")

    def _people(self):
        people = self.row.registrations.select_related("participant", "occurrence__session__season")
        return people.order_by("occurrence__starts_at", "participant__name_key", "pk")


def _confirm_form(outlook, data=None, *, typed=""):
    label = _("Type the number of places that you give back")
    return NumberForm(data, number=outlook.places, label=label, free=FEW, typed=typed)


def _returns(outlook) -> str:
    places = ngettext("%(number)s place is given back.", "%(number)s places are given back.", outlook.places)
    mails = ngettext(
        "%(number)s mail leaves when you press the button.",
        "%(number)s mails leave when you press the button.",
        len(outlook.told),
    )
    return f"{places % {'number': number(outlook.places)}} {mails % {'number': number(len(outlook.told))}}"


def _words(returned):
    seated = ngettext("%(number)s person has a place again.", "%(number)s people have places again.", returned.seated)
    yield seated % {"number": number(returned.seated)}
    if returned.waiting:
        text = ngettext(
            "%(number)s person is on the waiting list, because no place is free.",
            "%(number)s people are on waiting lists, because no places are free.",
            returned.waiting,
        )
        yield text % {"number": number(returned.waiting)}
    if returned.left:
        text = ngettext(
            "%(number)s person got nothing: the session is over or called off, they are in it again, or their details "
            "were erased.",
            "%(number)s people got nothing: their sessions are over or called off, they are in them again, or their "
            "details were erased.",
            returned.left,
        )
        yield text % {"number": number(returned.left)}
