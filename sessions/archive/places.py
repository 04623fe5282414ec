"""Which addresses of the site have a place in the archive of a season, and where."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation
from django.urls import Resolver404, resolve
from django.utils.translation import override

from sessions.archive import names
from sessions.archive.programme import Archive
from sessions.materials.material_groups import file_name

PAGE, CALENDAR, SHEET, FILE, ASSET, ANSWER = "page", "calendar", "sheet", "file", "asset", "answer"
# Of the whole season, by the name of the address.
PAGES = {"home": "index", "season": "index", "season_figures": "figures", "poster": "poster"}
PAGES |= {name: name for name in ("about", "accessibility", "privacy")}


@dataclass(frozen=True)
class Place:
    """`path` is in the archive, `address` on the site; `subject` is what a calendar, file or asset is of."""

    path: str
    kind: str
    address: str
    language: str
    subject: object = None


class Places:
    """Of one archive; equal for equal states of the season."""

    def __init__(self, archive: Archive):
        programme = archive.programme
        self._season, self._sessions = programme.season, {each.slug: each for each in programme.sessions}
        self._streams = {stream.slug: stream for stream in programme.streams}
        self._names = names.of_each(self._sessions), names.of_each(self._streams)
        stored = [each for session in programme.sessions for each in session.materials.all() if each.file]
        self.files = {material.pk: material for material in stored}
        self._known = {}

    def of(self, address: str) -> Place | None:
        """Of an address without its host and fragment; None where the archive has nothing for it."""
        if address not in self._known:
            self._known[address] = self._look_for(address)
        return self._known[address]

    def of_file(self, material) -> str:
        path = PurePosixPath(file_name(material))
        return f"files/{material.pk}-{names.plain(path.stem, 'file')}{names.plain(path.suffix, '') and path.suffix}"

    def _look_for(self, address):
        parts = urlsplit(address)
        if parts.path.startswith(settings.STATIC_URL):
            return _asset(address, unquote(parts.path.removeprefix(settings.STATIC_URL)))
        language = _language_of(parts.path)
        with override(language):
            try:
                match = resolve(parts.path)
            except Resolver404:
                return None
        if match.namespace != "sessions" or match.kwargs.get("season", self._season.slug) != self._season.slug:
            return None
        found = _FINDERS.get(match.url_name, Places._page)(self, match, parse_qs(parts.query))
        if found is None:
            return None
        path, kind, subject = found
        folder = "" if language == settings.LANGUAGE_CODE or kind == FILE else f"{language}/"
        return Place(f"{folder}{path}", kind, address, language, subject)

    def _page(self, match, _query):
        name = PAGES.get(match.url_name)
        return name and (f"{name}.html", PAGE, None)

    def _of_season(self, match, query):
        [stream] = query.get("stream", [""])[:1]
        if not stream:
            return self._page(match, query)
        return (stream in self._streams and (f"streams/{self._names[1][stream]}.html", PAGE, None)) or None

    def _of_session(self, match, _query):
        slug = match.kwargs["slug"]
        return (slug in self._sessions and (f"sessions/{self._names[0][slug]}.html", PAGE, None)) or None

    def _season_calendar(self, _match, _query):
        return "calendars/season.ics", CALENDAR, self._season

    def _stream_calendar(self, match, _query):
        stream = self._streams.get(match.kwargs["stream"])
        return stream and (f"calendars/streams/{self._names[1][stream.slug]}.ics", CALENDAR, stream)

    def _session_calendar(self, match, _query):
        session = self._sessions.get(match.kwargs["slug"])
        return session and (f"calendars/sessions/{self._names[0][session.slug]}.ics", CALENDAR, session)

    def _sheet(self, _match, _query):
        return "poster.pdf", SHEET, None

    def _file(self, match, _query):
        material = self.files.get(match.kwargs["pk"])
        return material and (self.of_file(material), FILE, material)


_FINDERS: dict[str, Callable] = {
    "season": Places._of_season,
    "session": Places._of_session,
    "season_feed": Places._season_calendar,
    "stream_feed": Places._stream_calendar,
    "session_feed": Places._session_calendar,
    "poster_sheet": Places._sheet,
    "material_file": Places._file,
}


def _asset(address, name) -> Place | None:
    """None for what is no file of the site: staff type links by hand."""
    is_plain = ".." not in PurePosixPath(name).parts and name.isprintable()
    return Place(f"assets/{name}", ASSET, address, "", name) if is_plain and static_file(name) else None


def static_file(name) -> Path | None:
    """In development from its source; in production its name has a digest in it."""
    try:
        path = Path(finders.find(name) or staticfiles_storage.path(name))
    except SuspiciousFileOperation:
        return None
    return path if path.is_file() else None


def _language_of(path) -> str:
    first = path.lstrip("/").partition("/")[0]
    return first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
