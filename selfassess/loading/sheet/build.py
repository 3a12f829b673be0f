"""Puts the rows of a workbook together as the data that a framework's file would hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from selfassess.errors import Problem, nearest
from selfassess.loading import shape
from selfassess.loading.names import unknown
from selfassess.loading.sheet.cells import cell_value
from selfassess.loading.sheet.layout import (
    PART,
    UNDER,
    Column,
    SheetPlan,
    key_of,
    normal,
    plans,
)
from selfassess.loading.sheet.places import SheetDocument, cell_name, position
from selfassess.loading.sheet.rows import Grid, Row
from selfassess.loading.source import KeyPath

__all__ = ["Builder"]

_KEY, _VALUE, _WHAT = "key", "value", "what it is"
_STEP = re.compile(r"(\w+) (\d+)\Z")


@dataclass(slots=True)
class _Record:
    """A row as data, and where it lies in the whole."""

    data: dict[str, Any]
    row: Row
    path: KeyPath = ()


class Builder:
    """Builds the data, and collects what is wrong with the rows as rows."""

    def __init__(self, grids: Mapping[str, Grid]) -> None:
        self.grids = grids
        self.problems: list[Problem] = []
        self.data: dict[str, Any] = {}
        self._titles = tuple(plan.title for plan in plans())
        self._places: dict[KeyPath, tuple[int, int]] = {(): position(0, 1, 1)}
        self._held: dict[tuple[str, ...], dict[tuple[str, ...], _Record]] = {
            plan.path: {} for plan in plans() if plan.path
        }
        for title in grids:
            if title not in self._titles:
                self.problems.append(
                    Problem(
                        f"{title}!A1",
                        f"'{title}' is no sheet of a framework's workbook.",
                        nearest(title, self._titles) or "Rename it, or delete it from this copy.",
                    )
                )
        for plan in plans():
            if plan.title in grids:
                self._sheet(plan, grids[plan.title])

    def document(self) -> SheetDocument:
        """The data with their cells."""
        return SheetDocument("", self.data, (), self._places, {}, self._titles)

    def _sheet(self, plan: SheetPlan, grid: Grid) -> None:
        headers = (_KEY, _VALUE, _WHAT) if plan.shape == "head" else plan.headers()
        self.problems += grid.problems(plan, headers)
        rows = grid.rows(headers)
        if plan.shape == "head":
            self._head(plan, rows)
        elif plan.shape == "tree":
            self._tree(plan, rows)
        elif plan.shape == "parts":
            self._parts(plan, rows)
        else:
            for row in rows:
                self._attach(plan, _Record(self._data(plan, row), row))

    def _head(self, plan: SheetPlan, rows: list[Row]) -> None:
        known = {normal(column.header): column for column in plan.columns}
        seen: dict[str, str] = {}
        for row in rows:
            key, text = normal(row.cells.get(_KEY, "")), row.cells.get(_VALUE, "")
            column = known.get(key)
            place = self._cell(plan, row, _VALUE)
            if column is None:
                if key or text:
                    names = [column.header for column in plan.columns]
                    where = self._cell(plan, row, _KEY)
                    self.problems.append(unknown("line", row.cells.get(_KEY, ""), names, where))
                continue
            self._note(plan, row, column.keys, _VALUE)
            many = len(column.keys) == 1 and shape.kind(column.annotation) == "list"
            if not text:
                continue
            if many:
                items = self.data.setdefault(column.keys[0], [])
                self._note(plan, row, (*column.keys, len(items)), _VALUE)
                items.append(text)
                continue
            if seen.setdefault(key, place) != place:
                self.problems.append(
                    Problem(
                        place,
                        f"'{column.header}' is given for the second time; the first is "
                        f"{seen[key]}.",
                        "Keep one of the two lines.",
                    )
                )
                continue
            _put(self.data, column, text)

    def _data(self, plan: SheetPlan, row: Row) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for column in plan.columns:
            text = row.cells.get(column.header)
            if text:
                _put(data, column, text)
        return data

    def _tree(self, plan: SheetPlan, rows: list[Row]) -> None:
        """Put rows under one another: each id's first row is the one that others stand under."""
        records = [_Record(self._data(plan, row), row) for row in rows]
        key = key_of(plan.model)
        by_id: dict[str, _Record] = {}
        for record in records:
            by_id.setdefault(str(record.data.get(key, "")), record)
        below: dict[str, list[_Record]] = {}
        for record in records:
            under = record.row.cells.get(UNDER, "")
            if under and under not in by_id:
                place = self._cell(plan, record.row, UNDER)
                self.problems.append(unknown("node", under, by_id, place))
            else:
                below.setdefault(under, []).append(record)
        reached: set[int] = set()

        def place_all(under: str, path: KeyPath, into: list[Any]) -> None:
            for record in below.get(under, ()):
                if id(record) in reached:
                    continue
                reached.add(id(record))
                record.path = (*path, len(into))
                into.append(record.data)
                self._note_row(plan, record)
                identifier = str(record.data.get(key, ""))
                if by_id.get(identifier) is record and identifier in below and identifier:
                    children = record.data.setdefault(plan.own[0], [])
                    place_all(identifier, (*record.path, plan.own[0]), children)

        place_all("", plan.path, self.data.setdefault(plan.path[0], []))
        for under, lost in below.items():
            for record in lost:
                if id(record) not in reached:
                    self.problems.append(
                        Problem(
                            self._cell(plan, record.row, UNDER),
                            f"'{record.data.get(key, '')}' stands under '{under}', which stands "
                            "under it in turn.",
                            "Let one of them stand under another node, or at the top.",
                        )
                    )
        self._held[plan.path] = {(name,): record for name, record in by_id.items() if name}

    def _parts(self, plan: SheetPlan, rows: list[Row]) -> None:
        """Put parts of a condition together: the whole first, then what it is made of."""
        wholes: dict[tuple[tuple[str, ...], str], _Record] = {}
        for row in rows:
            record = _Record(self._data(plan, row), row)
            ids = tuple(row.cells.get(parent, "") for parent in plan.parents)
            part = " / ".join(step.strip() for step in row.cells.get(PART, "").split("/"))
            first = wholes.setdefault((ids, part), record)
            above, _, step = part.rpartition(" / ")
            found = _STEP.match(step)
            problem = ""
            if first is not record:
                problem = f"the part '{part}' stands here for the second time."
            elif not part:
                self._attach(plan, record)
            elif found is None or found[1] not in plan.own:
                problem = f"'{part}' names no part of a condition."
            elif (ids, above) not in wholes:
                problem = f"'{part}' is a part of something that has no row above this one."
            else:
                whole = wholes[ids, above]
                items = whole.data.setdefault(found[1], [])
                if int(found[2]) != len(items) + 1:
                    problem = f"'{part}' is out of order: the next one is number {len(items) + 1}."
                else:
                    record.path = (*whole.path, found[1], len(items))
                    items.append(record.data)
                    self._note_row(plan, record)
            if problem:
                names = ", ".join(f"'{key} 1'" for key in plan.own)
                hint = f"Leave it empty for the whole; write {names} and so on for its parts."
                self.problems.append(Problem(self._cell(plan, row, PART), problem, hint))

    def _attach(self, plan: SheetPlan, record: _Record) -> None:
        """Put a record into what it belongs to."""
        holder = self.data
        path: KeyPath = ()
        steps: tuple[str, ...] = plan.path
        if plan.parents:
            parent = self._parent(plan, record.row)
            if parent is None:
                return
            holder, path, steps = parent.data, parent.path, plan.path[len(self._outer(plan)) :]
        for key in steps[:-1]:
            holder = holder.setdefault(key, {})
            path = (*path, key)
            self._note(plan, record.row, path, plan.columns[0].header)
        self._note(plan, record.row, (*path, steps[-1]), plan.columns[0].header)
        if plan.shape == "parts":
            holder[steps[-1]] = record.data
            record.path = (*path, steps[-1])
        else:
            items = holder.setdefault(steps[-1], [])
            record.path = (*path, steps[-1], len(items))
            items.append(record.data)
        self._note_row(plan, record)
        ids = tuple(record.row.cells.get(parent, "") for parent in plan.parents)
        name = str(record.data.get(key_of(plan.model), ""))
        self._held.setdefault(plan.path, {}).setdefault((*ids, name), record)

    def _parent(self, plan: SheetPlan, row: Row) -> _Record | None:
        ids = tuple(row.cells.get(parent, "") for parent in plan.parents)
        known = self._held.get(self._outer(plan), {})
        if ids in known:
            return known[ids]
        for number, name in enumerate(ids):
            valid = sorted({other[number] for other in known if other[:number] == ids[:number]})
            if name in valid:
                continue
            word = plan.parents[number]
            place = self._cell(plan, row, word)
            if name:
                self.problems.append(unknown(word, name, valid, place))
            else:
                self.problems.append(
                    Problem(
                        place,
                        f"the row does not say which {word} it belongs to.",
                        "Write its id here, or clear the row.",
                    )
                )
            break
        return None

    def _outer(self, plan: SheetPlan) -> tuple[str, ...]:
        """The way to the nearest list that the sheet's rows lie in."""
        found = [p for p in self._held if plan.path[: len(p)] == p and p != plan.path]
        return max(found, key=len, default=())

    def _note_row(self, plan: SheetPlan, record: _Record) -> None:
        self._note(plan, record.row, record.path, plan.columns[0].header)
        for column in plan.columns:
            self._note(plan, record.row, (*record.path, *column.keys), column.header)

    def _note(self, plan: SheetPlan, row: Row, path: KeyPath, name: str) -> None:
        sheet = self._titles.index(plan.title)
        self._places.setdefault(path, position(sheet, row.number, row.columns.get(name, 1)))

    def _cell(self, plan: SheetPlan, row: Row, name: str) -> str:
        return f"{plan.title}!{cell_name(row.number, row.columns.get(name, 1))}"


def _put(data: dict[str, Any], column: Column, text: str) -> None:
    for key in column.keys[:-1]:
        data = data.setdefault(key, {})
    data[column.keys[-1]] = cell_value(text, column.annotation)
