"""Texts of staff with paragraphs, headings, lists, links and emphasis, written in a small part of Markdown."""

import re
from functools import lru_cache
from urllib.parse import unquote

import nh3
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.urls import translate_url
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

# Nothing else of Markdown has a meaning: no HTML, no pictures, no tables.
READER = MarkdownIt("zero", {"breaks": True}).enable(
    ["heading", "list", "link", "autolink", "emphasis", "escape", "newline"]
)
# Some pages. Brackets alone take a fifth of a second then; five times as many take four seconds.
LONGEST = 10_000
validate_length = MaxLengthValidator(LONGEST)
# A mail has no site around it: an address without one of these leads nowhere from there.
WHOLE_ADDRESS = re.compile(r"(?:https?://[^/]|mailto:.)", re.IGNORECASE)
OWN_PAGE = re.compile(r"/(?![/\\])")
TAGS = {"p", "h2", "ul", "ol", "li", "a", "em", "strong", "br"}
# A link whose address was taken away, since it leads into another program or nowhere; links are in no other link.
LEADS_NOWHERE = re.compile(r'<a rel="noreferrer">(.*?)</a>', re.DOTALL)
DIRECTED = re.compile(r"<(p|h2|ul|ol)(?=[ >])")
# The page has the heading of the first level.
LEVEL = "h2"
BREAKS = ("softbreak", "hardbreak")
ENDS_OF_LISTS = ("bullet_list_close", "ordered_list_close")


def html(text: str) -> SafeString:
    """For a page; whatever is typed becomes text or one of a few tags. Links to pages of ours keep its language."""
    return _html(text, get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=500)
def _html(text, language) -> SafeString:
    tokens = READER.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = LEVEL
        for part in token.children or []:
            if part.type == "link_open":
                part.attrs["href"] = _in_language(str(part.attrs["href"]), language)
    made = READER.renderer.render(tokens, READER.options, {})
    clean = nh3.clean(
        made,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}, "*": set()},
        url_schemes={"http", "https", "mailto"},
        link_rel="noreferrer",
    )
    # Made by the parser, which escapes HTML, and sanitised.
    return mark_safe(LEADS_NOWHERE.sub(r"\1", clean))  # noqa: S308


def _in_language(address, language) -> str:
    """Staff write the English address of a page; one that is no page of ours stays as it is."""
    if language == settings.LANGUAGE_CODE or not OWN_PAGE.match(address):
        return address
    with override(settings.LANGUAGE_CODE):
        return translate_url(address, language)


def each_in_its_direction(text: str) -> SafeString:
    """As `html`, for words in several languages: a paragraph, heading or list runs as its first letters do."""
    # What stands between tags is escaped, so that only tags are replaced.
    return mark_safe(DIRECTED.sub(r'<\1 dir="auto"', html(text)))  # noqa: S308


def validate_links(text: str):
    """For texts that leave by mail."""
    words = _("“%(address)s” is no whole address. A link begins with https:// or mailto:.")
    wrong = [address for address in _linked(text) if not WHOLE_ADDRESS.match(address)]
    if wrong:
        raise ValidationError([ValidationError(words, params={"address": unquote(each) or "()"}) for each in wrong])


def _linked(text) -> list[str]:
    parts = [part for token in READER.parse(text) for part in token.children or []]
    return [str(part.attrs["href"]) for part in parts if part.type == "link_open"]


def first_paragraph(text: str) -> tuple[str, str]:
    """What stands before the first empty line, and what stands after it."""
    first, *rest = re.split(r"\r?\n[ \t]*\r?\n", text.strip(), maxsplit=1)
    return first, "".join(rest)


@lru_cache(maxsize=500)
def plain(text: str) -> str:
    """For mails and calendars: paragraphs with empty lines between them, items of lists below one another."""
    words, between, mark = "", "", ""
    for token in READER.parse(text):
        if token.type == "list_item_open":
            mark = f"{token.info}. " if token.info else "- "
        elif token.type == "inline":
            words += between + mark + _words(token.children)
            between, mark = "\n\n", ""
        elif token.type == "list_item_close":
            between = "\n"
        elif token.type in ENDS_OF_LISTS:
            between = "\n\n"
    return words


def _words(tokens) -> str:
    """A link is its words and, where they are others, its address."""
    words, begins, address = "", 0, ""
    for token in tokens:
        if token.type == "link_open":
            begins, address = len(words), str(token.attrs["href"])
        elif token.type == "link_close":
            words += "" if words[begins:] == address.removeprefix("mailto:") else f" ({address})"
        else:
            words += "\n" if token.type in BREAKS else token.content
    return words
