"""Tables of any program in six languages: what each column is gets proposed, or asked where only people can know."""

import pytest

from registrations.invitations import guest_columns, guest_list
from registrations.invitations.guest_headings import HEADINGS, Meaning, meaning_of
from sessions.tables import CannotRead, Limits, read
from tests.support.paths import TABLES

GUESTS = {
    "excel-arabic.csv": [
        ("ليلى حداد", "leila@wizara.example", "وزارة البيئة"),
        ("سامي المصري", "sami@wizara.example", ""),
    ],
    "excel-chinese.csv": [
        ("王小梅", "wang@jigou.example", "生态环境部"),
        ("张伟", "zhang@jigou.example", "环境规划院"),
    ],
    "excel-english.csv": [
        ("Grace Wanjiru", "grace@ministry.example", "Ministry of Environment"),
        ("Tom O'Brien", "tom@agency.example", "Agency, Water"),
    ],
    "excel-french.csv": [
        ("Hélène GÉRARD", "helene@ministere.example", "Écologie"),
        ("François LEFÈVRE", "francois@ministere.example", ""),
    ],
    "excel-russian.csv": [("Анна Петровна Орлова", "anna@agentstvo.example", "Министерство природы")],
    "excel-spanish.csv": [("José Muñoz Peña", "jose@ministerio.example", "Ambiente")],
    "excel-unicode.txt": [("Сергей Иванов", "sergei@agency.example", "Министерство природы")],
    "arabic.csv": [("فاطمة الزهراء", "fatima@agency.example", "وزارة البيئة")],
    "chinese.csv": [("李小龙", "lixl@agency.example", "环境部")],
    "numbers.csv": [("Aïcha Diallo", "aicha@ministere.example", "Environnement")],
    "libreoffice.csv": [('Zoë "Zo" Brandão', "zoe@org.example", "Fundação, Água")],
    "google-contacts.csv": [("Amina Otieno", "amina@unep.example", "UNEP")],
    "google-contacts-old.csv": [("Amina Otieno", "amina@unep.example", "UNEP")],
    "outlook-contacts.csv": [("Li Chen", "li.chen@agency.example", "Agency of Water")],
    "delegation-list.csv": [("Amina OTIENO", "amina@ministry.example", "Ministry of Water")],
    "own-words.csv": [("Amina Otieno", "amina@ministry.example", "Ministry of Water")],
    "only-address-is-known.csv": [("Amina Otieno", "amina@ministry.example", "")],
    "central-european.csv": [("Łukasz Żółć", "lukasz@agency.example", "")],
    "cyrillic.csv": [("Сергей Иванов", "sergei@agency.example", "")],
    "line-separator-in-cell.csv": [("Eva Holm", "eva@berg.example", ""), ("Tom Holm", "tom@berg.example", "")],
    "title-above.csv": [("Amina Otieno", "amina@unep.example", "UNEP")],
    "no-headings.csv": [("Amina Otieno", "amina@unep.example", ""), ("Omar Haddad", "omar@unep.example", "")],
    "lines-of-mail.txt": [("Amina Otieno", "amina@unep.example", ""), ("Haddad, Omar", "omar@unep.example", "")],
    "teams-attendance.csv": [
        ("Zoë Brandão", "zoe@ministry.example", ""),
        ("Pavel Novák", "pavel@agency.example", ""),
    ],
    "furigana.xlsx": [("鈴木一郎", "suzuki@agency.example", "")],
    "ordinary.xlsx": [("Zoé Müller", "zoe@x.example", "UNEP")],
}


def rows_of(name) -> list[list[str]]:
    return read((TABLES / name).read_bytes(), Limits(rows=1000)).rows


def proposed(rows):
    headings = guest_columns.find_headings(rows)
    return headings, guest_columns.propose(guest_columns.columns(rows, headings))


def lines_of(rows, headings=None, meanings=None):
    found = proposed(rows)
    return guest_list.read(guest_columns.as_list(rows, headings or found[0], meanings or found[1]))


def guests(lines) -> list[tuple]:
    return [(line.guest.name, line.guest.email, line.guest.organisation) for line in lines if line.guest]


@pytest.mark.parametrize("name", GUESTS)
def test_table_of_usual_programs_needs_no_choice(name):
    rows = rows_of(name)

    assert "" not in proposed(rows)[1].values()
    assert guests(lines_of(rows)) == GUESTS[name]


def test_every_table_among_the_files_has_its_right_value():
    others = {"unknown-headings.csv", "strict.xlsx"}

    assert {file.name for file in TABLES.iterdir()} == set(GUESTS) | others


