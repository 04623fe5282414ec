"""What somebody can compute of hidden numbers who has all tables, knows every rule, and solves linear programs."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

# In no row is the first more than the second.
LAWS = (
    ("confirmed", "registered"),
    ("held", "registered"),
    ("came", "held"),
    ("came", "confirmed"),
    ("people", "registered"),
    ("first_time", "people"),
    ("people_came", "people"),
    ("people_came", "came"),
)
OF_PEOPLE = {"people", "first_time", "people_came"}
LONGEST = 5400
ANY = 10**6


class Guesser:
    """Every number is a variable, with what is known of it as its bounds; `seasons` are pairs of true and shown tables.

    The guesser is told which hidden numbers are from one to four, and which columns are left out.
    """

    def __init__(self, seasons, *, windows=(), known=()):
        self.true, self.bounds, self.hidden, self.left_out = {}, {}, set(), set()
        self.terms, self.limits = [], []
        self.windows, self.known = dict(windows), set(known)
        for number, (tables, shown) in enumerate(seasons):
            self._add(number, tables, shown)
        self.index = {cell: place for place, cell in enumerate(self.true)}

    def _add(self, season, tables, shown):
        by_kind = {table.kind: table for table in tables}
        for table, other in zip(tables, shown, strict=True):
            self._add_numbers(season, table, other)
        for table in tables:
            finest = by_kind.get(table.finer, table)
            for place, column in enumerate(table.columns):
                self._add_sums(season, table, finest, column, place)
            for row in table.rows:
                self._add_laws((season, table.kind, row.key), table.columns)

    def _add_numbers(self, season, table, other):
        for place, column in enumerate(table.columns):
            is_left_out = all(row.values[place] is None for row in other.rows)
            for row, seen in zip(table.rows, other.rows, strict=True):
                self._add_number(
                    (season, table.kind, row.key, column), row.values[place], seen.values[place], is_left_out
                )
            total = table.total.values[place], other.total.values[place]
            self._add_number((season, table.kind, None, column), *total, is_left_out)

    def _add_number(self, cell, number, seen, is_left_out):
        if number is None:
            return
        self.true[cell] = number
        if seen is not None or cell in self.known:
            self.bounds[cell] = number, number
            return
        if cell[3] != "seconds":
            self.hidden.add(cell)
        if is_left_out:
            self.left_out.add(cell)
        self.bounds[cell] = self._bounds(cell, number, is_left_out)

    def _bounds(self, cell, number, is_left_out):
        if is_left_out or cell[3] == "seconds":
            return 0, np.inf if cell[3] == "seconds" else ANY
        low, high = (1, 4) if 0 < number < 5 else (5, ANY) if number else (0, 4)
        if cell in self.windows:
            return max(low, self.windows[cell] - 4), min(high, self.windows[cell] + 4)
        return low, high

    def _add_sums(self, season, table, finest, column, place):
        if column not in finest.columns:
            return
        if table is finest:
            self._add_sum(
                (season, table.kind, None, column), [(season, table.kind, row.key, column) for row in table.rows]
            )
        else:
            for row in table.rows:
                parts = [(season, finest.kind, key, column) for key in row.parts]
                self._add_sum((season, table.kind, row.key, column), parts)

    def _add_sum(self, whole, parts):
        """A whole is at most the sum of its parts, and at least each: people may be in several."""
        parts = [part for part in parts if part in self.true]
        if whole not in self.true or not parts:
            return
        adds_up = sum(self.true[part] for part in parts) == self.true[whole]
        is_certain = whole[3] not in OF_PEOPLE or whole[1] not in {"slot", "session", "stream", "week"}
        self._limit({whole: 1} | {part: -1 for part in parts}, 0 if adds_up and is_certain else -np.inf, 0)
        for part in parts:
            self._limit({part: 1, whole: -1}, -np.inf, 0)

    def _add_laws(self, row, columns):
        for low, high in LAWS:
            if (*row, low) in self.true and (*row, high) in self.true:
                self._limit({(*row, low): 1, (*row, high): -1}, -np.inf, 0)
        if (*row, "came") in self.true and (*row, "seconds") in self.true:
            self._limit({(*row, "seconds"): 1, (*row, "came"): -LONGEST}, -np.inf, 0)

    def _limit(self, factors, low, high):
        self.terms.append(factors)
        self.limits.append((low, high))

    def computed(self) -> set:
        """Hidden numbers that can be nothing but what they are.

        That nobody is in a row may be known, and so may a row of which everybody is, beside the total. A guesser who
        knows some of the hidden numbers is not kept from those of columns that are left out.
        """
        self._prepare()
        left = {cell for cell in self.hidden if self.true[cell] not in (0, self.true[(*cell[:2], None, cell[3])])}
        left -= self.known | (self.left_out if self.known else set())
        chance = np.random.default_rng(1)
        for _ in range(12):
            if not left:
                break
            weights = {cell: chance.choice([-1.0, 1.0]) * chance.uniform(0.5, 1.5) for cell in sorted(left, key=repr)}
            left -= self._differing(left, weights)
        for cell in sorted(left, key=repr):
            for sign in (1, -1):
                left = left - self._differing(left, {cell: sign}) if cell in left else left
        return left

    def range_of(self, cell) -> tuple[int, int]:
        self._prepare()
        least, most = (self._solved({cell: sign})[self.index[cell]] for sign in (1, -1))
        return round(least), round(most)

    def _differing(self, cells, weights) -> set:
        found = self._solved(weights)
        return {cell for cell in cells if abs(found[self.index[cell]] - self.true[cell]) > 0.5}

    def _prepare(self):
        places = [
            (row, self.index[cell], factor) for row, terms in enumerate(self.terms) for cell, factor in terms.items()
        ]
        rows, columns, factors = zip(*places, strict=True)
        matrix = coo_array((factors, (rows, columns)), shape=(len(self.terms), len(self.true))).tocsr()
        self.constraint = LinearConstraint(matrix, *zip(*self.limits, strict=True))
        assert not (matrix @ np.array(list(self.true.values())) > self.constraint.ub + 1e-6).any()

    def _solved(self, weights):
        objective = np.zeros(len(self.true))
        for cell, weight in weights.items():
            objective[self.index[cell]] = weight
        low, high = zip(*(self.bounds[cell] for cell in self.true), strict=True)
        solved = milp(objective, bounds=Bounds(low, high), constraints=self.constraint)
        assert solved.status in (0, 1), solved.message
        return solved.x
