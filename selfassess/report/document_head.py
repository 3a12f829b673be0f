"""What the templates of every document are given first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

__all__ = ["DocumentHead", "TitledHead"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentHead:
    """What every document says of itself to programs that open it."""

    lang: Annotated[str, "Language of the document, `en-GB`."]
    date: Annotated[str, "The as-at date as `2026-03-31`, for metadata."]
    generator: Annotated[str, "Name and version of the program."]


@dataclass(frozen=True, slots=True, kw_only=True)
class TitledHead(DocumentHead):
    """What a document without a cover of its own says on its first page."""

    title: Annotated[str, "The document's title."]
    council: Annotated[str, "Whose self-evaluation it is."]
    running: Annotated[str, "A short running title for page headers."]
    framework: Annotated[str, "The framework's title and edition."]
    as_at: Annotated[str, "The as-at date in words."]
    audience: Annotated[str, "For whom it was made."]
