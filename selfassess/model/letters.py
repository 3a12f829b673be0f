"""Published inspection letters and reports: how each kind is laid out, and what one says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from selfassess.model.common import STRICT, Provenance

__all__ = ["Letter", "LetterBody", "LetterForm", "LetterPoint", "LetterSection", "PointKind"]

PointKind = Literal["improve", "priority-action"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSection:
    """A section whose points an authority must act on, known by its heading.

    Attributes:
        headings: how the heading begins; case and punctuation do not matter.
        kind: what each point of the section is.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    headings: tuple[str, ...]
    kind: PointKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterBody:
    """A body that a point may name as responsible, and the words that name it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterForm:
    """How one kind of published letter is laid out.

    Attributes:
        recognise: phrases of its first pages; the kind with most of them found is taken.
        subject: phrases that name whose letter it is, with ``{subject}`` where the name stands.
        sections: the sections with points to act on.
        tags: words of a bracket at a point's end, and the tag each stands for; ``{n}`` stands for
            a number: ``"outcome {n}": "nf:outcome-{n}"`` also reads "outcomes 1 and 3".
        tag_mark: words by which a bracket is known to hold tags.
        bodies: who may be responsible.
        statement: phrases of the sentence that says by when an answer is due.
        statement_working_days: working days after publication, where the letter gives no date.
        statement_for: the kind of point that makes the answer due.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    recognise: tuple[str, ...]
    subject: tuple[str, ...] = ()
    sections: tuple[LetterSection, ...]
    tags: Mapping[str, str] = field(default_factory=dict)
    tag_mark: tuple[str, ...] = ()
    bodies: tuple[LetterBody, ...] = ()
    statement: tuple[str, ...] = ()
    statement_working_days: int | None = None
    statement_for: tuple[PointKind, ...] = ("priority-action",)
    provenance: Provenance = "ours"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPoint:
    """One thing that must improve, as a letter says it.

    Attributes:
        page: the page on which it begins, from 1.
        heading: of the section that it stands in.
        lead: the words that introduce its list, where they end in a colon.
        tags: such as ``nf:outcome-3``.
        bodies: ids of those named as responsible.
        doubts: what a person should look at, in sentences.
    """

    kind: PointKind
    text: str
    page: int
    heading: str
    lead: str = ""
    tags: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a published letter says must be done.

    Attributes:
        form: the id of its form; None where no form was recognised.
        subject: whose letter it is, as it says.
        visited: first and last day of the visit.
        published: the letter's date; None where it has none.
        statement_due: by when an answer is due, as the letter says.
        statement_working_days: the form's span after publication, where the letter has no date.
        doubts: what a person should look at, of the letter as a whole.
        sha256: of the file.
    """

    name: str
    sha256: str
    pages: int
    form: str | None
    title: str
    subject: str | None = None
    visited: tuple[dt.date, dt.date] | None = None
    published: dt.date | None = None
    statement_due: dt.date | None = None
    statement_working_days: int | None = None
    points: tuple[LetterPoint, ...] = ()
    doubts: tuple[str, ...] = ()
