"""By what the lists of the desk can be narrowed: what their filters ask for, and nothing else."""

from django.contrib.admin.options import IncorrectLookupParameters

from sessions.clocks.wall_clock import YEARS
from sessions.staff.numbers import row_number

# What Django's filters put behind the name of a column.
BY_VALUE = ("", "__exact", "__id__exact", "__isnull", "__isempty")
BY_SPAN = ("__gte", "__lt")
BY_DAY = ("__year", "__month", "__day")
DIGITS_OF_A_YEAR, DIGITS_OF_A_DAY = 4, 2


class NarrowedByFilters:
    """For a ModelAdmin. Django narrows a list by every column of its rows, also by what nobody is shown.

    Guess by guess that would tell the key of a person or the address of a meeting. An address that asks for anything
    else, or for days that no calendar has, leads to the whole list.
    """

    def lookup_allowed(self, lookup, value, request=None):
        is_moment = lookup.endswith(BY_SPAN) or lookup in self._days()
        if lookup not in self._asked(request) or (is_moment and not _is_usual(lookup, value)):
            raise IncorrectLookupParameters(lookup)
        return True

    def _asked(self, request) -> set[str]:
        asked = self._days()
        for each in self.get_list_filter(request):
            if hasattr(each, "parameter_name"):
                asked.add(each.parameter_name)
            else:
                column = each[0] if isinstance(each, (tuple, list)) else each
                asked |= {column + how for how in BY_VALUE + BY_SPAN}
        return asked

    def _days(self) -> set[str]:
        return {self.date_hierarchy + how for how in BY_DAY} if self.date_hierarchy else set()


def _is_usual(lookup, value) -> bool:
    """Whether it has a year that every zone can show; which days there are in it, Django knows."""
    if lookup.endswith(("__month", "__day")):
        return value.isdecimal() and len(value) <= DIGITS_OF_A_DAY
    year = value if lookup.endswith("__year") else value[:DIGITS_OF_A_YEAR]
    return row_number(year) in YEARS
