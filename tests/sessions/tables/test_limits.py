"""Small files that unpack to something huge, or never end, are refused at once, in words and in little memory."""

import struct
import time
import tracemalloc
import zipfile
from dataclasses import replace

import pytest

from sessions.tables import CannotRead, Limits, read
from tests.support.sessions.workbooks import (
    BOOK,
    EMPTY,
    MAIN,
    ROWS,
    SHEET,
    STYLES,
    members_of,
    packed,
    with_member,
    with_shared_strings,
    with_sheet,
    workbook,
)
from tests.support.thorough import first_always

LIMITS = Limits(rows=1000)
# A slow machine must not say that it took too long: that is another limit, with a test of its own.
PATIENT = replace(LIMITS, seconds=300)
MILLION = 1_000_000
REFERENCE = "&a%d;"
ENTRY = "<sheet name='a' r:id='rId1'/>"


def with_lie_about_its_size(octets) -> bytes:
    """The directory says that each member unpacks to 100 octets."""
    start = 0
    lying = bytearray(octets)
    while (start := lying.find(b"PK\x01\x02", start)) > 0:
        lying[start + 24 : start + 28] = struct.pack("<I", 100)
        start += 4
    return bytes(lying)


def laughs() -> str:
    entities = "".join(f'<!ENTITY a{n + 1} "{10 * (REFERENCE % n)}">' for n in range(12))
    return (
        f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><worksheet {MAIN}><sheetData><row><c t="str"><v>&a12;</v></c></row>'
    )


BOMBS = {
    "sixty megabytes of zeros": lambda: with_member("xl/media/x.bin", b"0" * (60 * MILLION)),
    "a cell of megabytes": lambda: with_sheet(f'<row><c t="str"><v>{"x" * 25 * MILLION}</v></c></row>'),
    "cells that repeat one text": lambda: with_shared_strings(
        '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>' * 900, f"<si><t>{'x' * 32_000}</t></si>"
    ),
    "a tag of megabytes": lambda: with_member(SHEET, f'<worksheet {MAIN} x="{"x" * 25 * MILLION}"/>'),
    "a tag without an end": lambda: with_member(SHEET, "<" + "x" * 25 * MILLION),
    "thousands of sheets": lambda: with_member(
        BOOK, f"<workbook {MAIN} xmlns:r='r'><sheets>{ENTRY * 900_000}</sheets>"
    ),
    "entities in entities": lambda: with_member(SHEET, laughs()),
    "a directory that lies": lambda: with_lie_about_its_size(with_sheet("<row/>" * 4 * MILLION)),
    "a row far below": lambda: with_sheet('<row r="1048576"><c t="str"><v>x</v></c></row>'),
    "a cell far to the right": lambda: with_sheet('<row><c r="XFD1" t="str"><v>x</v></c></row>'),
    "other compression": lambda: packed(members_of(workbook(ROWS)), method=zipfile.ZIP_LZMA),
}

WORDS = {
    "sixty megabytes of zeros": "This file is too large once it is unpacked.",
    "a cell of megabytes": "There is too much text in this file.",
    "cells that repeat one text": "There is too much text in this file.",
    "thousands of sheets": "There are too many sheets in this file.",
    "a row far below": "This file has more than 1000 lines.",
    "a cell far to the right": "This file has more than 120 columns.",
}


@pytest.mark.parametrize("name", first_always(BOMBS, 4))
def test_bomb_is_refused_in_words(name):
    octets = BOMBS[name]()
    assert len(octets) < LIMITS.octets

    with pytest.raises(CannotRead) as refusal:
        read(octets, PATIENT)

    assert str(refusal.value).startswith(WORDS.get(name, "This file cannot be opened as an Excel file."))


@pytest.mark.parametrize("name", EMPTY)
@pytest.mark.parametrize(
    ("number", "limits"),
    [(20_000, replace(PATIENT, elements=10_000)), pytest.param(3_500_000, PATIENT, marks=pytest.mark.thorough)],
    ids=["a small limit", "millions"],
)
def test_too_many_elements_are_refused_in_words(name, number, limits):
    octets = EMPTY[name](number)
    assert len(octets) < limits.octets

    with pytest.raises(CannotRead, match="There is too much formatting in this file"):
        read(octets, limits)


@pytest.mark.parametrize(
    "name",
    first_always(
        ["sixty megabytes of zeros", "a cell of megabytes", "cells that repeat one text", "a tag of megabytes"]
    ),
)
def test_bomb_takes_little_memory(name):
    octets = BOMBS[name]()
    tracemalloc.start()

    with pytest.raises(CannotRead):
        read(octets, LIMITS)

    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 80 * MILLION


def with_format_of_numbers(code, cells) -> bytes:
    formats = f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs>'
    return packed(members_of(with_sheet(cells)) | {STYLES: f"<styleSheet {MAIN}>{formats}</styleSheet>"})


@pytest.mark.parametrize("code", ["[" * 100_000, "&quot;" * 60_000])
def test_format_of_numbers_is_looked_at_once_and_not_to_its_end(code):
    cells = '<row r="1"><c s="0"><v>1</v></c></row>' * 20_000
    began = time.process_time()

    assert read(with_format_of_numbers(code, cells), LIMITS).rows == [["1"]]

    assert time.process_time() - began < LIMITS.seconds / 5


@pytest.mark.parametrize("line", first_always(["\n", ";\n", "\r\n"]))
def test_a_million_empty_lines_are_read_at_once(line):
    lines = "Name;E-mail\n" + line * (2 * MILLION // len(line))
    began = time.process_time()

    assert read(lines.encode(), LIMITS).rows == [["Name", "E-mail"]]

    assert time.process_time() - began < LIMITS.seconds / 5


def test_time_is_a_limit_too():
    with pytest.raises(CannotRead, match="takes too long to read"):
        read(with_sheet("<row/>" * 100_000), Limits(rows=1000, seconds=0))


@pytest.mark.parametrize("make", [lambda rows: workbook(rows), lambda rows: "\n".join(map(";".join, rows)).encode()])
def test_limits_are_the_callers(make):
    two_thousand = make([["Amina Otieno", f"a{number}@x.example"] for number in range(2_000)])

    assert len(read(two_thousand, Limits(rows=2_000)).rows) == 2_000
    with pytest.raises(CannotRead, match="This file has more than 1999 lines"):
        read(two_thousand, Limits(rows=1_999))
    with pytest.raises(CannotRead, match="This file has more than 1 columns"):
        read(make(ROWS), Limits(rows=9, columns=1))
    with pytest.raises(CannotRead, match="This file is too large: at most 10"):
        read(make(ROWS), Limits(rows=9, octets=10))
    with pytest.raises(CannotRead, match="There is too much text"):
        read(make(ROWS), Limits(rows=9, characters=10))
