"""Answers about a session, or about several, as tables with bars; as others see them, numbers can be hidden."""

from dataclasses import dataclass

from django.utils.translation import ngettext

from registrations.feedback import results
from registrations.feedback.questions import QUESTIONS
from registrations.figures import charts
from sessions.clocks import dates


@dataclass(frozen=True)
class Row:
    """`cell` and `bar` are None where the number is hidden."""

    name: str
    cell: str | None
    bar: charts.Bar | None


@dataclass(frozen=True)
class Table:
    name: str
    title: str
    note: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class PublicFeedback:
    """What is published of a session; `texts` are those that staff chose."""

    tables: list[Table]
    texts: list[str]

    @property
    def hides(self) -> bool:
        return any(row.cell is None for table in self.tables for row in table.rows)


def public(session) -> PublicFeedback | None:
    """What is published of it; None where nothing is."""
    found = results.public(session)
    if found is None:
        return None
    texts = [words.text for words in results.texts(found) if words.is_published]
    return PublicFeedback(tables(found.shown, of=found.counts), texts)


def tables(counts: dict, *, of=None) -> list[Table]:
    """By question, in their order; `of` are the numbers with nothing hidden, where something is."""
    known = of or counts
    return [_table(asked, counts[asked.name], sum(known[asked.name])) for asked in QUESTIONS if asked.name in counts]


def _table(asked, numbers, people) -> Table:
    bars = charts.bars([(number, number) for number in numbers])
    rows = [
        Row(str(words), None, None) if number is None else Row(str(words), dates.number(number), bar)
        for words, number, bar in zip(asked.choices.values(), numbers, bars, strict=True)
    ]
    note = ngettext("%(number)s person answered.", "%(number)s people answered.", people)
    return Table(asked.name, str(asked.words), note % {"number": dates.number(people)}, tuple(rows))
