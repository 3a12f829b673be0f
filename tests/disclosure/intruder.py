"""What somebody who knows every definition can work out: an integer program over what is shown.

The intruder knows all that was published (values, bases, signals with their bands, which figures
are shown and which are not, every version), how parts add up to wholes, and which measures count
the same children: wherever two counts are equal in truth over a whole breakdown, the program is
told that they are, which is more than anybody outside could know.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

MOST = 10_000_000.0
LEVELS = ("critical", "concern", "attention")
Cell = tuple[int, str, str]
"""Version, id of the reading, and N (met) or D (base)."""


class Intruder:
    """Holds unknowns (the counts) and what is known of them.

    Args:
        versions: pairs of the council's own assessment and the copy that was published.
    """

    def __init__(self, versions: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> None:
        self.truth: dict[Cell, int] = {}
        self.rows: list[tuple[dict[Cell, float], float, float]] = []
        self.touching: dict[Cell, list[int]] = defaultdict(list)
        self.own = [own for own, _ in versions]
        for number, (own, copy) in enumerate(versions):
            counted = [each for each in own["readings"] if _is_counted(each)]
            for each in counted:
                self.truth[number, each["id"], "N"] = int(each["numerator"])
                self.truth[number, each["id"], "D"] = int(each["denominator"])
                self.know({(number, each["id"], "D"): 1, (number, each["id"], "N"): -1}, 0, MOST)
            shown = {each["id"]: each for each in copy["readings"]}
            for each in counted:
                if (seen := shown.get(each["id"])) and seen["value"] is not None:
                    self._shown(number, seen)
            self._sums(number, counted)
            self._same_children(number, counted)
        self._same_figures()

    def hidden(self) -> Iterable[tuple[Cell | None, Cell, int]]:
        """Small counts in truth: (cell to subtract from, cell, value); complements are D - N."""
        for (number, name, kind), value in self.truth.items():
            if 0 < value < 6:
                yield None, (number, name, kind), value
            if kind == "N":
                left = self.truth[number, name, "D"] - value
                if 0 < left < 6:
                    yield (number, name, "D"), (number, name, "N"), left

    def possible(self, whole: Cell | None, cell: Cell, truth: int, enough: int = 3) -> int:
        """How many values a count may have, as far as `enough`."""
        aim = {cell: 1.0} if whole is None else {whole: 1.0, cell: -1.0}
        assert self._extreme(aim, truth, truth, 1) == truth, "the program refuses the truth"
        found = {truth}
        while (
            len(found) < enough and (up := self._extreme(aim, max(found) + 1, MOST, 1)) is not None
        ):
            found.add(up)
        while (
            len(found) < enough and (low := self._extreme(aim, 0, min(found) - 1, -1)) is not None
        ):
            found.add(low)
        return len(found)

    def know(self, sum_of: dict[Cell, float], least: float, most: float) -> None:
        for cell in sum_of:
            self.touching[cell].append(len(self.rows))
        self.rows.append((sum_of, least, most))

    def _shown(self, number: int, seen: Mapping[str, Any]) -> None:
        n, d = (number, seen["id"], "N"), (number, seen["id"], "D")
        base, value = seen["denominator"], seen["value"]
        self.know({d: 1}, max(base - 5, 10), base + 4)
        assert seen["unit"] == "percent"
        if value in (0, 100):
            self.know({n: 1, d: -value / 100}, 0, 0)
        else:
            # Shown, so neither the count nor what is beside it is from one to five.
            half = 0.05 if base >= 1000 else 0.5
            self.know({n: 1}, 6, MOST)
            self.know({d: 1, n: -1}, 6, MOST)
            self.know({n: 100, d: -(value - half)}, -1e-6, MOST)
            self.know({n: 100, d: -(value + half)}, -MOST, 1e-6)
        self._by_signal(n, d, seen)

    def _by_signal(self, n: Cell, d: Cell, seen: Mapping[str, Any]) -> None:
        """What a signal tells of a share, where its band has plain cuts that hold in truth."""
        cuts = dict(re.findall(r"(\w+) under ([\d.]+)", (seen["band"] or {}).get("text") or ""))
        signal = seen["signal"]
        for place, level in enumerate(LEVELS):
            if level not in cuts or signal not in (*LEVELS, "secure"):
                continue
            worse = signal in LEVELS[: place + 1]
            least, most = (-MOST, -1e-9) if worse else (0, MOST)
            found = 100 * self.truth[n] - float(cuts[level]) * self.truth[d]
            if least <= found <= most:
                self.know({n: 100, d: -float(cuts[level])}, least, most)

    def _sums(self, number: int, readings: Sequence[Mapping[str, Any]]) -> None:
        by = _by_keys(readings)
        for (measure, keys), parts in by.items():
            for wider in {k for m, k in by if m == measure and set(k) < set(keys)}:
                for whole in by[measure, wider]:
                    inside = [
                        p for p in parts if all(p["where"][k] == whole["where"][k] for k in wider)
                    ]
                    for kind in "ND":
                        total = {(number, p["id"], kind): 1.0 for p in inside}
                        left = self.truth[number, whole["id"], kind] - sum(
                            self.truth[cell] for cell in total
                        )
                        total[number, whole["id"], kind] = -1.0
                        if left >= 0:
                            self.know(total, 0 if left == 0 else -MOST, 0)

    def _same_children(self, number: int, readings: Sequence[Mapping[str, Any]]) -> None:
        families: dict[tuple[str, str], dict[tuple[Any, ...], Any]] = defaultdict(dict)
        for each in readings:
            where = tuple(sorted(each["where"].items()))
            for kind in "ND":
                families[each["measure"], kind][where] = (number, each["id"], kind)
        known = list(families.items())
        for place, ((measure, kind), cells) in enumerate(known):
            for (other, other_kind), others in known[place + 1 :]:
                both = sorted(set(cells) & set(others))
                same = all(self.truth[cells[w]] == self.truth[others[w]] for w in both)
                alone = kind == other_kind == "D"
                if measure != other and both and same and (len(both) > 1 or alone):
                    for where in both:
                        self.know({cells[where]: 1, others[where]: -1}, 0, 0)

    def _same_figures(self) -> None:
        """A figure of the same period is the same in two versions, unless it was corrected."""
        first: dict[tuple[Any, ...], Cell] = {}
        for number, own in enumerate(self.own):
            for each in own["readings"]:
                if not _is_counted(each):
                    continue
                for kind in "ND":
                    key = (each["id"], each["from"], each["to"], each["at"], kind)
                    cell = (number, each["id"], kind)
                    other = first.setdefault(key, cell)
                    if other != cell and self.truth[other] == self.truth[cell]:
                        self.know({other: 1, cell: -1}, 0, 0)

    def check_truth(self) -> None:
        """What the intruder is told is true."""
        for sum_of, least, most in self.rows:
            found = sum(factor * self.truth[cell] for cell, factor in sum_of.items())
            assert least - 1e-3 <= found <= most + 1e-3, (sum_of, least, found, most)

    def _extreme(self, aim: dict[Cell, float], least: float, most: float, sign: int) -> int | None:
        """The least (or with a negative sign the greatest) value of a sum within bounds."""
        if least > most:
            return None
        cells, rows = self._part(aim)
        place = {cell: index for index, cell in enumerate(cells)}
        data, across, down, low, high = [], [], [], [], []
        for number, (sum_of, lower, upper) in enumerate([*rows, (aim, least, most)]):
            for cell, factor in sum_of.items():
                data.append(factor), across.append(place[cell]), down.append(number)
            low.append(lower if lower > -MOST else -np.inf)
            high.append(upper if upper < MOST else np.inf)
        goal = np.zeros(len(cells))
        for cell, factor in aim.items():
            goal[place[cell]] = sign * factor
        matrix = csr_array((data, (down, across)), shape=(len(low), len(cells)))
        result = milp(
            goal,
            constraints=LinearConstraint(matrix, low, high),
            bounds=Bounds(0, 1_000_000),
            integrality=np.ones(len(cells)),
            # With presolve, HiGHS calls some programs infeasible that the truth itself solves.
            options={"presolve": False, "time_limit": 20},
        )
        if result.x is None:
            assert result.status == 2, result.message
            return None
        return round(sum(factor * result.x[place[cell]] for cell, factor in aim.items()))

    def _part(self, aim: dict[Cell, float]) -> tuple[list[Cell], list[Any]]:
        """The unknowns that hang together with those aimed at, and what is known of them."""
        cells, rows, todo = set(aim), set(), list(aim)
        while todo:
            for number in self.touching[todo.pop()]:
                if number not in rows:
                    rows.add(number)
                    new = set(self.rows[number][0]) - cells
                    cells |= new
                    todo += new
        return sorted(cells), [self.rows[number] for number in sorted(rows)]


def _is_counted(reading: Mapping[str, Any]) -> bool:
    """Whether a reading is a share of whole people, whose counts the program can hold."""
    top, base = reading["numerator"], reading["denominator"]
    return (
        reading["unit"] == "percent"
        and top is not None
        and base is not None
        and top == int(top)
        and base == int(base)
        and 0 <= top <= base
        and (not base or abs((reading["value"] or 0) - 100 * top / base) < 1e-3)
    )


def _by_keys(readings: Iterable[Mapping[str, Any]]) -> dict[Any, list[Mapping[str, Any]]]:
    found: dict[Any, list[Mapping[str, Any]]] = defaultdict(list)
    for each in readings:
        found[each["measure"], tuple(sorted(each["where"]))].append(each)
    return dict(found)
