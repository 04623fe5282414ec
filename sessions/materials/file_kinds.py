"""Which kinds of file staff may publish, what they are called, how they are sent, and how each of them begins."""

from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext_lazy as _

from sessions.clocks import dates

PDF = b"%PDF-"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MP4 = (b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip")
MP3 = (b"ID3", b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2", b"\xff\xe3", b"\xff\xe2")
UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
OPENING_OCTETS = 2048


@dataclass(frozen=True)
class FileKind:
    """`beginnings` are the octets with which such a file begins at `offset`; without any it is plain text."""

    name: str
    content_type: str
    beginnings: tuple[bytes, ...] = ()
    offset: int = 0

    def fits(self, opening: bytes) -> bool:
        """Whether the first octets of a file can be those of this kind."""
        if not self.beginnings:
            return b"\0" not in opening or opening.startswith(UTF16_MARKS)
        return opening.removeprefix(UTF8_MARK)[self.offset :].startswith(self.beginnings)


OPEN_XML = "application/vnd.openxmlformats-officedocument"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
TEXT, UNKNOWN = "text/plain; charset=utf-8", "application/octet-stream"

FILE_KINDS = {
    ".pdf": FileKind("PDF", "application/pdf", (PDF,)),
    ".pptx": FileKind("PowerPoint", f"{OPEN_XML}.presentationml.presentation", ZIP),
    ".ppt": FileKind("PowerPoint", "application/vnd.ms-powerpoint", (OLE,)),
    ".odp": FileKind(_("OpenDocument slides"), f"{OPEN_DOCUMENT}.presentation", ZIP),
    ".docx": FileKind("Word", f"{OPEN_XML}.wordprocessingml.document", ZIP),
    ".doc": FileKind("Word", "application/msword", (OLE,)),
    ".odt": FileKind(_("OpenDocument text"), f"{OPEN_DOCUMENT}.text", ZIP),
    ".xlsx": FileKind("Excel", f"{OPEN_XML}.spreadsheetml.sheet", ZIP),
    ".xls": FileKind("Excel", "application/vnd.ms-excel", (OLE,)),
    ".ods": FileKind(_("OpenDocument table"), f"{OPEN_DOCUMENT}.spreadsheet", ZIP),
    ".csv": FileKind("CSV", "text/csv; charset=utf-8"),
    ".txt": FileKind(_("text"), TEXT),
    ".mp4": FileKind(_("MP4 video"), "video/mp4", MP4, offset=4),
    ".mp3": FileKind(_("MP3 sound"), "audio/mpeg", MP3),
    ".vtt": FileKind(_("subtitles"), "text/vtt; charset=utf-8", (b"WEBVTT",)),
    ".srt": FileKind(_("subtitles"), TEXT),
    ".zip": FileKind("ZIP", "application/zip", ZIP),
}


def kind_of(filename: str) -> FileKind | None:
    """By the last extension, whatever is before it."""
    return FILE_KINDS.get(PurePath(filename).suffix.lower())


def extensions() -> str:
    return dates.listed(extension.removeprefix(".") for extension in FILE_KINDS)
