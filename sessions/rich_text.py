"""Texts of staff with paragraphs, headings, lists, links and emphasis, written in a small part of Markdown."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# Nothing else of Markdown has a meaning: no HTML, no pictures, no tables.
PARTS = ["heading", "list", "link", "autolink", "emphasis", "escape", "newline"]
TAGS = {"p", "h2", "ul", "ol", "li", "a", "em", "strong", "br"}
# The page has the heading of the first level.
LEVEL = "h2"


def html(text: str) -> SafeString:
    """For a page; whatever is typed becomes text or one of a few tags."""
    reader = MarkdownIt("zero", {"breaks": True}).enable(PARTS)
    tokens = reader.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = LEVEL
    made = reader.renderer.render(tokens, reader.options, {})
    clean = nh3.clean(
        made, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel="noreferrer"
    )
    # Made by the parser, which escapes HTML, and sanitised.
    return mark_safe(clean)  # noqa: S308
