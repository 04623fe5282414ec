"""The page on which staff move the clock of a rehearsal forward: what would happen on the way, then it happens."""

from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.mail import kinds
from registrations.models import ClockMove, Message
from registrations.presenters.staff import timetable
from registrations.rehearsals import moving
from sessions.admin import wording
from sessions.admin.programme_page import ProgrammePage
from sessions.admin.season_pages.timetable import by_day
from sessions.clocks import dates, moment, wall_clock
from sessions.clocks.dates import number
from sessions.models import Occurrence, Season, Session

REAL = gettext_lazy("Only the clock of a rehearsal can be moved. This season is a real one.")
MOVED_MEANWHILE = gettext_lazy(
    "The clock is not where this page showed it any more: somebody has moved it, or it is being moved. Nothing was "
    "changed. Look once more."
)
PASSED = gettext_lazy("This moment has passed in the rehearsal: its clock goes forward only. Choose a later one.")
MOVES_SHOWN = 8
RELOAD_SECONDS = 5
MICROSECOND = timedelta(microseconds=1)


class ToForm(forms.Form):
    """A wall time of the season; `seen` is how far ahead its clock was shown, in microseconds."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    hour = forms.TimeField(label=gettext_lazy("Time"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**53)

    def __init__(self, *args, season, now, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.season, self.now = season, now

    def clean(self):
        day, hour = self.cleaned_data.get("day"), self.cleaned_data.get("hour")
        if not day or not hour:
            return self.cleaned_data
        if day.year not in wall_clock.YEARS:
            return self.add_error("day", _("Choose a day between 1990 and 2100."))
        self.to = wall_clock.wall_time(datetime.combine(day, hour), self.season.timezone)
        furthest = moving.furthest(self.season)
        if self.to is None:
            self.add_error("hour", _("This hour does not exist on that day: clocks go forward then."))
        elif self.to <= self.now:
            self.add_error("day", PASSED)
        elif self.to > furthest:
            last = dates.full_day(furthest.astimezone(self.season.zone).date())
            self.add_error("day", _("Nothing happens so late any more. The last day is %(day)s.") % {"day": last})
        return self.cleaned_data

    @property
    def seen_ahead(self) -> timedelta:
        return self.cleaned_data["seen"] * MICROSECOND


class ClockPage(ProgrammePage):
    model = Season
    template_name = "admin/online_sessions/season/clock.html"
    title = gettext_lazy("Clock of the rehearsal")

    def refusal(self):
        return "" if self.row.is_rehearsal else REAL

    @cached_property
    def now(self):
        return moment.of(self.row)

    @cached_property
    def events(self):
        names_letters = self.request.user.has_perm("registrations.view_circular")
        return timetable.of_season(self.row, now=self.now, names_letters=names_letters)

    def get(self, request, pk):
        form = self._form(self.unsent or None)
        was_shown = "confirm" in self.unsent and form.is_valid()
        return self._show(form, was_shown)

    def post(self, request, pk):
        form = self._form(self._typed(request.POST))
        if not form.is_valid():
            return self._show(form)
        if form.seen_ahead != self.row.clock_ahead:
            messages.warning(request, MOVED_MEANWHILE)
            return self._show(self._form(None))
        return self._move(form) if "confirm" in request.POST else self._show(form, is_preview=True)

    def leads_to(self):
        if not self.row.is_rehearsal:
            return super().leads_to()
        return reverse("admin:online_sessions_season_clock", args=[self.row.pk])

    def _move(self, form):
        try:
            moving.begin(season_id=self.row.pk, to=form.to, seen=form.seen_ahead, by=self.request.user)
        except moving.MovedMeanwhile:
            return self.leave(messages.WARNING, MOVED_MEANWHILE)
        except (moving.NotForward, moving.TooFar):
            return self.leave(messages.WARNING, PASSED)
        except moving.NotARehearsal:
            return self.leave(messages.WARNING, REAL)
        return self.report(_("The clock moves to %(moment)s.") % {"moment": wording.moment(form.to, self.row)})

    def _form(self, typed):
        initial = {"seen": self.row.clock_ahead // MICROSECOND}
        return ToForm(typed, season=self.row, now=self.now, initial=initial)

    @cached_property
    def next_stop(self):
        return next((event for event in self.events if event.is_stop), None)

    @cached_property
    def session_day(self):
        """The next day on which a meeting ends; None where none is left."""
        ends = next((event.at for event in self.events if event.ends_meeting), None)
        return ends and ends.astimezone(self.zone).date()

    def _typed(self, sent) -> dict:
        """What was typed, or the moment of the button; one that has none any more leaves the form as it is."""
        if "next" in sent and self.next_stop:
            return self._to(self.next_stop.at, sent)
        if "session_day" in sent and self.session_day:
            return self._to(wall_clock.day_limits(self.session_day, self.row.timezone)[1], sent)
        return sent

    def _to(self, at, sent) -> dict:
        """The whole minute at which that has happened."""
        local = (at + (-(at - datetime.min.replace(tzinfo=at.tzinfo)) % timedelta(minutes=1))).astimezone(self.row.zone)
        return {"day": local.date().isoformat(), "hour": f"{local:%H:%M}", "seen": sent.get("seen", "")}

    def _show(self, form, is_preview=False):
        under_way = moving.under_way(self.row)
        return self.show(
            form=form,
            own_time=wording.moment(self.now, self.row),
            true_time=wording.moment(moment.now(), self.row),
            is_ahead=bool(self.row.clock_ahead),
            next_event=self._next_event(),
            session_day=dates.full_day(self.session_day) if self.session_day else "",
            drafts=self._drafts(),
            to=wording.moment(form.to, self.row) if is_preview else "",
            days=by_day([event for event in self.events if event.at <= form.to], self.zone) if is_preview else [],
            in_all=self._in_all(form.to) if is_preview else [],
            under_way=under_way,
            reached=wording.moment(under_way.reached_at, self.row) if under_way else "",
            # Who is slow to read can have the page stay as it is.
            reload_after=RELOAD_SECONDS if under_way and "still" not in self.request.GET else 0,
            moves=[self._move_in_words(each) for each in self._moves()],
            may_read=may_read_box(self.request.user),
        )

    def _next_event(self) -> str:
        event = self.next_stop
        if event is None:
            return ""
        about = f" “{event.about}”" if event.about else ""
        return f"{event.words}{about}, {wording.moment(event.at, self.row)}"

    def _drafts(self) -> str:
        """Nothing happens in them, which somebody who tries a copy would wonder about."""
        coming = Occurrence.objects.filter(session__season=self.row, called_off_at=None, ends_at__gt=self.now)
        sessions = Session.objects.filter(pk__in=coming.values("session")).select_related("season")
        drafts = sum(timetable.is_draft(session) for session in sessions)
        if not drafts:
            return ""
        text = ngettext(
            "%(number)s session to come is a draft: nobody can register for it. Publish it to try it.",
            "%(number)s sessions to come are drafts: nobody can register for them. Publish them to try them.",
            drafts,
        )
        return text % {"number": number(drafts)}

    def _in_all(self, to) -> list[str]:
        reminded = sum(event.people or 0 for event in self.events if event.is_reminder and event.at <= to)
        waiting = Message.objects.filter(rehearsal=self.row, due_at__lte=to).unsent().count()
        said = []
        if reminded:
            text = ngettext("%(number)s reminder is due.", "%(number)s reminders are due.", reminded)
            said.append(text % {"number": number(reminded)})
        if waiting:
            text = ngettext("%(number)s mail waits already.", "%(number)s mails wait already.", waiting)
            said.append(text % {"number": number(waiting)})
        return said or [_("No mail is due until then, as things are now.")]

    def _moves(self):
        return ClockMove.objects.filter(season=self.row).select_related("asked_by").order_by("-pk")[:MOVES_SHOWN]

    def _move_in_words(self, move) -> dict:
        put = Message.objects.filter(rehearsal=self.row, sent_at__gt=move.begins_at).sent()
        if move.ended_at:
            put = put.filter(sent_at__lte=move.ends_at + timedelta(minutes=1))
        counted = put.order_by().values_list("kind").annotate(mails=Count("pk")).order_by("-mails")
        return {
            "begins": wording.moment(move.begins_at, self.row),
            "ends": wording.moment(move.ends_at, self.row),
            "reached": "" if move.ended_at else wording.moment(move.reached_at, self.row),
            "by": move.asked_by or "",
            "asked": dates.in_geneva(move.asked_at),
            "mails": [(kinds.MAIL_KINDS.get(kind, kinds.UNKNOWN).for_staff, mails) for kind, mails in counted],
        }


def may_read_box(user) -> bool:
    return user.has_perm("registrations.view_message") and user.has_perm("registrations.view_participant")
