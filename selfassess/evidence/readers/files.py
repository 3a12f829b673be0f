"""Opening files, and saying plainly why one cannot be opened."""

from __future__ import annotations

from pathlib import Path

from selfassess.errors import EvidenceError

__all__ = ["contents"]


def contents(path: Path) -> bytes:
    """A file's bytes.

    Raises:
        EvidenceError: it is not there, locked, not to be read, or empty.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise EvidenceError(
            f"{path.name}: there is no such file.", hint="Correct the path, or put the file there."
        ) from None
    except PermissionError:
        raise EvidenceError(
            f"{path.name}: the file cannot be opened.",
            hint="Close it in Excel (or wherever it is open) and see that you may read it.",
        ) from None
    except OSError as error:
        raise EvidenceError(
            f"{path.name}: the file cannot be read ({error.strerror or type(error).__name__}).",
            hint="Copy it to this computer and try again.",
        ) from None
    if not data:
        raise EvidenceError(
            f"{path.name}: the file is empty.", hint="Export it again; the copy may have failed."
        )
    return data
