"""On which lines the tables and keys of a TOML text are; tomllib reads the values but not their places."""

import re
from collections import Counter

# Strings and comments come first, so that nothing inside them is taken for a header or a key.
TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''.*?'''"
    r"|^[ \t]*(?P<header>\[\[?[ \t]*[\w-]+(?:[ \t]*\.[ \t]*[\w-]+)*[ \t]*\]\]?)"
    r"|^[ \t]*(?P<key>[\w-]+)[ \t]*(?=[.=])"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*",
    re.DOTALL | re.MULTILINE,
)


def places(toml: str) -> dict[tuple, int]:
    """Line numbers by place: ("season",), ("season", "slug"), ("session", 3), ("session", 3, "slots").

    `toml` is text that tomllib has read without an error.
    """
    lines: dict[tuple, int] = {}
    seen: Counter = Counter()
    table: tuple = ()
    for token in TOKEN.finditer(toml):
        line = toml.count("\n", 0, token.end()) + 1
        if header := token["header"]:
            table = _table(header, seen)
            lines.setdefault(table, line)
        elif token["key"]:
            lines.setdefault((*table, token["key"]), line)
    return lines


def _table(header, seen) -> tuple:
    """The place that a header opens: [[session]] the next session, [[session.slots]] a key of the latest one."""
    name, *below = re.findall(r"[\w-]+", header)
    if not header.startswith("[["):
        return (name, seen[name] - 1, *below) if seen[name] else (name, *below)
    if not below:
        seen[name] += 1
    return (name, seen[name] - 1, *below)
