"""Names of files that every file system takes: ASCII, small letters, short, and none that Windows keeps for itself."""

import re

LONGEST = 80
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def plain(words: str, instead: str) -> str:
    """`instead` where nothing is left of the words."""
    kept = re.sub(r"[^a-z0-9_-]+", "-", words.lower()).strip("-_")[:LONGEST].strip("-_") or instead
    return f"{kept}_" if DEVICES.fullmatch(kept) else kept


def of_each(slugs) -> dict[str, str]:
    """A name for each slug, no two alike: some file systems take capitals for small letters."""
    names = {}
    for slug in slugs:
        name, number = plain(slug, "page"), 2
        while name in names.values():
            name, number = f"{plain(slug, 'page')}-{number}", number + 1
        names[slug] = name
    return names
