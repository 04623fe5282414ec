"""What uploaded reports say, whose times they are, and what would count: shown, decided, then done."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.admin.attendance import wording
from registrations.admin.attendance.forms import DECIDED_AT_ONCE, ReadingForm, TakeForm
from registrations.admin.attendance.slot_page import AttendancePage
from registrations.admin.base import slot_time
from registrations.attendance import importing, uploads
from registrations.attendance import preview as previews
from registrations.attendance.matching import Kind
from sessions.clocks import moment
from sessions.staff.numbers import row_number
from sessions.tables.encodings import ENCODINGS

LISTED = 100
ROWS_LISTED = 20
NO_FILES = gettext_lazy("You have no preview of this time slot. Choose the files here.")
CHANGED = gettext_lazy(
    "Something has changed since this page was shown: a registration, a report, or how a file is read. Nothing was "
    "done. Look once more."
)
READ_ALREADY = gettext_lazy("A colleague has added one of these files meanwhile, and it counts. Nothing was changed.")
UNDECIDED = (Kind.PROPOSED, Kind.UNKNOWN)


@dataclass(frozen=True)
class Group:
    """Some of the people of one kind, and how many more there are."""

    title: str
    number: int
    people: list
    more: int


class PreviewPage(AttendancePage):
    """Of what somebody has uploaded themselves. Only the last button lets anything count."""

    template_name = "admin/registrations/attendance/preview.html"
    title = gettext_lazy("Check the reports of a meeting")

    @cached_property
    def preview(self):
        return previews.of(self.slot, by=self.request.user)

    @cached_property
    def outcomes(self):
        """As long as nobody is chosen whose times are open."""
        return previews.outcomes(self.preview, {})

    def get(self, request, pk):
        if not self.preview.files:
            return self.leave(messages.INFO, NO_FILES)
        if "shown" in self.unsent:
            return self._show(take_form=self._take_form(self.unsent))
        return self._show(read_again=self.unsent)

    def post(self, request, pk):
        if "remove" in request.POST:
            chosen = filter(None, map(row_number, request.POST.getlist("remove")))
            uploads.discard(self.slot, by=request.user, pks=list(chosen))
            return HttpResponseRedirect(self.address("preview"))
        if not self.preview.files:
            return self.leave(messages.INFO, NO_FILES)
        if "read" in request.POST:
            return self._read_again()
        if "fit" in request.POST:
            return self._read_in_zone()
        return self._take()

    def _read_again(self):
        """One of the files, in another way."""
        for file in self.preview.files:
            if file.upload.pk == row_number(self.request.POST["read"]):
                form = ReadingForm(self.request.POST, file=file)
                if not form.is_valid():
                    return self._show(read_again=self.request.POST)
                uploads.read_again(upload=file.upload, **form.said)
        return HttpResponseRedirect(self.address("preview"))

    def _read_in_zone(self):
        """One of the files, in the zone in which it fits."""
        for file in self.preview.files:
            if file.fit and file.upload.pk == row_number(self.request.POST["fit"]):
                uploads.read_in_zone(upload=file.upload, zone=file.fit.zone)
        return HttpResponseRedirect(self.address("preview"))

    def _take(self):
        if not self.preview.can_count:
            return self._show()
        if self.request.POST.get("shown") != self.preview.fingerprint:
            messages.warning(self.request, CHANGED)
            return self._show()
        form = self._take_form(self.request.POST)
        if not form.is_valid():
            return self._show(take_form=form)
        found, now = previews.outcomes(self.preview, form.decisions)[form.how], moment.of(self.slot.session.season)
        try:
            previews.take(self.preview, how=form.how, decisions=form.decisions, by=self.request.user, now=now)
        except importing.ReadAlready:
            return self.leave(messages.WARNING, READ_ALREADY)
        except importing.ChangedMeanwhile:
            return self.leave(messages.WARNING, CHANGED)
        said = wording.was_read(found)
        return self.leave(messages.SUCCESS, said)

    def _take_form(self, data=None):
        choices = [(how, wording.choice(how, self.preview, self.outcomes)) for how in self.outcomes if how]
        return TakeForm(data, preview=self.preview, choices=choices)

    def _show(self, take_form=None, read_again=None):
        if self.preview.can_count:
            take_form = take_form or self._take_form()
        contradicting = self.preview.contradicted_by(previews.ADD)
        return self.show(
            files=[self._file(file, read_again) for file in self.preview.files],
            problems=self.preview.problems,
            refused=self.preview.refused if len(self.preview.refused) < len(self.preview.files) else [],
            differences=self.preview.differences if self.preview.can_count else [],
            contradicted=wording.contradicted(contradicting) if contradicting else "",
            groups=[self._group(kind) for kind in Kind if self.preview.of(kind)],
            now=wording.outcome(self.outcomes[""]) if self.preview.reports else "",
            then=wording.outcome(self.outcomes[previews.ADD]),
            form=take_form if self.preview.can_count else None,
            questions=_questions(take_form) if self.preview.can_count else [],
            undecided=len(previews.open_ones(self.preview)) - DECIDED_AT_ONCE,
        )

    def _file(self, file, typed):
        """A file, how it was read in words, and the form that reads it in another way."""
        prefix = f"file{file.upload.pk}-encoding"
        form = ReadingForm(typed if typed and prefix in typed else None, file=file)
        others = file.report.others if file.report else []
        return {
            "upload": file.upload,
            "problem": file.problem,
            "fit": wording.zone_fit(file, self.slot.starts_at) if file.fit else None,
            "fitting": [(each.session, slot_time(each), self.address(slot=each)) for each in file.fitting],
            "layout": wording.layout(file.report.layout) if file.report else "",
            "words": _how(file.report) if file.report else [],
            "encoding": ENCODINGS.get(file.reading.encoding, ""),
            "is_guess": file.reading.is_guess,
            "lines": file.lines,
            "form": form,
            "others": others[:ROWS_LISTED],
            "number_of_others": len(others),
        }

    def _group(self, kind) -> Group:
        people = self.preview.of(kind)
        shown = [] if kind in UNDECIDED else people[:LISTED]
        rows = [(each.name, each.email, wording.minutes(each.seconds // 60), self._is(each)) for each in shown]
        return Group(str(wording.GROUPS[kind]), len(people), rows, len(people) - len(shown) if shown else 0)

    def _is(self, visitor) -> str:
        """Which registration, where another name or time slot than that of the file may surprise."""
        if not visitor.is_certain:
            return ""
        row = visitor.candidates[0]
        is_as_expected = row.occurrence_id == self.slot.pk and not row.is_cancelled
        if is_as_expected and row.participant.name == visitor.name:
            return _("registered")
        return wording.registration(row)


def _how(report) -> list[str]:
    return [words for words in (wording.zone(report), wording.order(report)) if words]


def _questions(form) -> list[tuple]:
    return [(visitor.email, wording.minutes(visitor.seconds // 60), field) for visitor, field in form.questions]
