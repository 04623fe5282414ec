"""The table of the texts of a row with the state of each translation, and the form of one of them."""

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions import rich_text
from sessions.admin.programme_page import ProgrammePage
from sessions.admin.translations import wording
from sessions.admin.translations.forms import RowForm
from sessions.admin.translations.saving import save
from sessions.clocks import dates
from sessions.models import PageText, Season
from sessions.seasons import translating
from sessions.translations import LANGUAGES, State

LONGEST_EXCERPT = 80


@dataclass(frozen=True)
class Cell:
    """The state of one translation, as a word and as a class; `language` is that of the column."""

    language: str
    words: str
    kind: str
    address: str


@dataclass(frozen=True)
class TextLine:
    label: str
    english: str
    cells: list[Cell]


@dataclass(frozen=True)
class RowPart:
    """A row of the programme with its texts."""

    label: str
    address: str
    lines: list[TextLine]


@dataclass(frozen=True)
class SessionLine:
    """How many texts of a session are there in each language."""

    title: str
    address: str
    numbers: list[tuple[str, str]]


class TranslationsPage(ProgrammePage):
    """For who may change the season, session or page about the site."""

    template_name = "admin/online_sessions/translations/table.html"
    http_method_names = ["get", "head"]
    title = gettext_lazy("Translations")

    def get(self, request, pk):
        texts = translating.texts(self.row)
        return self.show(
            languages=[wording.language(code) for code in LANGUAGES],
            files=[self._files(code) for code in LANGUAGES],
            bring=reverse(f"admin:online_sessions_{self.row._meta.model_name}_bring_translations", args=[self.row.pk]),
            parts=[self._part(row, list(of_row)) for row, of_row in groupby(texts, key=lambda each: each.row)],
            sessions=_sessions(self.row) if isinstance(self.row, Season) else [],
            is_page=isinstance(self.row, PageText),
        )

    def _files(self, code) -> tuple[str, str, str]:
        """A language with the addresses of its tables, for Excel and as CSV."""
        name = f"admin:online_sessions_{self.row._meta.model_name}_translations_table"
        return (wording.language(code), *(reverse(name, args=[self.row.pk, code, kind]) for kind in ("xlsx", "csv")))

    def _part(self, row, texts) -> RowPart:
        address = address_of_row(self.row, row)
        lines = [
            TextLine(
                str(wording.COLUMNS[each.name]),
                Truncator(_in_one_line(each.english)).chars(LONGEST_EXCERPT),
                [_cell(each, code, address) for code in LANGUAGES],
            )
            for each in texts
        ]
        return RowPart(wording.row(row), address, lines)


class RowPage(ProgrammePage):
    """All translations of one row beside its English texts."""

    template_name = "admin/online_sessions/translations/row.html"
    http_method_names = ["get", "post"]
    title = gettext_lazy("Translate")

    def get(self, request, pk, row):
        return self._show(RowForm(self.unsent or None, texts=self._texts(row)))

    @transaction.atomic
    def post(self, request, pk, row):
        translating.lock(self.row)
        form = RowForm(request.POST, texts=self._texts(row))
        if not form.is_valid():
            return self._show(form)
        new = form.new
        save(owner=self.row, new=new, by=request.user, now=self.now)
        words = wording.saved(new) if new else _("Nothing was changed.")
        return self.leave(messages.SUCCESS if new else messages.INFO, words)

    def leads_to(self):
        return address_of_table(self.row)

    def _texts(self, row) -> list[translating.Text]:
        found = [each for each in translating.texts(self.row) if name_of_row(each.row) == row]
        if not found:
            raise Http404
        return found

    def _show(self, form):
        is_page = isinstance(self.row, PageText)
        return self.show(form=form, row_label=wording.row(form.texts[0].row), is_page=is_page, back=self.leads_to())


def address_of_table(owner) -> str:
    return reverse(f"admin:online_sessions_{owner._meta.model_name}_translations", args=[owner.pk])


def address_of_row(owner, row) -> str:
    return reverse(f"admin:online_sessions_{owner._meta.model_name}_translate", args=[owner.pk, name_of_row(row)])


def name_of_row(row) -> str:
    return f"{row._meta.model_name}-{row.pk}"


def _cell(each, code, address) -> Cell:
    state = each.state(code)
    words, anchor = wording.state(each, code), f"{address}#id_{each.name}-{code}"
    return Cell(wording.language(code), words, str(state), anchor)


def _in_one_line(text) -> str:
    return dates.listed(text) if isinstance(text, list) else rich_text.plain(text).replace("\n", " ")


def _sessions(season) -> list[SessionLine]:
    sessions = season.sessions.prefetch_related(*translating.PARTS_OF_SESSIONS).order_by("pk")
    return [_session_line(session) for session in sessions]


def _session_line(session) -> SessionLine:
    texts = translating.texts(session)
    there = [sum(each.state(code) in (State.THERE, State.USUAL) for each in texts) for code in LANGUAGES]
    words = _("%(there)d of %(all)d")
    numbers = [
        (wording.language(code), words % {"there": number, "all": len(texts)})
        for code, number in zip(LANGUAGES, there, strict=True)
    ]
    return SessionLine(session.title, address_of_table(session), numbers)
