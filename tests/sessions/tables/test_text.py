"""CSV of any program becomes a table: encoding and delimiter are found, or chosen."""

import time

import pytest

from sessions.tables import CannotRead, Choice, Limits, read
from sessions.tables.encodings import ENCODINGS
from tests.support.sessions.workbooks import ROWS

LIMITS = Limits(rows=1000)


def rows(octets, **choice):
    return read(octets, LIMITS, Choice(**choice)).rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_csv_of_any_program(encoding, delimiter):
    table = read("\r\n".join(delimiter.join(row) for row in ROWS).encode(encoding), LIMITS)

    assert (table.rows, table.reading.delimiter) == (ROWS, delimiter)
    assert table.reading.is_guess == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Prénom;NOM;Organisme\nHélène;GÉRARD;Écologie"),
        ("cp1252", "Nombres;Apellidos;Institución\nJosé;Muñoz;Ambiente"),
        ("cp1252", "Vorname;Nachname\nJörg;Groß"),
        ("cp1250", "Name;E-mail\nŁukasz Żółć;a@b.example"),
        ("cp1251", "Имя;Организация\nСергей Иванов;Министерство природы"),
        ("cp1253", "Όνομα\nΣωκράτης Παπαδόπουλος"),
        ("cp1256", "الاسم;المؤسسة\nفاطمة الزهراء;وزارة البيئة"),
        ("gb18030", "姓名,单位\n李小龙,环境部"),
        ("mac_roman", "Prénom;NOM\nHélène;GÉRARD"),
        ("cp850", "Prénom;NOM\nHélène;GÉRARD"),
    ],
)
def test_what_excel_writes_on_its_languages_systems_is_guessed_and_said(encoding, text):
    reading = read(text.encode(encoding), LIMITS).reading

    assert (reading.encoding, reading.is_guess) == (encoding, True)


def test_encoding_and_delimiter_can_be_chosen():
    octets = "Dvořák;Škoda, Praha".encode("cp1250")

    assert rows(octets) == [["Dvoøák", "Škoda, Praha"]]
    assert rows(octets, encoding="cp1250", delimiter=",") == [["Dvořák;Škoda", "Praha"]]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_any_octets_can_be_read_in_any_encoding(encoding):
    octets = bytes(range(0x20, 0x100)) + b"\nAmina;a@x.example" * 20

    found = rows(octets, encoding=encoding, delimiter=";")

    assert "\0" not in str(found)
    str(found).encode()


def test_quotes_line_breaks_and_the_line_for_excel():
    text = 'sep=;\n"Otieno, Amina";"a@x.example"\n"Omar\nHaddad";o@x.example'

    assert rows(text.encode()) == [[], ["Otieno, Amina", "a@x.example"], ["Omar Haddad", "o@x.example"]]


def test_line_for_excel_names_any_delimiter():
    assert rows("sep=:\r\nAmina:a@x.example\r\n".encode("utf-16")) == [[], ["Amina", "a@x.example"]]


def test_delimiter_inside_quotes_is_none():
    assert rows(b'"a;b","c;d"\n"e;f","g"') == [["a;b", "c;d"], ["e;f", "g"]]


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_only_line_ends_end_a_line(character):
    text = f"Name,E-mail\r\nEva Holm,eva@berg.example\rTom{character}Holm,tom@berg.example\n"

    assert rows(text.encode()) == [
        ["Name", "E-mail"],
        ["Eva Holm", "eva@berg.example"],
        ["Tom Holm", "tom@berg.example"],
    ]


def test_null_character_becomes_the_sign_of_the_unreadable():
    assert rows(b"Amina\0 Otieno;amina@x.example") == [["Amina\N{REPLACEMENT CHARACTER} Otieno", "amina@x.example"]]


def test_empty_rows_and_ends_keep_their_numbers():
    assert rows(b";;\n\nAmina;a@x.example;;\n;;\n") == [[], [], ["Amina", "a@x.example"]]


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (b'"' + b"x" * 200_000, "This file cannot be read as a table"),
        (b"a@x.example\n" * 1001, "This file has more than 1000 lines"),
        (b"x" * (LIMITS.octets + 1), "This file is too large"),
        (b"x;" * 1_000_000, "This file has more than 120 columns"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20, "This file is no table"),
        (b"%PDF-1.7 ...", "This is a PDF file"),
        (b"\n<html><table><tr><td>a@x.example", "This file is a web page"),
    ],
)
def test_file_that_is_no_table_says_why(octets, words):
    with pytest.raises(CannotRead, match=words):
        read(octets, LIMITS)


@pytest.mark.parametrize(
    "octets", [b"", b"\0\0\0\0", b"\xff\xfe", b"\xff" * 500, bytes(range(256)) * 10, b"sep=", b"\xfe\xff\xd8"]
)
def test_junk_is_no_fault_of_ours(octets):
    try:
        found = rows(octets)
    except CannotRead:
        return
    assert all(isinstance(cell, str) for row in found for cell in row)


def test_blank_cells_far_to_the_right_are_no_columns():
    assert rows(b"Amina;a@x.example" + b"; " * 500) == [["Amina", "a@x.example"]]


def test_guessing_takes_no_longer_for_one_word_that_fills_the_file():
    begin = time.process_time()

    table = read(b"a" * 64_000 + b"\xff\n", LIMITS)

    # A minute and more, when a pattern tried the word from each of its letters.
    assert time.process_time() - begin < 5
    assert table.reading.is_guess
