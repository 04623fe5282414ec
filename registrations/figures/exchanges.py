"""In which rows one more, and in which one fewer, could leave everything that is shown as it is."""

from registrations.figures.families import Cell, Move


def cheapest(family, numbers, cell, *, more, hide_sums) -> Move | None:
    """Of the moves that make the number one more, or one fewer, one that hides little besides.

    First between two rows which are in the same sums; then between four, so that the sums are as before. To hide sums
    besides is the last way.
    """
    low, high = family.limits(cell)
    if numbers[cell] == (high if more else low):
        return None
    by = 1 if more else -1
    sides = _Sides(family, numbers, cell, more)
    within = _least(family, numbers, cell, by, sides.within_a_signature())
    if within and within.hides_nothing:
        return within
    across = _least(family, numbers, cell, by, sides.across_signatures())
    found = [move for move in (within, across) if move and move.hides_no_sum]
    if found or not hide_sums:
        return min(found, key=lambda move: move.cost, default=None)
    return _least(family, numbers, cell, by, sides.between_any())


def _least(family, numbers, cell, by, exchanges) -> Move | None:
    best = None
    for growing, shrinking in exchanges:
        move = family.move(numbers, growing, shrinking, cell.column)
        if move is None or move.changes.get(cell) != by:
            continue
        if move.hides_nothing:
            return move
        if best is None or move.cost < best.cost:
            best = move
    return best


class _Sides:
    """The finest rows that can grow and those that can shrink, of which either lie within the row of the number."""

    def __init__(self, family, numbers, cell, more):
        self.column = cell.column
        inside = set(family.finest_rows(cell))
        self.growing = [key for key in family.rows_with if family.can_be(numbers, key, cell.column, 1)]
        self.shrinking = [key for key in family.rows_with if family.can_be(numbers, key, cell.column, -1)]
        for rows in (self.growing, self.shrinking):
            rows.sort(key=lambda key: self._preference(family, key))
        self.signatures = {key: family.signature(key, cell.column) for key in family.rows_with}
        self.inside_grow = [key for key in self.growing if (key in inside) == more]
        self.outside_shrink = [key for key in self.shrinking if (key in inside) != more]

    def _preference(self, family, key):
        cell = Cell(family.finest.kind, key, self.column)
        return cell not in family.hidden, family.values[cell]

    def between_any(self):
        return (((one,), (other,)) for one in self.inside_grow for other in self.outside_shrink)

    def within_a_signature(self):
        signatures = self.signatures
        return (pair for pair in self.between_any() if signatures[pair[0][0]] == signatures[pair[1][0]])

    def across_signatures(self):
        """One of each signature is tried: two grow and two shrink, and each shown sum has as many of either."""
        grow, shrink = self._first(self.growing), self._first(self.shrinking)
        for one_signature, one in self._first(self.inside_grow).items():
            for other_signature, other in self._first(self.outside_shrink).items():
                for third_signature, third in grow.items():
                    fourth = shrink.get(_missing(one_signature, third_signature, other_signature))
                    if fourth and len({one, other, third, fourth}) == 4:
                        yield (one, third), (other, fourth)

    def _first(self, keys) -> dict:
        found = {}
        for key in keys:
            found.setdefault(self.signatures[key], key)
        return found


def _missing(one, third, other) -> frozenset | None:
    """The signature with which `other` has the same rows as `one` and `third` together."""
    left = [*one, *third]
    for row in other:
        if row not in left:
            return None
        left.remove(row)
    return frozenset(left)
