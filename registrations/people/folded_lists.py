"""Lists of the desk that are found in by words, whatever the letter case, the accents and the order of the words."""

from collections import defaultdict

from registrations.people.search import MOST_WORDS, fold
from sessions import addresses


class FoldedSearch:
    """For a ModelAdmin whose `search_fields` are columns. Compares here, for lists of some thousands of rows.

    Each word typed has to be in one of the columns of the row.
    """

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        return queryset.filter(pk__in=_found(queryset.order_by(), search_term, self.search_fields)), False


def _found(rows, typed, columns) -> list[int]:
    words = fold(addresses.as_stored(typed)).split()[:MOST_WORDS]
    texts = defaultdict(list)
    for column in columns:
        for pk, text in rows.values_list("pk", column):
            texts[pk].append(fold(text or ""))
    return [pk for pk, folded in texts.items() if words and all(word in " ".join(folded) for word in words)]
