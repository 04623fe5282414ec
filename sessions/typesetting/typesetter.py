"""One call of typst for each sheet: the same values give the same octets."""

import ctypes
import itertools
import json
import re
import unicodedata
from functools import cache
from pathlib import Path

import typst
from django.conf import settings
from django.utils.translation import get_language_info

FONTS = Path(__file__).parent / "fonts"
TEMPLATES = settings.BASE_DIR / "templates" / "typst"
# PDF 1.7 that programs for blind people can read (ISO 14289-1); typst refuses what has no title, or no glyph.
SHEET = {"format": "pdf", "pdf_standards": ["ua-1"]}
# As BCP 47 has them and typst wants them, where a language of the site is more than that.
LANGUAGES = {"zh-hans": ("zh", "CN")}
WITHOUT_GLYPH = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
# ISO 14289-1 forbids some that nobody sees, such as the mark at the beginning of a file that comes along in a paste.
FORBIDDEN = re.compile(r'disallowed codepoint `"((?:[^"\\]|\\.)*)"`')
ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
SHEETS_UNTIL_TIDIED = 20

_made = itertools.count(1)


class CannotSet(Exception):
    """Typst has given up in the middle of its work: the values have characters that it cannot put in order."""


class MissingCharacters(Exception):
    """None of the fonts has these `characters`, each of them once, in the order of the sheet.

    Where the fonts have each of them and only cannot put them together, they are the marks, or all of them.
    """

    def __init__(self, characters: str):
        super().__init__(f"No font has {characters!a}.")
        self.characters = characters


def pdf(template: str, values: dict, *, title: str, language: str) -> bytes:
    """The template `templates/typst/<template>.typ` as PDF/UA-1, with `values`, which JSON can write.

    `title` is that of the document, `language` one of the site. Raises MissingCharacters or CannotSet.
    """
    try:
        return _compiled(_compiler(template, values, title, language), **SHEET)
    except typst.TypstError as problem:
        if characters := _without_glyph(problem.diagnostic):
            raise MissingCharacters(_missing(characters)) from problem
        if forbidden := _characters(FORBIDDEN, problem.diagnostic):
            raise MissingCharacters(forbidden) from problem
        raise


def png(template: str, values: dict, *, title: str, language: str) -> bytes:
    """The only page as a picture, one pixel for each point. Raises the same as `pdf`."""
    # Of a picture typst does not say that it has empty boxes for letters.
    pdf(template, values, title=title, language=language)
    return _compiled(_compiler(template, values, title, language), format="png", ppi=72)


def as_far_as_it_goes(make, values) -> bytes:
    """What `make` makes of the values, without the characters for which it raises MissingCharacters."""
    while True:
        try:
            return make(values)
        except MissingCharacters as problem:
            left = without(values, problem.characters)
            if left == values:
                raise
            values = left


def without(values, characters: str):
    """The same values, with all texts in them without these characters."""
    if isinstance(values, dict):
        return {name: without(each, characters) for name, each in values.items()}
    if isinstance(values, list):
        return [without(each, characters) for each in values]
    return values.translate(dict.fromkeys(map(ord, characters))) if isinstance(values, str) else values


def _compiler(template, values, title, language):
    # One that two threads have at once refuses its work.
    return typst.Compiler(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"values": json.dumps(values, ensure_ascii=False), "title": title, **_in_language(language)},
    )


def _compiled(compiler, **wanted) -> bytes:
    try:
        return compiler.compile(**wanted)
    except BaseException as problem:
        # A panic of Rust is no Exception, and would end the thread of the server.
        if type(problem).__name__ == "PanicException":
            raise CannotSet from problem
        raise
    finally:
        _tidy_memory()


def _in_language(code) -> dict:
    language, region = LANGUAGES.get(code, (code, ""))
    return {"lang": language, "region": region, "dir": "rtl" if get_language_info(code)["bidi"] else "ltr"}


@cache
def _fonts():
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _without_glyph(diagnostic) -> str:
    return _characters(WITHOUT_GLYPH, diagnostic)


def _characters(pattern, diagnostic) -> str:
    return "".join(dict.fromkeys("".join(map(_unescaped, pattern.findall(diagnostic)))))


def _missing(characters) -> str:
    """Of those that typst named, which are whole clusters: “1” stands there as well if it stood under a mark."""
    try:
        _compiled(_compiler("characters", {"characters": list(characters)}, "characters", "en"), **SHEET)
    except (typst.TypstError, CannotSet) as problem:
        if alone := _without_glyph(getattr(problem, "diagnostic", "")):
            return alone
    marks = [each for each in characters if unicodedata.category(each)[0] in "MC"]
    return "".join(marks) or characters


def _unescaped(text) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else ESCAPES.get(found[2], found[2]), text)


def _tidy_memory():
    # The C library keeps what the threads of typst gave back: hundreds of MB after some thousand sheets.
    if next(_made) % SHEETS_UNTIL_TIDIED == 0 and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)
