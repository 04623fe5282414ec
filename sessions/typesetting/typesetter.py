"""One call of typst for each sheet: the same values give the same octets."""

import ctypes
import itertools
import json
import re
from functools import cache
from pathlib import Path

import typst
from django.conf import settings
from django.utils.translation import get_language_info

FONTS = Path(__file__).parent / "fonts"
TEMPLATES = settings.BASE_DIR / "templates" / "typst"
# PDF 1.7 that programs for blind people can read (ISO 14289-1); typst refuses what has no title, or no glyph.
STANDARD = "ua-1"
# As BCP 47 has them and typst wants them, where a language of the site is more than that.
LANGUAGES = {"zh-hans": ("zh", "CN")}
WITHOUT_GLYPH = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
SHEETS_UNTIL_TIDIED = 20

_made = itertools.count(1)


class MissingCharacters(Exception):
    """None of the fonts has these `characters`, each of them once, in the order of the sheet."""

    def __init__(self, characters: str):
        super().__init__(f"No font has {characters!a}.")
        self.characters = characters


def pdf(template: str, values: dict, *, title: str, language: str) -> bytes:
    """The template `templates/typst/<template>.typ` as PDF/UA-1, with `values`, which JSON can write.

    `title` is that of the document, `language` one of the site. Raises MissingCharacters.
    """
    try:
        return _compiled(_compiler(template, values, title, language), format="pdf", pdf_standards=[STANDARD])
    except typst.TypstError as problem:
        if characters := _without_glyph(problem.diagnostic):
            raise MissingCharacters(characters) from problem
        raise


def png(template: str, values: dict, *, title: str, language: str) -> bytes:
    """The only page as a picture, one pixel for each point. Raises MissingCharacters, as `pdf`."""
    # Of a picture typst does not say that it has empty boxes for letters.
    pdf(template, values, title=title, language=language)
    return _compiled(_compiler(template, values, title, language), format="png", ppi=72)


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
    finally:
        _tidy_memory()


def _in_language(code) -> dict:
    language, region = LANGUAGES.get(code, (code, ""))
    return {"lang": language, "region": region, "dir": "rtl" if get_language_info(code)["bidi"] else "ltr"}


@cache
def _fonts():
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _without_glyph(diagnostic) -> str:
    return "".join(dict.fromkeys("".join(map(_unescaped, WITHOUT_GLYPH.findall(diagnostic)))))


def _unescaped(text) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else ESCAPES.get(found[2], found[2]), text)


def _tidy_memory():
    # The C library keeps what the threads of typst gave back: hundreds of MB after some thousand sheets.
    if next(_made) % SHEETS_UNTIL_TIDIED == 0 and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)
