"""Excel files written row by row: texts stay texts, moments are dates, and nothing is held in memory (ECMA-376)."""

import io
import re
import zipfile
from datetime import datetime
from xml.sax.saxutils import escape

from sessions.tables.number_formats import FIRST_DAY

# Excel opens no sheet with more, nor a cell of a longer text.
MOST_ROWS, LONGEST_TEXT = 1_048_576, 32_767
OCTETS_AT_ONCE = 64 * 1024
# XML 1.0 has no place for these characters.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads `_x0041_` as A, whoever wrote it (ECMA-376 Part 1, 22.4.2.4).
READS_AS_A_CHARACTER = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# The position of a style among the cellXfs below.
TEXT, MOMENT, HEADING = 1, 2, 3

START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OF_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
CONTENT_TYPE = f"{OF_SHEETS}.sheet"

TYPES = f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{OF_SHEETS}.sheet.main+xml"/>
<Override PartName="/xl/styles.xml" ContentType="{OF_SHEETS}.styles+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{OF_SHEETS}.worksheet+xml"/>
</Types>"""
OF_THE_PACKAGE = f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/>
</Relationships>"""
OF_THE_WORKBOOK = f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{DOCUMENT}/styles" Target="styles.xml"/>
</Relationships>"""
WORKBOOK = f"""<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}">
<sheets><sheet name="%s" sheetId="1" r:id="rId1"/></sheets>
</workbook>"""
# A cell of the format @ stays a text also when somebody edits it, so that "=1+1" never computes.
STYLES = f"""<styleSheet xmlns="{MAIN}">
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>"""
# The headings stay in sight.
BEFORE_THE_ROWS = f"""<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">
<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>
<cols><col min="1" max="%d" width="22" customWidth="1"/></cols><sheetData>"""
AFTER_THE_ROWS = "</sheetData></worksheet>"


def workbook(*, sheet, headings, rows):
    """Octets of an Excel file with one sheet, piece by piece.

    `rows` has a list of texts, numbers, datetimes and None each. A datetime is shown as it is on its own clock, for
    Excel knows no zones. The name of the sheet has at most 31 characters and none of `[]:*?/\\`.
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _parts(sheet):
            package.writestr(name, START + text)
        with package.open("xl/worksheets/sheet1.xml", "w") as member:
            for row in _rows(headings, rows):
                member.write(row.encode())
                if sink.size > OCTETS_AT_ONCE:
                    yield sink.taken()
    yield sink.taken()


def _parts(sheet):
    return [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", OF_THE_PACKAGE),
        ("xl/workbook.xml", WORKBOOK % escape(sheet, {'"': "&quot;"})),
        ("xl/_rels/workbook.xml.rels", OF_THE_WORKBOOK),
        ("xl/styles.xml", STYLES),
    ]


def _rows(headings, rows):
    columns = [_column(number) for number in range(len(headings))]
    yield START + BEFORE_THE_ROWS % len(headings)
    yield _row(1, [_text(f"{column}1", heading, HEADING) for column, heading in zip(columns, headings, strict=True)])
    for number, row in enumerate(rows, start=2):
        yield _row(number, [_cell(f"{column}{number}", value) for column, value in zip(columns, row, strict=True)])
    yield AFTER_THE_ROWS


def _column(number) -> str:
    """A for 0, AA for 26."""
    before, last = divmod(number, 26)
    return (_column(before - 1) if before else "") + chr(ord("A") + last)


def _row(number, cells) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place, value) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        days = (value.replace(tzinfo=None) - FIRST_DAY).total_seconds() / 86400
        return f'<c r="{place}" s="{MOMENT}"><v>{days:.10f}</v></c>'
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value:d}</v></c>'
    return _text(place, value, TEXT)


def _text(place, value, style) -> str:
    text = NOT_IN_XML.sub("", str(value)).replace("\r\n", "\n").replace("\r", "\n")[:LONGEST_TEXT]
    written = READS_AS_A_CHARACTER.sub("_x005F_", escape(text))
    return f'<c r="{place}" t="inlineStr" s="{style}"><is><t xml:space="preserve">{written}</t></is></c>'


class _Sink(io.RawIOBase):
    """Where the ZIP file is written; what has been written is taken away to be sent."""

    def __init__(self):
        super().__init__()
        self._pieces, self.size = [], 0

    def writable(self):
        return True

    def write(self, octets):
        self._pieces.append(bytes(octets))
        self.size += len(octets)
        return len(octets)

    def taken(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces, self.size = [], 0
        return taken
