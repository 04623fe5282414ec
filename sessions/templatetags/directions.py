"""Names, titles and addresses in mails: they keep their own order inside text that is written from the other side."""

import unicodedata

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language_bidi

from sessions import marked, plain_text

register = template.Library()
register.filter("isolated_text", plain_text.isolated)
register.filter(plain_text.isolated_each)
register.filter(plain_text.sentence)


@register.filter
def isolated(value):
    """For the HTML of mails, where Gmail, Yahoo and Outlook for Windows drop `<bdi>`."""
    if not get_language_bidi():
        return format_html("<bdi>{}</bdi>", value)
    if isinstance(value, marked.Marked):
        # It has a direction of its own.
        return format_html("{}{}{}", plain_text.ISOLATE, value, plain_text.END_OF_ISOLATE)
    return format_html('<span dir="{}">{}</span>', direction(str(value)), plain_text.isolated(str(value)))


def direction(words: str) -> str:
    """ltr or rtl, of the first letter."""
    first = next((kind for kind in map(unicodedata.bidirectional, words) if kind in plain_text.OF_LETTERS), "L")
    return "rtl" if first in plain_text.FROM_THE_RIGHT else "ltr"
