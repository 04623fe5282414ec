"""Text that stays on one line and in its own direction of writing, for headers and calendar properties."""

import unicodedata

# Control characters, lone surrogates, line and paragraph separators.
BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})
# What turns the direction of the text that follows; the harmless marks LRM, RLM and ALM stay.
TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def one_line(text: str) -> str:
    """The text with single spaces and without characters that break a line or turn the direction of writing."""
    if text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(map(_safe, text)).split())


def _safe(character: str) -> str:
    if unicodedata.category(character) in BREAKING:
        return " "
    return "" if unicodedata.bidirectional(character) in TURNING else character
