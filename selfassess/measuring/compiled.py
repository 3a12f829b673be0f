"""What compiling gives: named queries, and the step that counts their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from selfassess.measuring.computing import Aggregate
from selfassess.measuring.frames import Within
from selfassess.measuring.months import Months

__all__ = ["Compiled"]


@dataclass(slots=True)
class Compiled:
    """A compiled computation.

    Attributes:
        ctes: named queries, in order; the last is that of lines.
        lines: the name of the query of lines.
        dimensions: breakdown labels; line column ``g1`` is the first's.
        points: the ends looked at, for a series; empty otherwise.
        keys: the columns of each row that name its entity; line column ``k1`` is the first's.
        holders: for ``per``, the names of key columns ``h1`` …; empty otherwise.
        adjusted: whether a holder's value is not its own load, which column ``own`` then holds.
        monthly: whether lines carry the month of a series as ``t``, ``-`` outside of it.
        wide: whether lines outside the measure's own window are among them; ``i`` is 1 inside.
        months: those of the series.
        within: days beyond which no row of the relation is of use, where there are such.
        read: the columns of the relation that lines are made of; None where more may be.
        many: whether there are so many lines that each should be counted as few times as can be.
        uses: every (table, column) named, views' columns included.
        rests_on: every table or view.
        linked: what rows are linked to.
        by_use: for each dimension, what it rests on and uses, as above.
    """

    aggregate: Aggregate
    percentile: int
    ctes: list[tuple[str, str]]
    lines: str
    dimensions: tuple[str, ...]
    points: bool
    keys: tuple[str, ...]
    holders: tuple[str, ...]
    relation: str
    uses: frozenset[tuple[str, str]]
    rests_on: frozenset[str]
    linked: frozenset[str]
    by_use: Mapping[str, tuple[frozenset[str], frozenset[tuple[str, str]]]] = field(
        default_factory=dict
    )
    adjusted: bool = False
    monthly: bool = False
    wide: bool = False
    months: Months | None = None
    within: Within | None = None
    read: frozenset[str] | None = None
    many: bool = False

    def tally_sql(
        self, sets: Sequence[Sequence[str]], by_month: Sequence[Sequence[str]] = ()
    ) -> str:
        """Count lines by outcome and value, for the whole and for each set of dimensions.

        Columns: every dimension (NULL where it is not broken down by), month and whether inside the
        window (NULL where not told apart), the point if there are points, outcome, value (but for
        ``distinct``), the holder's load if that differs, lines, rows.

        Args:
            sets: what to break down by; the whole needs no saying.
            by_month: sets to tell apart by month as well, for lines that carry it.
        """
        label = {name: f"g{index + 1}" for index, name in enumerate(self.dimensions)}
        base = ["p", "o"] if self.points else ["o"]
        counted = "COUNT(DISTINCT v) AS c"
        shown = base
        if self.aggregate in ("share", "count") and not self.holders:
            # Rows that are only counted have no value; to group by none costs all the same.
            shown, counted = [*base, "NULL AS v"], "COUNT(*) AS c"
        elif self.aggregate != "distinct":
            base += ["v", "own"] if self.adjusted else ["v"]
            counted = "COUNT(*) AS c"
        inside = ["i"] if self.wide else []
        wanted = [[*(label[name] for name in each), *inside, *base] for each in ((), *sets)]
        wanted += [[*(label[name] for name in each), "t", *base] for each in by_month]
        # A dimension that the evidence lacks is in no set: it must not be picked.
        used = {name for each in sets for name in each}
        picked = [short if name in used else f"NULL AS {short}" for name, short in label.items()]
        if by_month:
            picked += ["t", "i" if self.wide else "1 AS i"]
        picked += [*shown, counted, "SUM(n) AS n" if self.holders else "COUNT(*) AS n"]
        if self.many and self.aggregate != "distinct":
            return self._added_up(wanted, picked)
        return (
            f"{self.with_()} SELECT {', '.join(picked)} FROM {self.lines} GROUP BY {_sets(wanted)}"
        )

    def _added_up(self, wanted: Sequence[Sequence[str]], picked: Sequence[str]) -> str:
        """Count the widest sets alone; one that lies within another is added up from its counts."""
        # Months hold the lines of the window and others: told apart, they serve for both.
        full = [[*each, *(["i"] if self.wide and "t" in each else [])] for each in wanted]
        widest = [each for each in full if not any(set(each) < set(other) for other in full)]
        names = list(dict.fromkeys(name for each in widest for name in each))
        told = [name for name in names if name[0] in "gt"]
        counts = picked[-2:]
        parts = []
        for each in wanted:
            source = next(other for other in widest if set(each) <= set(other))
            # No label is ever NULL: those that are tell which set a count belongs to.
            tests = [f"f.{name} IS {'NOT ' if name in source else ''}NULL" for name in told]
            shown = [_cell(name, each) if name in names else name for name in picked[:-2]]
            where = f" WHERE {' AND '.join(tests)}" if tests else ""
            parts.append(
                f"SELECT {', '.join(shown)}, SUM(f.c) AS c, SUM(f.n) AS n FROM f AS f{where} "
                f"GROUP BY {', '.join(f'f.{name}' for name in each)}"
            )
        counted = (
            f"SELECT {', '.join([*names, *counts])} FROM {self.lines} GROUP BY {_sets(widest)}"
        )
        return f"{self.with_()}, f AS ({counted}) {' UNION ALL '.join(parts)}"

    def with_(self) -> str:
        """The named queries, as SQL begins with them."""
        return "WITH " + ", ".join(f"{name} AS ({sql})" for name, sql in self.ctes)


def _sets(wanted: Sequence[Sequence[str]]) -> str:
    """What to group by: one set of columns, or several at once."""
    if len(wanted) == 1:
        return ", ".join(wanted[0])
    groups = ["(" + ", ".join(each) + ")" for each in wanted]
    return f"GROUPING SETS ({', '.join(groups)})"


def _cell(name: str, group: Sequence[str]) -> str:
    """A column where it is grouped by; of its type and blank where it is not."""
    if name in group:
        return f"f.{name} AS {name}"
    return f"CAST(NULL AS {'BIGINT' if name == 'i' else 'VARCHAR'}) AS {name}"
