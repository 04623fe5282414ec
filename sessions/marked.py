"""Texts of staff on a page of another language: what is in English still is marked, for eyes, ears and direction."""

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from sessions import translations

# Of an element whose text is English on a page of another language; `templatetags.said` looks for it.
AS_ENGLISH = mark_safe(' lang="en" dir="ltr"')
AS_IT_RUNS = mark_safe(' dir="auto"')


def html(row, name) -> SafeString:
    """The text of a column for inside a line."""
    found = translations.said(row, name)
    return _in_a_span(found.text) if found.is_fallback else escape(found.text)


def in_english(text) -> SafeString:
    """As `html`, for a text of staff that never has a translation."""
    is_other = (get_language() or translations.ENGLISH) != translations.ENGLISH
    return _in_a_span(text) if text and is_other else escape(text)


def attributes(row, name) -> SafeString:
    """Language and direction for an element with the text as its own paragraphs."""
    return AS_ENGLISH if translations.said(row, name).is_fallback else AS_IT_RUNS


def _in_a_span(text) -> SafeString:
    return format_html("<span{}>{}</span>", AS_ENGLISH, text)