def test_unknown_words_for_the_parts_of_a_name_are_asked():
    rows = rows_of("unknown-headings.csv")

    assert proposed(rows) == (1, {0: "", 1: "", 2: Meaning.EMAIL})
    chosen = {0: Meaning.GIVEN, 1: Meaning.FAMILY, 2: Meaning.EMAIL}
    assert guests(lines_of(rows, 1, chosen)) == [("Jörg Müller", "joerg@amt.example", "")]


def test_strict_workbook_says_how_to_save_it():
    with pytest.raises(CannotRead, match=r"saved as Strict Open XML\. Save it as Excel Workbook"):
        rows_of("strict.xlsx")


def test_two_columns_of_words_without_headings_are_asked():
    rows = [["Amina", "Otieno", "amina@x.example"], ["Omar", "Haddad", "omar@x.example"]]

    assert proposed(rows) == (0, {0: "", 1: "", 2: Meaning.EMAIL})


@pytest.mark.parametrize(
    ("headings", "meanings"),
    [
        (["Nom", "Prénom", "E-mail"], ["family", "given", "email"]),
        (["Name", "Surname", "E-mail"], ["given", "family", "email"]),
        (["Nombre", "Apellidos", "Correo"], ["given", "family", "email"]),
        (["Имя", "Фамилия", "Почта"], ["given", "family", "email"]),
        (["名字", "姓氏", "邮箱"], ["given", "family", "email"]),
        (["الاسم", "اللقب", "البريد الإلكتروني"], ["given", "family", "email"]),
        (["Name / Nom", "Ministry (or agency)", "E-MAIL *"], ["name", "organisation", "email"]),
        (["Full name", "Family name", "email"], ["name", "left-out", "email"]),
    ],
)
def test_headings_are_known_in_six_languages(headings, meanings):
    rows = [headings, ["Amina", "Otieno", "amina@x.example"]]

    assert list(proposed(rows)[1].values()) == meanings


def test_every_known_heading_has_a_meaning():
    words = [word.strip() for meaning in Meaning for word in HEADINGS.get(meaning, "").replace("\n", ";").split(";")]

    assert [word for word in words if word and not meaning_of(word)] == []


def test_address_column_is_found_by_its_cells():
    rows = [["Who", "Where to write", "E-mail"], ["Amina Otieno", "amina@x.example", "yes"]]

    assert proposed(rows)[1] == {0: "", 1: Meaning.EMAIL, 2: ""}


def test_column_without_content_is_none():
    rows = [["Name", "Phone", "E-mail"], ["Amina", "", "amina@x.example"]]

    assert [column.title for column in guest_columns.columns(rows, 1)] == ["Name", "E-mail"]


def test_columns_without_headings_have_the_letters_of_a_spreadsheet():
    row = ["x"] * 28

    assert [column.title for column in guest_columns.columns([row], 0)][::27] == ["A", "AB"]


def test_cells_that_are_left_out_do_no_harm():
    rows = [["Name", "E-mail", "Sum"], ["Amina", "amina@x.example", "=1+1"], ["", "", "boss@x.example"]]

    lines = lines_of(rows)

    assert guests(lines) == [("Amina", "amina@x.example", "")]
    assert [(line.number, line.problem) for line in lines if line.problem] == [
        (3, "There is no e-mail address in this line.")
    ]


def test_formula_in_a_chosen_cell_is_refused():
    rows = [["Name", "E-mail"], ["=HYPERLINK(1)", "amina@x.example"]]

    assert [line.problem for line in lines_of(rows)] == ["There is a formula in this line. Write its result instead."]


def test_name_and_address_in_one_cell_leave_the_other_cells_in_place():
    rows = [["Name", "E-mail", "Organisation"], ["", "Amina Otieno <amina@x.example>", "UNEP"]]

    assert guests(lines_of(rows)) == [("Amina Otieno", "amina@x.example", "UNEP")]


def test_lines_keep_their_numbers():
    rows = [["Name", "E-mail"], ["Amina", "amina@x.example"], [], ["Omar", "omar@x.example"]]

    assert [line.number for line in lines_of(rows)] == [2, 4]


def test_words_that_repeat_are_no_names():
    rows = [["Title", "Number", "E-mail"], *(["Ms.", "7", f"a{number}@x.example"] for number in range(4))]

    assert proposed(rows)[1] == {0: "", 1: Meaning.LEFT_OUT, 2: Meaning.EMAIL}
