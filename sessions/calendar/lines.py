"""Content lines of iCalendar (RFC 5545 3.1): a property with its value, escaped and folded."""

import re
from datetime import UTC, datetime

# With the space at its beginning, a line has 75 octets at most (RFC 5545 3.1).
FOLD_AT = 74
# RFC 5545 3.3.11.
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
# RFC 5545 3.2, and what the icalendar package puts in quotes besides.
QUOTED = re.compile("[,;:’' ]")


def text(name: str, words: str) -> str:
    return f"{name}:{words.translate(ESCAPES)}"


def moment(name: str, at: datetime) -> str:
    """In UTC, so that no VTIMEZONE can be read in two ways."""
    at = at.astimezone(UTC)
    return f"{name}:{at.year:04}{at:%m%dT%H%M%SZ}"


def with_parameters(name: str, parameters: dict[str, str], value: str) -> str:
    """A double quote becomes a single one, because few programs know RFC 6868."""
    written = "".join(f";{key}={_quoted(each)}" for key, each in parameters.items())
    return f"{name}{written}:{value}"


def joined(lines) -> str:
    return "".join(f"{folded(line)}\r\n" for line in lines)


def folded(line: str) -> str:
    """In whole characters, and not between a backslash and what it escapes."""
    octets, pieces, start = line.encode(), [], 0
    while len(octets) - start > FOLD_AT:
        end = start + FOLD_AT
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        if octets[end - 1] in b"\\^":
            end -= 1
        pieces.append(octets[start:end])
        start = end
    return b"\r\n ".join([*pieces, octets[start:]]).decode()


def _quoted(value) -> str:
    # RFC 6868 for the caret alone.
    value = value.replace('"', "'").replace("^", "^^")
    return f'"{value}"' if QUOTED.search(value) else value
