"""Evidence as a contract: tables that lists must match, the ledger of rows, entries, claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol

from selfassess.model.common import STRICT, Scope, Source, Voice

__all__ = [
    "Claim",
    "ClaimItem",
    "Code",
    "Column",
    "EvidenceReader",
    "Link",
    "PlannedAction",
    "RegisterEntry",
    "SetAside",
    "Sheet",
    "SheetLedger",
    "TableSpec",
    "View",
    "ViewSource",
]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet as a reader hands it over: text cells, no header understood yet.

    Attributes:
        name: the sheet's name, or the file's for CSV.
        cells: an Arrow-capable table of text columns (the Arrow PyCapsule interface), all rows of
            the sheet in order, blank rows kept.
        first_row: the spreadsheet row number of the first row of `cells` (1 for most).
        errors: (row, column) numbers, 1-based as in the spreadsheet, of error cells.
        unsaved: the same of formulas without a result, which no spreadsheet has reckoned.
        hidden: whether the sheet is hidden.
        date1904: whether the workbook counts days from 1904, as old Macintosh ones do; concerns
            dates that stand as plain numbers.
    """

    name: str
    cells: Any
    first_row: int = 1
    first_column: int = 1
    errors: frozenset[tuple[int, int]] = frozenset()
    unsaved: frozenset[tuple[int, int]] = frozenset()
    hidden: bool = False
    date1904: bool = False


class EvidenceReader(Protocol):
    """Turns a file into sheets of text cells."""

    suffixes: tuple[str, ...]
    """File endings it takes, lower case with the dot."""

    def read(self, path: Path) -> Iterator[Sheet]:
        """Yield every sheet; raises EvidenceError naming the file where it cannot be read."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A row or a cell that was not used, and why. Never holds the cell's content."""

    path: str
    sheet: str
    row: int
    reason: str
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLedger:
    """rows_read = rows_used + rows_set_aside, always.

    `reasons` counts set-aside rows and cells by reason; cells set aside leave their row in use.

    Attributes:
        table: the table that the sheet was recognised as; None for guidance and the like.
        rows_read: rows below the header, to the last that holds anything; all rows without one.
        ignored_columns: headers that no column of the table claims.
    """

    path: str
    sheet: str
    table: str | None
    rows_read: int
    rows_used: int
    rows_set_aside: int
    header_row: int | None = None
    reasons: Mapping[str, int] = field(default_factory=dict)
    unknown_cells: int = 0
    ignored_columns: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """Evidence that is not a number (judging-rules 2).

    Attributes:
        public: whether its text may leave the council; `partner`: for safeguarding partners alone.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    topic: str
    direction: Literal["strength", "weakness", "fact", "plan"]
    voice: Voice
    text: str
    source: str = ""
    severity: Literal["minor", "moderate", "serious"] = "moderate"
    agreed_by: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    date: dt.date | None = None
    sample: int | None = None
    criterion: str | None = None
    judgement: str | None = None
    public: bool = False
    partner: bool = False
    published: bool = False

    @property
    def scope(self) -> Scope:
        """`where` as a scope."""
        return tuple(sorted((str(k), str(v)) for k, v in self.where.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimItem:
    """One strength or weakness with the evidence for it.

    Attributes:
        public: whether it may leave the council; nothing for what its claim says of itself.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    text: str
    evidence: tuple[str, ...] = ()
    public: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What leaders say of a judgement, or of one criterion.

    Attributes:
        strengths, weaknesses: a sentence each, or one with its own evidence.
        public: whether it may leave the council; `partner`: for safeguarding partners alone.
        reconfirm: why somebody has to look at it again, such as a new edition's other wording; a
            person takes each line away when it is done.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    grade: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    strengths: tuple[str | ClaimItem, ...] = ()
    weaknesses: tuple[str | ClaimItem, ...] = ()
    so_what: str = ""
    evidence: tuple[str, ...] = ()
    author: str = ""
    date: dt.date | None = None
    status: Literal["draft", "reviewed", "approved", "endorsed", "published"] = "draft"
    public: bool = False
    partner: bool = False
    reconfirm: tuple[str, ...] = ()

    def items(self, kind: Literal["strengths", "weaknesses"]) -> tuple[ClaimItem, ...]:
        """Its strengths or weaknesses, each as an item that says whether it may leave."""
        listed: tuple[str | ClaimItem, ...] = getattr(self, kind)
        found = [ClaimItem(text=each) if isinstance(each, str) else each for each in listed]
        return tuple(
            replace(each, public=self.public if each.public is None else each.public)
            for each in found
        )

    def references(self) -> tuple[str, ...]:
        """Every piece of evidence that it names, once each, its items' own included."""
        items = (*self.items("strengths"), *self.items("weaknesses"))
        named = [*self.evidence, *(each for item in items for each in item.evidence)]
        return tuple(dict.fromkeys(named))

    @property
    def blank(self) -> bool:
        """Whether it says nothing yet."""
        said = (self.grade, self.so_what, *self.answers.values(), *self.strengths, *self.weaknesses)
        return not any(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAction:
    """An improvement action as the self-evaluation lists it.

    Attributes:
        responsible: bodies of the framework that have to act.
        tags: what it serves in another framework, such as ``nf:outcome-3``.
        public: whether it may leave the council; `partner`: for safeguarding partners alone.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    owner: str = ""
    responsible: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    due: dt.date | None = None
    why: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    criterion: str | None = None
    judgement: str | None = None
    success_measures: tuple[str, ...] = ()
    outcome: str = ""
    status: str = ""
    public: bool = False
    partner: bool = False
