"""A ZIP file of XML, as Excel writes it, read piece by piece: no piece of it can take more than its limits."""

import io
import time
import zipfile
import zlib
from xml.parsers import expat

from django.utils.translation import gettext as _

from sessions.tables.table import CannotRead, Limits

CHUNK = 64 * 1024
# No tag that a spreadsheet writes comes near it, and expat starts anew with an unfinished one at every chunk.
LONGEST_TAG = 1024 * 1024
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
# Whatever comes of a file that is cut off, damaged or made up.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    LookupError,
    ValueError,
    OverflowError,
    NotImplementedError,
    OSError,
)


class Package:
    """Raises CannotRead at once where the directory of the ZIP file speaks of more than the limits."""

    def __init__(self, octets: bytes, limits: Limits):
        self._zip = zipfile.ZipFile(io.BytesIO(octets))
        self._members = {member.filename: member for member in self._zip.infolist()}
        self._limits, self._elements = limits, 0
        self._ends_at = time.monotonic() + limits.seconds
        if sum(member.file_size for member in self._zip.infolist()) > limits.unpacked_octets:
            raise CannotRead(_("This file is too large once it is unpacked. Copy its lines into a new file."))

    def __contains__(self, name):
        return name in self._members

    @property
    def names(self) -> set[str]:
        return set(self._members)

    def start(self, name) -> bytes:
        """The first octets of a member."""
        with self._opened(name) as stream:
            return stream.read(CHUNK)

    def parse(self, name, reader):
        """Tell `reader` of the elements of this member, by local names: `start`, `end`, `text`.

        Raises CannotRead, also for a DOCTYPE: what it defines could be longer than any limit (XML 1.0, 4.4).
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = lambda tag, attributes: self._start(reader, tag, attributes)
        parser.EndElementHandler = lambda tag: reader.end(_local(tag))
        parser.CharacterDataHandler = reader.text
        self._feed(parser, name)

    def _feed(self, parser, name):
        fed = 0
        with self._opened(name) as stream:
            # Never more than the size in the directory, whatever is packed there.
            while chunk := stream.read(CHUNK):
                self._require_time()
                fed += len(chunk)
                parser.Parse(chunk)
                if fed - parser.CurrentByteIndex > LONGEST_TAG:
                    raise ValueError("tag without an end")
        parser.Parse(b"", True)

    def _opened(self, name):
        member = self._members[name]
        if member.compress_type not in METHODS or member.flag_bits & ENCRYPTED:
            raise zipfile.BadZipFile(name)
        return self._zip.open(member)

    def _start(self, reader, tag, attributes):
        self._elements += 1
        if self._elements > self._limits.elements:
            raise CannotRead(_("There is too much formatting in this file. Copy the cells into a new, empty file."))
        reader.start(_local(tag), attributes)

    def _require_time(self):
        if time.monotonic() > self._ends_at:
            raise CannotRead(_("This file takes too long to read. Copy the cells into a new, empty file."))


def _local(tag) -> str:
    return tag.rpartition(":")[2]


def _refuse_doctype(*_about):
    raise ValueError("DOCTYPE")
