"""What pages say about the site and about themselves: whom to write to, and what programs that show a link read."""

import json

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from sessions import rich_text
from sessions.plain_text import one_line

register = template.Library()
register.filter("rich", rich_text.html)
LONGEST_DESCRIPTION = 200
# What would end the block of data, or begin a tag in it.
ESCAPED = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}


@register.simple_tag
def contact_email() -> str:
    return settings.REPLY_TO_EMAIL


@register.simple_tag
def full_address(path) -> str:
    return settings.SITE_URL + path


@register.inclusion_tag("_preview.html")
def preview(*, title, description, path) -> dict:
    """For search engines, and for programs that show a picture and some words in the place of a link."""
    return {
        "title": one_line(title),
        "description": Truncator(one_line(rich_text.plain(description))).chars(LONGEST_DESCRIPTION),
        "url": settings.SITE_URL + path,
        "picture": settings.SITE_URL + static("img/preview.png"),
    }


@register.filter
def as_items(links) -> str:
    """Addresses of other sites that open a calendar's own form, as items of a list; a page has up to a hundred."""
    item = '<li><a href="{}" rel="noreferrer">{}</a></li>'
    return format_html_join("", item, ((link.url, link.name) for link in links))


@register.filter
def as_data_block(facts: dict):
    """JSON-LD, which no browser runs: neither is it a script to the content security policy."""
    words = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).translate(ESCAPED)
    # Escaped above, as Django's json_script does.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(words))  # noqa: S308
