"""Makes of the catalogues in locale/ what Django reads, where that is missing or older; nothing has to be installed.

In a language that is written from the right, the values in sentences are isolated here (decision 0070).
"""

import hashlib
import os
import re
import unicodedata
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.utils.translation import to_locale

REVIEWED = "REVIEWED"
# Not what is inside a tag, such as an address. Numbers (%(count)d) turn nothing.
VALUE = re.compile(r"<[^>]*>|%\((?!url\))\w+\)s")
RIGHT_TO_LEFT_MARK = "\N{RIGHT-TO-LEFT MARK}"
ISOLATED = "\N{FIRST STRONG ISOLATE}%s\N{POP DIRECTIONAL ISOLATE}"


def ready(folder: Path) -> Path:
    """The folder, once each `django.po` in it has its `django.mo`. Raises OSError where it cannot be written."""
    for source in sorted(folder.glob("*/LC_MESSAGES/django.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < max(map(_changed_at, (source, Path(__file__)))):
            _compile(source, compiled)
    return folder


def drafts(folder: Path, codes) -> set[str]:
    """Those of the languages, by their codes of Django, of which nobody has read today's catalogue.

    A line of REVIEWED is the language, the day, the digest of the catalogue that was read, and who read it.
    """
    lines = (folder / REVIEWED).read_text().splitlines() if (folder / REVIEWED).exists() else []
    read = {(language, digest) for language, _day, digest, *_name in map(str.split, lines)}
    return {code for code in codes if (code, digest_of(folder, code)) not in read}


def digest_of(folder: Path, code) -> str:
    """Of the catalogue of a language; empty where there is none."""
    path = folder / to_locale(code) / "LC_MESSAGES/django.po"
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.exists() else ""


def _compile(source, compiled):
    # Only needed after a change: every process and every test loads the settings.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parts[-3])
    if catalogue.locale.text_direction == "rtl":
        for message in catalogue:
            message.string = _isolating(message.string) if message.id else message.string
    # Several processes may do this at once, and none may read half of it.
    with NamedTemporaryFile(dir=compiled.parent, delete=False) as file:
        write_mo(file, catalogue)
    Path(file.name).chmod(0o644)
    os.replace(file.name, compiled)


def _changed_at(path) -> int:
    return path.stat().st_mtime_ns


def _isolating(translation):
    """The text, or each of its plurals, with every value between the characters that isolate it (UAX #9)."""
    if isinstance(translation, tuple):
        return tuple(map(_isolating, translation))
    text = VALUE.sub(lambda found: found[0] if found[0].startswith("<") else ISOLATED % found[0], translation)
    has_letters = any(unicodedata.bidirectional(each) in ("R", "AL") for each in text)
    # What is made of values alone, such as "%(city)s, %(offset)s", would run from the left inside another sentence.
    return text if has_letters or text == translation else f"{RIGHT_TO_LEFT_MARK}{text}"
