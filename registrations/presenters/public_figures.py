"""The figures of a season as everybody may see them: what is published, and what staff see before they publish it."""

from dataclasses import dataclass

from django.utils.translation import get_language

from registrations.figures import hiding, others, sentence
from registrations.presenters import figures, marked_names
from registrations.presenters.figures import ShownTable
from sessions.clocks import dates
from sessions.clocks.reader import words_of_place


@dataclass(frozen=True)
class PublicFigures:
    """`place` is what the clock of the season is called."""

    taken_on: str
    place: str
    sentence: str
    headline: list[tuple[str, str | None]]
    tables: list[ShownTable]
    explanations: list[tuple[str, str]]


def of_season(season, kept, shown) -> PublicFigures:
    """`kept` as of `keeping`, with the true numbers; `shown` are the tables that others may see of them."""
    true = {table.kind: hiding.in_rows_of_others(table) for table in kept.public}
    pairs = [others.together(table, true[table.kind]) for table in shown]
    total, known = (figures.of_season(found) for found in (shown, kept.public))
    numbers = sentence.numbers(kept.public, shown, kept.names, until=kept.taken_at)
    headline = figures.headline(total, known)
    words = {word for word, _number in headline}
    return PublicFigures(
        taken_on=dates.full_day(kept.taken_at.astimezone(season.zone)),
        place=words_of_place(season),
        sentence=sentence.text(sentence.parts(numbers, get_language())),
        headline=headline,
        tables=figures.tables(
            [table for table, _true in pairs],
            marked_names.of(kept.names, season),
            zone=season.zone,
            true=[table for _shown, table in pairs],
        ),
        explanations=[(word, text) for word, text in figures.explanations() if word in words],
    )
