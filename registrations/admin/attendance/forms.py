"""The forms about reports of a meeting: the files, how each is read, what its columns are, and who somebody was."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.admin.attendance import wording
from registrations.attendance import matching, uploads
from registrations.attendance import preview as previews
from registrations.attendance.blocks import Column
from registrations.attendance.matching import Kind
from registrations.people.identity import fold_address, fold_name
from sessions.clocks import zones
from sessions.tables.encodings import ENCODINGS

# Django takes no form with more fields than this by far (DATA_UPLOAD_MAX_NUMBER_FIELDS).
DECIDED_AT_ONCE = 200
# Files beside a preview that is not finished.
ANEW, TOGETHER = "anew", "together"
LINES_TO_CHOOSE_FROM = 20
CAME = {Column.JOINED, Column.FIRST_JOINED}
LEFT = {Column.LEFT, Column.LAST_LEFT}


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Gives a list, none of which is empty."""

    widget = FilesInput

    def clean(self, data, initial=None):
        return [super(FilesField, self).clean(file, initial) for file in data or [None]]


class FilesForm(forms.Form):
    """Gives `octets`: the name of each file, and what is in it, at most one octet more than is taken.

    `waiting` are files whose preview somebody has not finished: then they say what becomes of that.
    """

    files = FilesField(
        label=gettext_lazy("Reports of this meeting, as files"),
        help_text=gettext_lazy(
            "CSV, as Webex, Zoom or Teams gave it out; several at once are possible, with at most 20,000 lines each."
        ),
        widget=FilesInput({"accept": ".csv,.txt,.tsv", "multiple": True}),
        error_messages={
            "required": gettext_lazy("Choose at least one file."),
        },
        allow_empty_file=True,
    )
    preview = forms.ChoiceField(
        label=gettext_lazy("You have a preview already. What becomes of it?"),
        choices=[
            (ANEW, gettext_lazy("Discard it, and look at these files alone")),
            (TOGETHER, gettext_lazy("Look at all the files together")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what becomes of the preview above, and choose the files again.")},
    )

    def __init__(self, data=None, files=None, *, waiting, preview=ANEW):
        super().__init__(data, files, initial={"preview": preview})
        if not waiting:
            del self.fields["preview"]

    @property
    def is_instead(self) -> bool:
        """Whether these files stand instead of those that wait."""
        return self.cleaned_data.get("preview") == ANEW

    @property
    def octets(self) -> list[tuple[str, bytes]]:
        return [(file.name, file.read(uploads.LIMITS.octets + 1)) for file in self.cleaned_data["files"]]


class ReadingForm(forms.Form):
    """How one file is read."""

    encoding = forms.ChoiceField(label=gettext_lazy("Text encoding"), choices=list(ENCODINGS.items()))
    zone = forms.ChoiceField(label=gettext_lazy("Time zone of the file"))
    day_first = forms.ChoiceField(
        label=gettext_lazy("Order of dates"),
        choices=[
            ("", gettext_lazy("as found in the file")),
            ("yes", gettext_lazy("the day before the month: 17/9/2020")),
            ("no", gettext_lazy("the month before the day: 9/17/2020")),
        ],
        required=False,
    )

    def __init__(self, data=None, *, file):
        said, self._zone = file.upload.said, file.upload.said["zone"]
        known = {
            "encoding": file.reading.encoding,
            "zone": said["zone"],
            "day_first": {True: "yes", False: "no"}.get(said.get("day_first"), ""),
        }
        super().__init__(data, initial=known, prefix=f"file{file.upload.pk}", label_suffix="")
        if file.report and file.report.is_zone_stated:
            del self.fields["zone"]
            return
        self.fields["zone"].choices = [(name, zones.city(name)) for name in sorted(zones.city_zones(), key=zones.city)]

    @property
    def said(self) -> dict:
        order = {"yes": True, "no": False}.get(self.cleaned_data["day_first"])
        zone = self.cleaned_data.get("zone", self._zone)
        return {"encoding": self.cleaned_data["encoding"], "zone": zone, "day_first": order}


class ColumnsForm(forms.Form):
    """What each column is, and in which line the headings are; `columns` and `heading` once it is valid."""

    heading = forms.TypedChoiceField(label=gettext_lazy("Line with the headings"), coerce=int)

    def __init__(self, data=None, *, rows, said):
        super().__init__(data, initial={"heading": said.get("heading") or _widest(rows)}, label_suffix="")
        self.fields["heading"].choices = _lines(rows)
        self.width = max(map(len, rows), default=0)
        known = {position: name for name, position in (said.get("columns") or {}).items()}
        for position in range(self.width):
            self.fields[f"column{position}"] = forms.ChoiceField(
                label=_("Column %(number)d") % {"number": position + 1},
                choices=[("", _("not needed")), *wording.COLUMNS.items()],
                initial=known.get(position, ""),
                required=False,
            )
        below = [row for row in rows if len(row) > 1]
        self.cells = [[row[at] for row in below if at < len(row) and row[at]][:4] for at in range(self.width)]

    @property
    def shown(self) -> list[tuple]:
        """Of each column the field and its first cells."""
        fields = [self[f"column{position}"] for position in range(self.width)]
        return [(field, cells) for field, cells in zip(fields, self.cells, strict=True) if cells]

    @property
    def columns(self) -> dict[str, int]:
        chosen = [(self.cleaned_data.get(f"column{position}"), position) for position in range(self.width)]
        return {name: position for name, position in chosen if name}

    def clean(self):
        chosen = {}
        for position in range(self.width):
            name = self.cleaned_data.get(f"column{position}")
            if name and name in chosen:
                self.add_error(f"column{position}", _("Another column is this already. Leave one of them out."))
            chosen[name] = position
        if not CAME & chosen.keys() or not LEFT & chosen.keys():
            raise ValidationError(_("Choose the columns that say when people joined, and when they left."))
        if not {Column.NAME, Column.EMAIL, Column.FIRST_NAME, Column.LAST_NAME} & chosen.keys():
            raise ValidationError(_("Choose the column that says who it was: a name, or an e-mail address."))
        return self.cleaned_data


class TakeForm(forms.Form):
    """Who somebody was, where that is open, and whether the files add up with what counts already, or replace it."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, preview, choices):
        super().__init__(data, initial={"shown": preview.fingerprint}, label_suffix="")
        self._preview = preview
        if preview.reports:
            self.fields["how"] = forms.ChoiceField(
                label=_("What becomes of the reports that count already?"),
                choices=choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose whether these files are added or replace a report.")},
            )
        if preview.is_of_nobody:
            self.fields["nobody"] = forms.BooleanField(
                label=_("Nobody attended this meeting"),
                error_messages={"required": _("Tick this if it is so. Otherwise choose another file.")},
            )
        self.visitors = previews.open_ones(preview)[:DECIDED_AT_ONCE]
        for number, visitor in enumerate(self.visitors):
            self.fields[f"person{number}"] = _field_about(visitor)

    @property
    def questions(self) -> list[tuple]:
        return [(visitor, self[f"person{number}"]) for number, visitor in enumerate(self.visitors)]

    @property
    def how(self) -> str:
        return self.cleaned_data.get("how", previews.ADD)

    @property
    def decisions(self) -> dict:
        """By the key of a visitor the registration (id) that it is, or None for who is left open."""
        answers = [self.cleaned_data.get(f"person{number}") for number in range(len(self.visitors))]
        return {visitor.key: answer or None for visitor, answer in zip(self.visitors, answers, strict=True)}

    def clean(self):
        contradicting = self._preview.contradicted_by(self.cleaned_data.get("how", previews.ADD))
        if contradicting and "how" in self.cleaned_data:
            self.add_error("how", wording.contradicted(contradicting))
        for number, visitor in enumerate(self.visitors):
            name = f"person{number}"
            answer = (self.cleaned_data.get(name) or "").strip()
            if visitor.kind is Kind.PROPOSED:
                self.cleaned_data[name] = int(answer) if answer else None
            elif answer:
                self._find(name, answer)
        return self.cleaned_data

    @cached_property
    def _people(self) -> list:
        """Whom staff can name; read once somebody is named."""
        return matching.latest(self._preview.slot.session_id)

    def _find(self, field, typed):
        address, name = fold_address(typed), fold_name(typed)
        found = [row for row in self._people if address == row.participant.mailbox or name == row.participant.name_key]
        if len(found) == 1:
            self.cleaned_data[field] = found[0].pk
        elif found:
            self.add_error(field, _("Several people have this name or address. Type the other of the two."))
        else:
            self.add_error(field, _("Nobody with this name or address is registered for this session."))


def _field_about(visitor):
    who = {"name": visitor.name or visitor.email}
    if visitor.kind is Kind.PROPOSED:
        people = [(str(each.pk), wording.registration(each)) for each in visitor.candidates]
        label = _("Who was “%(name)s”?") % who
        return forms.ChoiceField(label=label, choices=[("", _("Leave open")), *people], required=False)
    label = _("Name or address of “%(name)s” in the registrations, if you know") % who
    return forms.CharField(label=label, required=False, max_length=254)


def _widest(rows) -> int:
    """The first line that has as many cells as any."""
    width = max(map(len, rows), default=0)
    return next((number for number, row in enumerate(rows, 1) if len(row) == width), 0)


def _lines(rows) -> list[tuple[int, str]]:
    numbers = [number for number, cells in enumerate(rows, 1) if cells][:LINES_TO_CHOOSE_FROM]
    in_words = [
        (number, f"{number}: {Truncator(' | '.join(filter(None, rows[number - 1]))).chars(60)}") for number in numbers
    ]
    return [(0, _("There are no headings")), *in_words]
