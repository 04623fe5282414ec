"""The chapters of docs/handbook/, read from Markdown, with their places and links as pages of the desk have them."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt

FOLDER = settings.BASE_DIR / "docs" / "handbook"
PICTURES = FOLDER / "pictures"
# In the order of the navigation; the first one says what is in the others.
NAMES = ["README", "day", "week", "season", "people", "writing", "feedback", "certificates", "mail-back", "colleagues"]
READER = MarkdownIt("commonmark", {"html": False})
TO_CHAPTER = re.compile(r"([\w-]+)\.md(#[\w-]+)?")
TO_PICTURE = re.compile(r"pictures/([\w-]+)\.png")


@dataclass(frozen=True)
class Chapter:
    """`places` are the anchors of its headings, named as GitHub does, so that links work there, too."""

    name: str
    title: str
    html: SafeString
    places: frozenset


@cache
def chapter(name: str) -> Chapter:
    """One of NAMES. The files change with the program alone, so each is read once."""
    tokens = READER.parse((FOLDER / f"{name}.md").read_text(encoding="utf-8"))
    # The heading of the page is above the text.
    title, tokens = tokens[1].content, tokens[3:]
    places = frozenset(_name_places(tokens))
    for token in tokens:
        for part in token.children or []:
            _lead_on(part)
    made = READER.renderer.render(tokens, READER.options, {})
    # From files of the program, by a parser that escapes HTML.
    return Chapter(name, title, mark_safe(made), places)  # noqa: S308


def picture(name: str) -> bytes | None:
    """The PNG of this name; None where there is none."""
    known = {path.stem: path for path in PICTURES.glob("*.png")}
    return known[name].read_bytes() if name in known else None


def address(name: str, place: str = "") -> str:
    return reverse("admin:handbook_chapter", args=[name]) + (f"#{place}" if place else "")


def _name_places(tokens):
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open":
            place = slugify(words.content)
            opening.attrSet("id", place)
            yield place


def _lead_on(part):
    """From a link between files to one between pages."""
    if part.type == "link_open" and (found := TO_CHAPTER.fullmatch(part.attrs["href"])):
        part.attrs["href"] = address(found[1], (found[2] or "")[1:])
    if part.type == "image" and (found := TO_PICTURE.fullmatch(part.attrs["src"])):
        part.attrs["src"] = reverse("admin:handbook_picture", args=[found[1]])
