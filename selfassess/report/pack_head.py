"""What templates of packs are given first: the names that every document's head and cover take."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.report.document_head import DocumentHead

__all__ = ["PackContext", "PackCover"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackCover:
    """Whose pack it is, of what, as at when, for whom.

    Attributes:
        manifest: the hash of the data that it was made from.
    """

    council: str
    running: str
    framework: str
    as_at: str
    audience: str
    manifest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackContext(DocumentHead):
    """What the head of every pack needs.

    Attributes:
        text_note: what is said of characters that cannot be printed, or nothing.
    """

    title: str
    text_note: str
