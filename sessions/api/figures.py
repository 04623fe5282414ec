"""The published figures of a season as numbers: the tables of its public page, hidden where they are hidden there."""

from dataclasses import replace
from datetime import UTC

from django.utils.translation import get_language

from registrations.figures import hiding, naming, others, sentence
from registrations.figures.measures import MEASURES, RATE
from registrations.figures.names import BY_SESSION, BY_SLOT, BY_STREAM, Names
from registrations.figures.others import OTHERS
from registrations.presenters import figures as on_pages
from sessions import translations


def of_season(programme, kept) -> dict:
    """`kept` as of `keeping.public`."""
    true = {table.kind: hiding.in_rows_of_others(table) for table in kept.public}
    pairs = [others.together(table, true[table.kind]) for table in kept.shown]
    numbers = sentence.numbers(kept.public, kept.shown, kept.names, until=kept.taken_at)
    names, keys = _translated(kept.names, programme), _stable_keys(programme)
    return {
        "season": programme.season.slug,
        "counted_at": kept.taken_at.astimezone(UTC),
        "sentence": sentence.text(sentence.parts(numbers, get_language())),
        "tables": [_table(table, known, names, programme.season, keys) for table, known in pairs if table.rows],
    }


def _translated(names, programme) -> Names:
    """Titles in the active language; one that was reworded since stays as it was then."""
    slots = {str(slot.pk): slot.session for theirs in programme.slots.values() for slot in theirs}
    rows = {
        BY_SESSION: {str(session.pk): session for session in programme.sessions},
        BY_STREAM: {str(stream.pk): stream for stream in programme.streams},
        BY_SLOT: slots,
    }
    return replace(
        names,
        rows={
            kind: {key: replace(name, title=_title(name.title, rows[kind].get(key))) for key, name in named.items()}
            for kind, named in names.rows.items()
        },
    )


def _title(title, row) -> str:
    return translations.words(row, "title") if row and row.title == title else title


def _stable_keys(programme) -> dict[str, dict[str, str]]:
    """By kind of table and the id that figures are stored with: what everybody knows the row by."""
    slots = [slot for theirs in programme.slots.values() for slot in theirs]
    return {
        BY_SESSION: {str(session.pk): session.slug for session in programme.sessions},
        BY_STREAM: {str(stream.pk): stream.slug for stream in programme.streams},
        BY_SLOT: {str(slot.pk): slot.uid for slot in slots},
    }


def _table(table, true, names, season, keys) -> dict:
    columns = [column for column in on_pages.wanted(true, is_for_others=True) if column != RATE]
    rows = zip(table.rows, true.rows, strict=True)
    return {
        "kind": table.kind,
        "title": naming.table(table.kind, names),
        "note": str(naming.NOTES.get(table.kind, "")),
        "columns": [{"key": column, "name": str(MEASURES[column].heading)} for column in columns],
        "rows": [_row(table, row, known, columns, names, season, keys) for row, known in rows],
        "total": _numbers(table, table.total, true.total, columns)
        | {"key": None, "name": on_pages.name_of_total(table)},
    }


def _row(table, row, known, columns, names, season, keys) -> dict:
    key = keys[table.kind].get(row.key) if table.kind in keys else row.key
    name = on_pages.name_of(table, row, names, season.zone)
    return {"key": None if row.key == OTHERS else key or None, "name": str(name)} | _numbers(table, row, known, columns)


def _numbers(table, row, known, columns) -> dict:
    numbers, true = (dict(zip(table.columns, each.values, strict=True)) for each in (row, known))
    hidden = [column for column in columns if on_pages.is_hidden(column, numbers, true)]
    return {"values": [numbers.get(column) for column in columns], "hidden": hidden}
