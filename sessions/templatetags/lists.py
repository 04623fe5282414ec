"""Cells of the lists of the desk with the headings of their columns."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

register = template.Library()
CELL = re.compile(r'<td class="(?!action-checkbox)([^"]*)">(.*)</td>', re.DOTALL)
NOTHING = {"", "-", "\N{EN DASH}"}


@register.filter
def under(cells, headings) -> list[str]:
    """The cells of a row as Django writes them, each with `data-heading`; one that says nothing has the class for it.

    Not the box to tick, nor the cell that names the row.
    """
    return [_under(cell, heading) for cell, heading in zip(cells, headings, strict=True)]


def _under(cell, heading) -> str:
    found = CELL.fullmatch(cell)
    if not found:
        return cell
    classes, shown = found.groups()
    nothing = " says-nothing" if shown.strip() in NOTHING else ""
    heading = escape(capfirst(heading["text"]))
    return mark_safe(f'<td class="{classes}{nothing}" data-heading="{heading}">{shown}</td>')  # noqa: S308
