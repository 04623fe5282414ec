"""Finds names, titles and addresses that would turn the order of Arabic text round: UAX #9."""

import re
import unicodedata
from html.parser import HTMLParser

ISOLATED = re.compile("\u2068[^\u2068\u2069]*\u2069")
# A name has three letters or more: UTC, PDF and the like are words of Arabic pages as well.
NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .@’'-](?=[^\W\d_])){2,}")
ADDRESS = re.compile(r"https?://\S+")
VOID = {"br", "hr", "img", "input", "meta", "link", "rect", "path", "circle", "wbr"}
INLINE = {"a", "abbr", "b", "button", "em", "i", "label", "s", "small", "span", "strong", "time"}
# What is the same in Arabic.
WORDS = {"UTC", "PDF", "JSON", "ics", "Minamata Online"}
# A title has no language but that of the page.
UNSAID = {"script", "style", "title"}
UNSEEN = {"script", "style", "svg", "title", "textarea", "option"}


def unisolated(text: str) -> list[str]:
    """Words in Latin letters that stand in a line of Arabic without being isolated."""
    return [f"{word} in: {line}" for line in text.splitlines() if is_arabic(line) for word in _latin(line)]


def unisolated_in_page(html: str) -> list[str]:
    page = _Page()
    page.feed(html)
    page.close()
    return unisolated("\n".join(page.blocks))


def said_in(html, language) -> str:
    """What a page says in its own language, without what is marked as being in another one."""
    page = _Page()
    page.feed(html)
    page.close()
    return "\n".join(text for text, each in page.texts if each == language)


def turned_in_page(html) -> list[str]:
    """Blocks in which a right-to-left override that somebody typed turns what stands behind it."""
    page = _Page()
    page.feed(html)
    page.close()
    blocks = [ISOLATED.sub(" ", block) for block in page.blocks]
    return [block for block in blocks if re.search("\u202e\\s*\\S", block)]


def _latin(line) -> list[str]:
    while ISOLATED.search(line):
        line = ISOLATED.sub(" ", line)
    return [word for word in NAME.findall(ADDRESS.sub(" ", line)) if not is_arabic(word) and word not in WORDS]


def is_arabic(text) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


class _Page(HTMLParser):
    """The text of each block; what is in an element with a direction of its own is isolated there."""

    def __init__(self):
        super().__init__()
        self.blocks, self.texts, self._open, self._languages = [""], [], [], []

    def handle_starttag(self, tag, attributes):
        if tag in VOID:
            self.blocks[-1] += "\n" if tag == "br" else ""
            return
        own = tag == "bdi" or "dir" in dict(attributes)
        is_block = tag not in INLINE and tag != "bdi"
        self._open.append((tag, own and not is_block, is_block))
        outer = self._languages[-1] if self._languages else ""
        self._languages.append(dict(attributes).get("lang", outer))
        if is_block:
            self.blocks.append("")
        elif own:
            self.blocks[-1] += "\u2068"

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        while self._open:
            opened, isolates, is_block = self._open.pop()
            self._languages.pop()
            if is_block:
                self.blocks.append("")
            elif isolates:
                self.blocks[-1] += "\u2069"
            if opened == tag:
                return

    def handle_data(self, data):
        opened = {tag for tag, *_rest in self._open}
        if not opened & UNSEEN:
            self.blocks[-1] += " ".join(data.split("\n"))
        if not opened & UNSAID:
            self.texts.append((data, self._languages[-1] if self._languages else ""))
