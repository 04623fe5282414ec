"""In which languages a time slot is held, and into which it is interpreted."""

from django.utils.translation import gettext as _

from sessions.clocks import dates
from sessions.reference.languages import codes_in
from sessions.reference.languages import in_words as language


def in_words(slot) -> str:
    """Empty where its session says all: no languages of its own, and no interpretation."""
    if not (slot.languages or slot.interpretation):
        return ""
    words = {"languages": _named(slot.spoken), "others": _named(codes_in(slot.interpretation))}
    if not slot.interpretation:
        return _("Held in: %(languages)s") % words
    return _("Held in: %(languages)s. Interpretation into: %(others)s") % words


def _named(codes) -> str:
    return dates.listed(language(code) for code in codes)
