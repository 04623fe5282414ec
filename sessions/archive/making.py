"""The files of an archive, one after the other: whoever writes them needs no room for all."""

import hashlib
import json
import posixpath
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from sessions.archive import api_answers, pages, rewriting, season_data
from sessions.archive.exceptions import CannotArchive
from sessions.archive.places import ANSWER, ASSET, CALENDAR, PAGE, SHEET, Place, Places, static_file
from sessions.archive.programme import Archive
from sessions.calendar import feeds

MANIFEST, DATA, README = "MANIFEST.sha256", "data/season.json", "README.txt"
# Before the path of a file of the archive, in templates.
OF_ARCHIVE = "archive:"
CHUNK_OCTETS = 256 * 1024


@dataclass(frozen=True)
class Written:
    """What is known of a file once it is written."""

    octets: int
    sha256: str


@dataclass
class Entry:
    """One file; its content can be read once, and must be before the next entry is asked for."""

    path: str
    content: Iterable[bytes]


@dataclass
class Making:
    """An archive in the making; `written` grows with each entry that was read."""

    archive: Archive
    places: Places = field(init=False)
    written: dict[str, Written] = field(default_factory=dict)
    _waiting: deque = field(default_factory=deque)
    _seen: set = field(default_factory=set)

    def __post_init__(self):
        self.places = Places(self.archive)

    @property
    def octets(self) -> int:
        return sum(each.octets for each in self.written.values())

    def entries(self) -> Iterator[Entry]:
        """Pages first, and with them what they lead to; the list of all files last. Raises CannotArchive.

        The same octets in the same order for the same state of the season on the same day.
        """
        for path, content in self._each():
            yield Entry(path, self._noted(path, content))

    def _each(self):
        _require_files(self.places.files.values())
        for code, _name in settings.LANGUAGES:
            with override(code):
                self._follow(reverse("sessions:season", args=[self.archive.season.slug]))
        self._waiting.extend(api_answers.places(self.archive))
        while self._waiting:
            place = self._waiting.popleft()
            yield place.path, self._content(place)
        for material in self.places.files.values():
            yield self.places.of_file(material), _chunks(material.file.storage.path(material.file.name))
        yield DATA, [_json(season_data.of(self.archive, self.places, self.written))]
        yield README, [_readme(self.archive)]
        lines = (f"{self.written[path].sha256}  {path}\n" for path in sorted(self.written))
        yield MANIFEST, ["".join(lines).encode()]

    def _content(self, place: Place) -> Iterable[bytes]:
        if place.kind == PAGE:
            html = pages.page(self.archive, place)
            return [rewriting.rewritten(html, partial(self._leads_to, place)).encode()]
        if place.kind == SHEET:
            return [pages.octets(self.archive, place.address, place.language)]
        if place.kind == CALENDAR:
            with override(place.language):
                return [feeds.archived(self.archive.programme, place.subject).encode()]
        if place.kind == ANSWER:
            return [_json(api_answers.answer(self.archive, place, partial(self._leads_to, place)))]
        return _chunks(static_file(place.subject))

    def _leads_to(self, origin: Place, link: str) -> str | None:
        """The link as it is from the page of `origin`: relative inside the archive, None to the rest of the site."""
        if link.startswith(OF_ARCHIVE):
            return _relative(link.removeprefix(OF_ARCHIVE), origin)
        parts = urlsplit(urljoin(settings.SITE_URL + origin.address, link))
        if link.startswith("#") or parts.scheme in ("data", "mailto"):
            return link
        if parts.netloc != urlsplit(settings.SITE_URL).netloc:
            # Some calendars of others have our address in theirs.
            return None if urlsplit(settings.SITE_URL).netloc in link else link
        place = self._follow(f"{parts.path}?{parts.query}".rstrip("?"))
        return place and _relative(place.path, origin) + (f"#{parts.fragment}" if parts.fragment else "")

    def _follow(self, address) -> Place | None:
        place = self.places.of(address)
        if place and place.kind == SHEET and not pages.is_drawn(self.archive, place):
            return None
        # Files come after all pages.
        if place and place.kind in (PAGE, CALENDAR, SHEET, ASSET) and place.path not in self._seen:
            self._seen.add(place.path)
            self._waiting.append(place)
        return place

    def _noted(self, path, content):
        digest, octets = hashlib.sha256(), 0
        for chunk in content:
            digest.update(chunk)
            octets += len(chunk)
            yield chunk
        self.written[path] = Written(octets, digest.hexdigest())


def _relative(path, origin) -> str:
    return quote(posixpath.relpath(path, posixpath.dirname(origin.path)))


def _require_files(materials):
    """Raises CannotArchive; before anything is written or sent."""
    for material in materials:
        if not material.file.storage.exists(material.file.name):
            raise CannotArchive(
                f"The file “{material.title}” of the session “{material.session.title}” is not where files are kept "
                f"({material.file.name}). Add it to the session once more, or remove it there."
            )


def _readme(archive) -> bytes:
    with override(settings.LANGUAGE_CODE):
        return render_to_string("archive/readme.txt", {"archive": archive}).encode()


def _chunks(path) -> Iterator[bytes]:
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK_OCTETS):
            yield chunk


def _json(facts) -> bytes:
    return json.dumps(facts, ensure_ascii=False, indent=1).encode() + b"\n"
