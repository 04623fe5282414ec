"""A catalogue of translations for a test: the project has none of its own yet."""

import struct


def write(folder, language, texts):
    """The compiled form of GNU gettext: a header of seven numbers, two tables of length and place, then the texts."""
    texts = {"": "Content-Type: text/plain; charset=UTF-8\n"} | texts
    columns = [sorted(texts), [texts[key] for key in sorted(texts)]]
    tables, strings, place = b"", b"", 28 + 16 * len(texts)
    for text in (text.encode() for column in columns for text in column):
        tables += struct.pack("<2I", len(text), place + len(strings))
        strings += text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(texts), 28, 28 + 8 * len(texts), 0, 0)
    target = folder / language / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    target.write_bytes(head + tables + strings)
