"""Widgets that Django has not got, or not fast enough."""

from functools import lru_cache

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from sessions import marked


class LongSelect(forms.Select):
    """A select of hundreds of options; Django's own renders a template for each, which takes longer than the page.

    The options are the same for many readers: they are cached, and the one chosen is marked in them.
    """

    def render(self, name, value, attrs=None, renderer=None):
        attributes = self.build_attrs(self.attrs, attrs) | {"name": name}
        chosen = format_html('<option value="{}"', str(value or ""))
        options = _options(_settled(self.choices)).replace(chosen, f"{chosen} selected", 1)
        # Both the options and the mark are escaped already; replacing one by the other forgets it.
        return format_html("<select{}>{}</select>", flatatt(attributes), mark_safe(options))  # noqa: S308


def _settled(choices) -> tuple:
    """The choices with their words in the active language, so that nothing can change them."""
    return tuple(
        (value, *((_settled(words), "") if isinstance(words, list) else (str(words), _language(words))))
        for value, words in choices
    )


def _language(words) -> SafeString:
    """An option has no elements inside: what is in English still is marked by its attributes."""
    return marked.AS_ENGLISH if isinstance(words, marked.Marked) else SafeString()


@lru_cache(maxsize=64)
def _options(choices) -> str:
    return format_html_join("", "{}", ((_option(*each),) for each in choices))


def _option(value, words, language) -> str:
    if isinstance(words, tuple):
        return format_html('<optgroup label="{}">{}</optgroup>', value, _options(words))
    return format_html('<option value="{}"{}>{}</option>', value, language, words)
