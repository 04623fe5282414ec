"""A cell of a list of the desk carries the heading of its column, and says so if there is nothing in it."""

import pytest
from django.utils.safestring import mark_safe

from sessions.templatetags.lists import under


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (
            '<td class="field-at nowrap">9 Oct</td>',
            '<td class="field-at nowrap" data-heading="Sent &quot;at&quot;">9 Oct</td>',
        ),
        ('<td class="field-at">-</td>', '<td class="field-at says-nothing" data-heading="Sent &quot;at&quot;">-</td>'),
        ('<td class="field-at">–</td>', '<td class="field-at says-nothing" data-heading="Sent &quot;at&quot;">–</td>'),
        ('<th class="field-name"><a href="/1/">Amina</a></th>', '<th class="field-name"><a href="/1/">Amina</a></th>'),
        ('<td class="action-checkbox"><input></td>', '<td class="action-checkbox"><input></td>'),
    ],
)
def test_cell_has_the_heading_of_its_column(cell, shown):
    assert under([mark_safe(cell)], [{"text": 'sent "at"'}]) == [shown]
