"""One sheet of an Excel workbook (ECMA-376, Office Open XML) as a table."""

import posixpath

from django.utils.translation import gettext as _

from sessions.tables.number_formats import Styles
from sessions.tables.package import BROKEN, Package
from sessions.tables.sheet import SharedStrings, Sheet
from sessions.tables.table import CannotRead, Choice, Growing, Limits, Reading, Table

WORKBOOK = "xl/workbook.xml"
# ISO/IEC 29500-1 Annex A: other namespaces than the ones that all programs write.
STRICT = b"http://purl.oclc.org/ooxml/"
MOST_SHEETS = 500


def read(octets: bytes, limits: Limits, choice: Choice) -> Table:
    """The chosen sheet, or the first visible one. Raises CannotRead."""
    try:
        package = Package(octets, limits)
        _refuse_other_kinds(package)
        return _table(package, limits, choice)
    except BROKEN:
        raise CannotRead(_("This file cannot be opened as an Excel file. Save it again as XLSX or CSV.")) from None


def _table(package, limits, choice) -> Table:
    book = Workbook(package)
    position = _position(book.sheets, choice)
    strings, styles = SharedStrings(), Styles()
    for name, reader in ((book.strings, strings), (book.styles, styles)):
        if name in package:
            package.parse(name, reader)
    sheet = Sheet(Growing(limits), strings.texts, styles, book.begins_in_1904)
    package.parse(book.sheets[position].member, sheet)
    return Table(sheet.rows, Reading(sheet=position, sheets=[each.title for each in book.sheets]))


def _position(sheets, choice) -> int:
    if choice.sheet is not None and choice.sheet < len(sheets):
        return choice.sheet
    visible = [position for position, sheet in enumerate(sheets) if sheet.is_visible]
    if not visible:
        raise CannotRead(_("No sheet of this file is visible."))
    return visible[0]


def _refuse_other_kinds(package):
    if b"opendocument" in (package.start("mimetype") if "mimetype" in package else b""):
        raise CannotRead(_("This is an OpenDocument file. Save it as “Excel 2007-365 (.xlsx)” or as CSV."))
    if "xl/workbook.bin" in package:
        raise CannotRead(_("This is a binary Excel file (.xlsb). Save it as Excel Workbook (.xlsx) or as CSV."))
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in package.names):
        raise CannotRead(_("This is a Numbers file. Choose File, Export To, CSV or Excel, and send what that gives."))
    if STRICT in package.start(WORKBOOK):
        words = _("This file was saved as Strict Open XML. Save it as Excel Workbook (.xlsx), then choose it again.")
        raise CannotRead(words)


class SheetEntry:
    """A sheet as the workbook lists it."""

    def __init__(self, attributes, member):
        self.title, self.member = attributes.get("name", ""), member
        self.is_visible = attributes.get("state", "visible") == "visible"


class Relations:
    """Which member of the package each id stands for, and what kind it is (ECMA-376 Part 2, 9.3)."""

    def __init__(self):
        self.by_id, self.by_kind = {}, {}

    def start(self, tag, attributes):
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes["Type"].rpartition("/")[2]
            member = posixpath.normpath(posixpath.join("/xl", attributes["Target"])).lstrip("/")
            self.by_id[attributes["Id"]] = (kind, member)
            self.by_kind.setdefault(kind, member)

    def end(self, tag):
        pass

    def text(self, text):
        pass


class Workbook:
    """What the workbook says of itself: its sheets of cells, in order, and where the rest is."""

    def __init__(self, package):
        self.sheets, self.begins_in_1904 = [], False
        self._relations = Relations()
        package.parse("xl/_rels/workbook.xml.rels", self._relations)
        package.parse(WORKBOOK, self)
        self.strings = self._relations.by_kind.get("sharedStrings", "")
        self.styles = self._relations.by_kind.get("styles", "")

    def start(self, tag, attributes):
        if tag == "workbookPr":
            self.begins_in_1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "sheet":
            if len(self.sheets) == MOST_SHEETS:
                raise CannotRead(_("There are too many sheets in this file. Copy the one you need into a new file."))
            key = next(value for name, value in attributes.items() if name.endswith(":id"))
            kind, member = self._relations.by_id[key]
            self.sheets += [SheetEntry(attributes, member)] if kind == "worksheet" else []

    def end(self, tag):
        pass

    def text(self, text):
        pass
