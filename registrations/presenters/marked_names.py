"""Names of rows of figures on a public page: titles in the reader's language, or marked as English."""

from dataclasses import replace

from registrations.figures.names import BY_SESSION, BY_SLOT, BY_STREAM, Names
from sessions import marked
from sessions.models import Occurrence, Session, Stream


def of(names, season) -> Names:
    """The same with titles as HTML. A title that was reworded since has no translation: figures keep that of then."""
    rows = _rows(season)
    return replace(
        names,
        rows={
            kind: {key: replace(name, title=_html(name.title, rows[kind].get(key))) for key, name in named.items()}
            for kind, named in names.rows.items()
        },
    )


def _rows(season) -> dict[str, dict]:
    sessions = {str(session.pk): session for session in Session.objects.filter(season=season)}
    slots = Occurrence.objects.filter(session__in=sessions).values_list("pk", "session")
    return {
        BY_SESSION: sessions,
        BY_SLOT: {str(pk): sessions[str(session)] for pk, session in slots},
        BY_STREAM: {str(stream.pk): stream for stream in Stream.objects.filter(season=season)},
    }


def _html(title, row):
    return marked.html(row, "title") if row and row.title == title else marked.in_english(title)
