"""Sheets and pictures: every name as it was typed, or an error that names what cannot be printed."""

import io
import re
import shutil
from concurrent.futures import ThreadPoolExecutor

import pypdf
import pytest

from sessions.typesetting import typesetter
from tests.support.paths import ROOT

NAMES = ["Nguyễn Thị Ánh Tuyết", "Şükrü Łódź Ærø", "Жанна Щукина Їжак", "Ελένη", "张玥 喆堃 翀祎 甯", "محمد", "گلفاطمه"]
LINES = """
#import "base.typ": sheet, values, isolated
#show: sheet
= #values.title
#for each in values.lines [#par(isolated(each))]
"""
HOSTILE = [
    "#panic() $x^2$ [a] *b* _c_ `d` <e> @f",
    r"\u{41} \ #sys.inputs // no comment",
    '"]#eval("1")',
    "= No heading",
    "~--",
]

PANIC = (
    "\x96\u6d81\u01a0\u5047\u200d\u20e3\U0001f469\u200d\u4500 \u20e3\uc0ff\u2828a\u20e3\uf953\u20e3\u202e"
    "\u1527\u0301\U0001f3f3\u4128\U0001f3f3\u1336\u200d\ufe0f\u0301\u6e5e\U0001f3f3\u200f\u20e3\ua54b\u20e3\u6663\u1dd2\u202e1\u38bb\u10c1"
    "\u200b\u2c7d\u82b3\ua684\u99f3\u200b\U0001f3f3\u0301\u202e\u20e3\u42d3\u2066\U0001f469\u99e5\ufe0f\U0001f3f3"
    "\u200f \u20e3\u202e\u200b\u200d\u202eaa"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Templates: the base of all, and one that prints a title and lines."""
    for name in ("base.typ", "characters.typ"):
        shutil.copy(typesetter.TEMPLATES / name, tmp_path)
    (tmp_path / "lines.typ").write_text(LINES)
    monkeypatch.setattr(typesetter, "TEMPLATES", tmp_path)
    return tmp_path


def sheet(*lines, make=typesetter.pdf, title="Names", language="en"):
    return make("lines", {"title": title, "lines": lines}, title=title, language=language)


def read(octets):
    return pypdf.PdfReader(io.BytesIO(octets))


def lines_of(octets):
    [page] = read(octets).pages
    return page.extract_text().splitlines()


def test_names_of_all_scripts_are_read_back(folder):
    assert lines_of(sheet(*NAMES)) == ["Names", *NAMES]


def test_letters_stand_in_fonts_of_ours_alone(folder):
    [page] = read(sheet(*NAMES)).pages

    fonts = {font["/BaseFont"].partition("+")[2] for font in page["/Resources"]["/Font"].get_object().values()}
    assert {font.partition("-")[0] for font in fonts} == {"NotoSans", "NotoSansArabic", "NotoSansCJKsc"}


def test_values_are_text_and_never_markup(folder):
    assert lines_of(sheet(*HOSTILE)) == ["Names", *HOSTILE]


def test_characters_that_turn_direction_turn_their_own_line_alone(folder):
    drawn = lines_of(sheet("a\u202eb c", "d\u2066e", "f\u2069g", "plain"))

    assert [sorted(filter(str.isalpha, line)) for line in drawn[1:4]] == [["a", "b", "c"], ["d", "e"], ["f", "g"]]
    assert "".join(filter(str.isalpha, drawn[4])) == "plain"


@pytest.mark.parametrize("make", [typesetter.pdf, typesetter.png])
def test_characters_without_glyph_are_named(folder, make):
    with pytest.raises(typesetter.MissingCharacters) as problem:
        sheet("Ana 😀 한국", "再 한 👩\u200d👧", "\u0378", make=make)

    assert problem.value.characters == "😀한국👩👧\u0378"


def test_character_under_a_mark_that_no_font_has_is_not_named(folder):
    with pytest.raises(typesetter.MissingCharacters) as problem:
        sheet("Step 1\ufe0f\u20e3 of 12", "2\u20e3")

    assert problem.value.characters == "\u20e3"


def test_characters_that_no_sheet_may_have_are_named(folder):
    """The first comes along where a text is pasted from the beginning of a file."""
    with pytest.raises(typesetter.MissingCharacters) as problem:
        sheet("\ufeffAna", "Mer\ufeffcury")

    assert problem.value.characters == "\ufeff"


def test_values_are_set_without_what_cannot_be_set(folder):
    """Also where something more is found once the first characters are left out."""
    lines = ["Step 1\ufe0f\u20e3 of 12 \ufeff", "a\u20e3\u0489\u0301 \ufeff\U0001f469\u200d\U0001f52c 2\u20e3"]

    def make(values):
        return typesetter.pdf("lines", values, title="Steps", language="en")

    shown = lines_of(typesetter.as_far_as_it_goes(make, {"title": "Steps", "lines": lines}))

    assert re.sub(r"[^\x20-\x7f]", "", "".join(shown[:2])).strip() == "StepsStep 1 of 12"


def test_panic_of_the_library_is_an_exception(folder):
    """As one of Rust it is none, and would end the thread of the server."""
    with pytest.raises(typesetter.CannotSet):
        sheet(PANIC)


def test_values_are_given_without_characters():
    values = {"title": "Fish 🐟", "day": None, "bands": [{"x": 0.5, "light": "🐟 night"}]}

    found = {"title": "Fish ", "day": None, "bands": [{"x": 0.5, "light": " night"}]}
    assert typesetter.without(values, "🐟") == found


def test_another_mistake_is_not_taken_for_a_missing_character(folder):
    (folder / "lines.typ").write_text(LINES + "#values.no-such-value")

    with pytest.raises(RuntimeError, match="no-such-value"):
        sheet("Ana")


def test_same_values_give_same_octets(folder):
    assert sheet(*NAMES) == sheet(*NAMES)
    assert sheet(*NAMES, make=typesetter.png) == sheet(*NAMES, make=typesetter.png)


def test_two_threads_get_each_their_own(folder):
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda number: lines_of(sheet(f"Number {number}")), range(40)))

    assert made == [["Names", f"Number {number}"] for number in range(40)]


@pytest.mark.parametrize(("language", "said"), [("en", "en"), ("ar", "ar"), ("zh-hans", "zh-CN"), ("ru", "ru")])
def test_sheet_says_its_language_and_title(folder, language, said):
    document = read(sheet("Ana", title="A #title", language=language))

    assert (document.trailer["/Root"]["/Lang"], document.metadata.title) == (said, "A #title")
    assert "pdfuaid:part" in document.trailer["/Root"]["/Metadata"].get_data().decode()
    assert document.metadata.creation_date is None


def test_sheet_is_small(folder):
    assert len(sheet("Ana")) < 12_000
    assert len(sheet(*NAMES)) < 40_000


def test_template_reads_nothing_outside_its_folder(folder):
    (folder.parent / "secret.txt").write_text("secret")
    (folder / "lines.typ").write_text(LINES + '#read("../secret.txt")')

    with pytest.raises(RuntimeError, match="escape"):
        sheet("Ana")


def test_no_template_takes_a_package_or_makes_markup_of_values():
    templates = list((ROOT / "templates/typst").glob("*.typ"))

    assert templates
    assert [each.name for each in templates if re.search(r'import "@|\beval\(', each.read_text())] == []


def test_fonts_are_few_and_have_their_licence_beside_them():
    files = {each.name: each.stat().st_size for each in typesetter.FONTS.iterdir()}

    assert sum(files.values()) < 2_900_000
    assert "OFL.txt" in files
