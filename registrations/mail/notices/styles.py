"""How the parts of a mail look that come up in many of them: mail programs read `style` attributes and little else."""

from django.utils.safestring import mark_safe
from django.utils.translation import get_language_bidi

STYLES = {
    "title": "margin:0 0 12px; font-size:24px; line-height:1.25; font-weight:bold;",
    "heading": "margin:32px 0 8px; font-size:17px; line-height:1.35; font-weight:bold;",
    "slot": "margin:0; font-size:20px; line-height:1.35; font-weight:bold;",
    "button_place": "margin:24px 0;",
    "button": (
        "display:inline-block; padding:12px 20px; background:#173f54; color:#ffffff; font-weight:bold; "
        "text-decoration:none; border-radius:4px;"
    ),
}


def from_the_right() -> str:
    """Attributes of a cell in a language from the right: Gmail drops the direction of the whole page."""
    return mark_safe(' dir="rtl" align="right"') if get_language_bidi() else ""
