"""Tables as a contract: what a list's columns are, how rows meet, and tables made of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from selfassess.model.common import STRICT, Source

__all__ = ["Code", "Column", "Link", "TableSpec", "View", "ViewSource"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One value of a coded column and the spellings that mean it.

    Letter prefixes (``b) Female``) are understood without being listed.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a declared table.

    Attributes:
        name: its name in the measure language, ``snake_case``.
        headers: header texts that mean it, without regard to case, spaces, quotes and question
            marks; the first is the official one and is what errors print.
        required: a sheet without this header is not this table.
        personal: holds or may hold what identifies a child; never printed.
        optional: may be left out without a word; other missing columns are told of.
        planned: a date that says nothing of when the list was drawn, such as a birth or a due date.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: str
    headers: tuple[str, ...]
    type: Literal["id", "text", "date", "datetime", "integer", "number", "code"]
    codes: tuple[Code, ...] = ()
    required: bool = False
    personal: bool = False
    optional: bool = False
    planned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A declared way from one table to one row of another: ``worker.role``.

    Attributes:
        on: columns here and the columns there that equal them.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: str
    table: str
    on: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """A declared evidence table.

    Attributes:
        entity: what one row speaks of: child, worker, post, audit …
        key: columns that identify the entity; a row without them is set aside.
        event: the date that decides whether a row lies after the as-at date.
        entry: the date on which it was recorded.
        opened, closed: the span in which the row is open (half-open: closed on the day is closed).
        closed_when: a language expression under which a row counts as closed whatever its dates.
        cover: the months that the list holds, from its guidance, ``6 months``; nothing for all.
        state_columns: columns that speak of the day the list was drawn, not of the row's own date.
        born: the date of birth, for ``age(at)``.
        dataset: what it is a table of, where lists are made of it and it is no list itself.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    entity: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    event: str | None = None
    entry: str | None = None
    opened: str | None = None
    closed: str | None = None
    closed_when: str | None = None
    cover: str | None = None
    state_columns: tuple[str, ...] = ()
    born: str | None = None
    links: tuple[Link, ...] = ()
    files: tuple[str, ...] = ()
    dataset: str = ""
    source: Source | None = None
    note: str = ""

    def column(self, name: str) -> Column:
        """A column by name; KeyError for an unknown one."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewSource:
    """One table, or one earlier view, that a view draws rows from.

    Attributes:
        open: whether only rows open at the as-at date are drawn.
        columns: the view's columns as expressions of this table, where the name alone will not do.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    table: str
    filter: str | None = None
    open: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A table made of others: a union of sources, then one row an entity.

    Attributes:
        key: columns that identify the entity, as in `TableSpec`.
        columns: the view's columns; each source has a column of that name or says what stands for
            it. A source with neither leaves it blank.
        per: one row for each value of these columns; nothing keeps every row.
        rank, first_of: the order of `rank` column's values that decides which row speaks first.
        combine: for a column, how rows of one entity become one value, in the measure language;
            otherwise the first that is not blank.
        newest: a date by which rows of one entity stand in order, the latest speaking first.
        event: the column that dates a row, as in `TableSpec`; unknown also where it cannot be told
            whether a source's filter holds.
        opened, closed: the span in which a row is open, as in `TableSpec`.
        supplies: a declared table that is made of this view where no file supplied it and a source
            of the view was. The view's columns are then columns of that table.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    entity: str
    key: tuple[str, ...]
    union: tuple[ViewSource, ...]
    columns: tuple[str, ...]
    per: tuple[str, ...] = ()
    rank: str | None = None
    first_of: tuple[str, ...] = ()
    combine: Mapping[str, str] = field(default_factory=dict)
    newest: str | None = None
    links: tuple[Link, ...] = ()
    event: str | None = None
    opened: str | None = None
    closed: str | None = None
    supplies: str | None = None
    note: str = ""
