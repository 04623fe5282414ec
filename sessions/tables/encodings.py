"""How the letters of a text file are written: known for sure by marks and by UTF-8's form, otherwise guessed."""

import codecs
import re
import unicodedata
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

# What Python calls it, and what people call it; those before "big5" are guessed, the first of equals wins.
ENCODINGS = {
    "utf-8": _("Unicode (UTF-8)"),
    "utf-16-le": _("Unicode (UTF-16)"),
    "utf-16-be": _("Unicode (UTF-16, big-endian)"),
    "cp1252": _("Western European (Windows-1252)"),
    "cp1250": _("Central European (Windows-1250)"),
    "cp1251": _("Cyrillic (Windows-1251)"),
    "cp1256": _("Arabic (Windows-1256)"),
    "cp1253": _("Greek (Windows-1253)"),
    "gb18030": _("Chinese, simplified (GB 18030)"),
    "mac_roman": _("Western European (Macintosh)"),
    "cp850": _("Western European (MS-DOS)"),
    "big5": _("Chinese, traditional (Big5)"),
    "cp1254": _("Turkish (Windows-1254)"),
    "cp1255": _("Hebrew (Windows-1255)"),
    "cp1257": _("Baltic (Windows-1257)"),
    "cp1258": _("Vietnamese (Windows-1258)"),
    "koi8_r": _("Cyrillic (KOI8-R)"),
    "mac_cyrillic": _("Cyrillic (Macintosh)"),
    "shift_jis": _("Japanese (Shift JIS)"),
    "euc_kr": _("Korean (EUC-KR)"),
    "cp874": _("Thai (Windows-874)"),
}
GUESSED = list(ENCODINGS)[3 : list(ENCODINGS).index("big5")]
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
SAMPLE_OCTETS, SAMPLE_WORDS = 64 * 1024, 500
# From its first letter on: from each of its letters it would be read as often as it is long.
FOREIGN_WORD = re.compile(r"(?<![^\s;,|\"<>()/])[^\s;,|\"<>()/]*[^\x00-\x7f\s][^\s;,|\"<>()/]*")
USUAL_PUNCTUATION = frozenset("’‘“”„«»–—…·•°ºª№€、，。：；（）《》「」،؛؟\u00a0\u3000")


def find(octets: bytes) -> tuple[str, bool]:
    """The encoding, and whether it is a guess."""
    if certain := _by_mark(octets) or _by_zeros(octets[:200]) or _by_form(octets):
        return certain, False
    return min(GUESSED, key=lambda encoding: _oddness(octets, encoding)), True


def decoded(octets: bytes, encoding: str) -> str:
    """The text without its mark; what this encoding has no letter for becomes U+FFFD."""
    return octets.decode(encoding, "replace").removeprefix("\ufeff")


def _by_mark(octets) -> str:
    return next((encoding for mark, encoding in MARKS.items() if octets.startswith(mark)), "")


def _by_zeros(first) -> str:
    """UTF-16 without a mark: of most Latin letters every other octet is zero."""
    for encoding, high in (("utf-16-le", first[1::2]), ("utf-16-be", first[::2])):
        if high.count(0) > len(high) / 2:
            return encoding
    return ""


def _by_form(octets) -> str:
    try:
        octets.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "utf-8"


def _oddness(octets, encoding) -> float:
    """How little the words look like a language's when they are read in this way; 0 is like any."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(octets[:SAMPLE_OCTETS])
    except UnicodeDecodeError:
        return float("inf")
    return sum(_oddness_of(word) for word in FOREIGN_WORD.findall(text)[:SAMPLE_WORDS])


def _oddness_of(word) -> int:
    scripts = [_script(character) for character in word]
    letters = list(zip(word, scripts, strict=True))
    odd = sum(_is_odd(*first, *second) for first, second in pairwise(letters))
    accents = "".join("a" if script == "LATIN" and not letter.isascii() else " " for letter, script in letters)
    return 3 * (odd + scripts.count("ODD")) + sum(len(run) - 2 for run in accents.split() if len(run) > 2)


def _is_odd(first, script, second, next_script) -> bool:
    """Two scripts in one word, or a capital behind a small letter, unless both are plain."""
    if "" in (script, next_script):
        return False
    if first.isascii() and second.isascii():
        return False
    return script != next_script or (first.islower() and second.isupper())


def _script(character) -> str:
    """The first word of a letter's name, "" for what is found beside letters of any script, "ODD" for what does not."""
    if character.isalpha():
        return unicodedata.name(character, "ODD").partition(" ")[0]
    is_usual = character.isascii() or character in USUAL_PUNCTUATION or unicodedata.category(character) == "Mn"
    return "" if is_usual else "ODD"
