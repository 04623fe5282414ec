"""An archive as a ZIP file, made while it is written or sent: neither needs room for the whole."""

import os
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

from sessions.archive.exceptions import CannotArchive
from sessions.archive.folder import in_sentences
from sessions.archive.making import Making

# Slides and recordings are small already.
STORED = {".pdf", ".pptx", ".docx", ".xlsx", ".odp", ".odt", ".ods", ".mp4", ".mp3", ".zip", ".png"}
FIRST_YEAR = 1980


def name(season) -> str:
    return f"minamata-{season.slug}"


def octets(making: Making) -> Iterator[bytes]:
    """All files in one folder. Raises CannotArchive before the first octet, or when the season is changed meanwhile."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w") as file:
        file.comment = _mark(making.archive.season)
        for entry in making.entries():
            with file.open(_info(making.archive, entry.path), "w", force_zip64=True) as member:
                for chunk in entry.content:
                    member.write(chunk)
                    yield outlet.take()
    yield outlet.take()


def write(making: Making, path: Path):
    """In the place of nothing, or of an older archive of the same season. Raises CannotArchive, as `folder.write`."""
    path = path.resolve()
    partial = path.with_name(f".{path.name}.partial")
    with in_sentences(path):
        if path.exists() and not _is_of(path, making.archive.season):
            raise CannotArchive(f"{path} is there already, and is no archive of this season. Choose another name.")
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(partial, "wb") as file:
                file.writelines(octets(making))
            os.replace(partial, path)
        finally:
            partial.unlink(missing_ok=True)


def _is_of(path, season) -> bool:
    try:
        with zipfile.ZipFile(path) as file:
            return file.comment == _mark(season)
    except (OSError, zipfile.BadZipFile):
        return False


def _mark(season) -> bytes:
    return f"Archive of the season {season.slug} of Minamata Online".encode()


def _info(archive, path) -> zipfile.ZipInfo:
    day = archive.day
    info = zipfile.ZipInfo(f"{name(archive.season)}/{path}", (max(day.year, FIRST_YEAR), day.month, day.day, 0, 0, 0))
    info.compress_type = zipfile.ZIP_STORED if Path(path).suffix in STORED else zipfile.ZIP_DEFLATED
    info.external_attr = (stat.S_IFREG | 0o644) << 16
    # As on Unix, whatever it is made on.
    info.create_system = 3
    return info


class _Outlet:
    """What was written since it was last taken; zipfile does without going back."""

    def __init__(self):
        self._chunks = []

    def write(self, chunk) -> int:
        self._chunks.append(bytes(chunk))
        return len(chunk)

    def flush(self):
        """As zipfile asks of a file."""

    def take(self) -> bytes:
        chunks, self._chunks = self._chunks, []
        return b"".join(chunks)
