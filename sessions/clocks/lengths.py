"""How long something lasts, in words."""

from functools import cache

from babel.lists import format_list
from babel.units import format_unit
from django.utils.translation import get_language

from sessions.clocks import dates


def in_words(minutes: int) -> str:
    """1 hour 12 minutes."""
    return _in_words(minutes, get_language())


@cache
def _in_words(minutes, language) -> str:
    locale = dates.locale(language)
    parts = zip(divmod(minutes, 60), ("duration-hour", "duration-minute"), strict=True)
    units = [format_unit(count, unit, locale=locale) for count, unit in parts if count]
    # Babel says the second one twice by the Arabic pattern for units.
    return dates.all_of(units) if language == "ar" else format_list(units, style="unit-narrow", locale=locale)
