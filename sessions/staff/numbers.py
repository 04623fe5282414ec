"""Numbers of rows, as addresses and forms of staff bring them."""

# More does not fit into a column (bigint), and of 4,301 digits Python makes no number.
MOST_DIGITS = 18


def row_number(text: str | None) -> int | None:
    """None for what is no number of a row, however long it is."""
    return int(text) if text and text.isdecimal() and len(text) <= MOST_DIGITS else None
