"""Bars and columns beside the numbers of a table: plain values from which a template draws SVG."""

from dataclasses import dataclass

# The bars of a table, in units of which the longest has all.
LONGEST = 100
# A column chart: the room of each column, the height of the highest, and the lines for the words above and below.
STEP, COLUMN, HIGHEST, LINE = 56, 30, 110, 16


@dataclass(frozen=True)
class Bar:
    """`part` of it stands for those who came, if that is known; it is never longer than the bar."""

    all: float
    part: float
    knows_part: bool = True


@dataclass(frozen=True)
class Column:
    """From the top left corner; its number stands at `middle`, `above`, and its label below the ground."""

    x: int
    middle: int
    above: float
    y: float
    height: float
    part_y: float
    part_height: float
    number: str
    label: str


@dataclass(frozen=True)
class Columns:
    width: int
    height: int
    ground: int
    below: int
    columns: tuple[Column, ...]


def bars(pairs) -> list[Bar]:
    """Of pairs of a number and the part of it that came, each None where it is not known."""
    highest = max([number or 0 for number, _part in pairs], default=0) or 1
    return [_bar(number, part, highest) for number, part in pairs]


def _bar(number, part, highest) -> Bar:
    return Bar(_scaled(number, highest), _scaled(min(number or 0, part or 0), highest), part is not None)


def columns(pairs, numbers, labels) -> Columns:
    """The same pairs side by side, each with the text of its number above and its label below."""
    ground = LINE + HIGHEST
    made = [
        _column(place, bar, ground, number, label)
        for place, (bar, number, label) in enumerate(zip(bars(pairs), numbers, labels, strict=True))
    ]
    height = ground + LINE
    return Columns(STEP * len(made), height, ground, below=height - 3, columns=tuple(made))


def _column(place, bar, ground, number, label) -> Column:
    height, part = bar.all * HIGHEST / LONGEST, bar.part * HIGHEST / LONGEST
    x = place * STEP + (STEP - COLUMN) // 2
    tops = {"above": round(ground - height - 4, 1), "y": round(ground - height, 1), "part_y": round(ground - part, 1)}
    sizes = {"height": round(height, 1), "part_height": round(part, 1)}
    return Column(x=x, middle=place * STEP + STEP // 2, number=number, label=label, **tops, **sizes)


def _scaled(number, highest) -> float:
    return round((number or 0) * LONGEST / highest, 1)
