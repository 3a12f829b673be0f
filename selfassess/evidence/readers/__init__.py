"""Readers of file types; each turns a file into sheets of text cells and understands nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selfassess.hookspecs import hookimpl

if TYPE_CHECKING:
    from selfassess.model.evidence import EvidenceReader


@hookimpl
def selfassess_evidence_readers() -> list[EvidenceReader]:
    """Hand over the readers of workbooks, CSV files and Parquet files."""
    from selfassess.evidence.readers.delimited import DelimitedReader
    from selfassess.evidence.readers.parquet import ParquetReader
    from selfassess.evidence.readers.workbook import WorkbookReader

    return [WorkbookReader(), DelimitedReader(), ParquetReader()]
