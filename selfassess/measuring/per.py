"""Holders: rows grouped by a key, each group with values of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from selfassess.errors import nearest
from selfassess.measuring.frames import Frame, Shared
from selfassess.measuring.language import LanguageError, parse
from selfassess.measuring.pieces import (
    All,
    Atom,
    Condition,
    Opposite,
    Value,
    doubt_of,
    met,
    yes,
)
from selfassess.measuring.syntax import Call, Expression, Path
from selfassess.measuring.translate import condition, is_blank, value
from selfassess.model.measure import Per

__all__ = ["GROUPS", "Holders", "group"]

GROUPS = ("count", "distinct", "sum", "mean", "min", "max", "any", "all")


def group(node: Expression) -> tuple[str, Expression | None]:
    """Read an aggregate over the rows of a group: ``count``, ``sum(x)``, ``any(c)``.

    Raises:
        LanguageError: it is none.
    """
    if isinstance(node, Path) and node.parts == ("count",):
        return "count", None
    if isinstance(node, Call) and node.name in GROUPS:
        if node.name == "count" and not node.arguments:
            return "count", None
        if node.name != "count" and len(node.arguments) == 1 and not node.named:
            return node.name, node.arguments[0]
        raise LanguageError(node.at, f"{node.name} takes one expression, count none.")
    name = node.name if isinstance(node, Call) else ""
    raise LanguageError(
        node.at, f"an aggregate of rows was expected: {', '.join(GROUPS)}.", nearest(name, GROUPS)
    )


class Holders:
    """The queries from rows to holders.

    Args:
        per: what groups them and what is asked of a group.
        frame: the rows.
        attempt: keeps a fault and goes on.
        deciding: the values that the figure hangs on; others are mere labels.
    """

    def __init__(
        self, per: Per, frame: Frame, attempt: Callable[..., Any], deciding: frozenset[str]
    ) -> None:
        self.deciding = deciding
        self.keys = (per.key,) if isinstance(per.key, str) else tuple(per.key)
        self.rows = frame
        self.found: list[Value] = []
        for key in self.keys:
            fallback = Value("0", "number")
            self.found.append(
                attempt("per.key", lambda key=key: value(Path((key,)), frame), fallback)
            )
        self.values: list[tuple[str, str, Value | Condition | None]] = []
        for name, text in {"value": per.value, **per.also}.items():
            where = "per.value" if name == "value" else f"per.also {name}"
            read = attempt(where, lambda text=text: self._read(text), ("count", None))
            self.values.append((name, *read))

    def _read(self, text: str) -> tuple[str, Value | Condition | None]:
        kind, inside = group(parse(text))
        if inside is None:
            return kind, None
        if kind in ("any", "all"):
            return kind, condition(inside, self.rows)
        found = value(inside, self.rows)
        if kind in ("sum", "mean") and found.kind != "number":
            raise LanguageError(inside.at, f"a {found.kind} cannot be added up.")
        return kind, found

    def has_key(self) -> Condition:
        """A row without a key has no holder."""
        return All(tuple(Opposite(is_blank(found)) for found in self.found))

    def row_outcome(self) -> str:
        """Counted, or unknown where a cell that the holder's values need could not be read."""
        doubts: list[str] = []
        for name, _, found in self.values:
            if name not in self.deciding:
                continue
            if isinstance(found, Value):
                doubts += found.doubts
            elif found is not None:
                doubts += doubt_of(found)
        cases = " ".join(f"WHEN {doubt} THEN 3" for doubt in dict.fromkeys(doubts))
        return f"CASE {cases} ELSE 1 END" if cases else "1"

    def row_columns(self) -> list[str]:
        """What rows carry up: keys to group by (h) and as written (w), insides of aggregates."""
        picked = [f"{met(found)} AS h{i + 1}" for i, found in enumerate(self.found)]
        picked += [f"{found.sql} AS w{i + 1}" for i, found in enumerate(self.found)]
        for i, (_, kind, found) in enumerate(self.values):
            if isinstance(found, Value):
                picked.append(f"{met(found) if kind == 'distinct' else found.sql} AS a{i + 1}")
            elif found is not None:
                picked.append(f"CASE WHEN {yes(found)} THEN 1 ELSE 0 END AS a{i + 1}")
        return picked

    def group_sql(self, points: bool) -> str:
        """One line a holder: keys, values, and how many rows it holds."""
        keys = [f"h{i + 1}" for i in range(len(self.keys))]
        if points:
            keys.append("p")
        picked = list(keys)
        for i, (_, kind, _) in enumerate(self.values):
            picked.append(f"{_grouped(kind, f'a{i + 1}')} AS x{i + 1}")
        by = ", ".join(keys)
        return f"SELECT {', '.join(picked)}, COUNT(*) AS n FROM r WHERE o = 1 GROUP BY {by}"

    def frame(self, shared: Shared) -> Frame:
        """The names that a holder has."""
        names: dict[str, Value | Condition] = {}
        for i, (key, of) in enumerate(zip(self.keys, self.found, strict=True)):
            names[key] = Value(f"h.h{i + 1}", of.kind, of.codes, filled=True, loose=of.loose)
        for i, (name, kind, found) in enumerate(self.values):
            sql = f"h.x{i + 1}"
            if kind in ("any", "all"):
                names[name] = Atom(f"{sql} = 1", firm=True)
            elif kind in ("min", "max") and isinstance(found, Value):
                names[name] = Value(sql, found.kind, found.codes, loose=found.loose)
            else:
                names[name] = Value(sql, "number", filled=kind in ("count", "distinct"))
        return Frame(
            shared, self.rows.relation, "h", lets=self.rows.lets, names=names, only_names=True
        )


def _grouped(kind: str, inside: str) -> str:
    match kind:
        case "count":
            return "COUNT(*)"
        case "distinct":
            return f"COUNT(DISTINCT {inside})"
        case "mean":
            return f"CAST(SUM({inside}) AS DOUBLE) / COUNT({inside})"
        case "any":
            return f"MAX({inside})"
        case "all":
            return f"MIN({inside})"
        case _:
            return f"{kind.upper()}({inside})"
