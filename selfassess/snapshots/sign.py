"""Who signed a snapshot off: lines that are only ever added, each bound to the one before.

A signature here is a record, not cryptography: it says that somebody with access to the folder
wrote a name, a role and a date, and that nothing sealed has changed since.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, astuple, dataclass

from selfassess.errors import Problem, ReportError, UsageError
from selfassess.snapshots.bundle import Snapshot
from selfassess.writing.files import replace_file

__all__ = ["SIGNATURES", "Signature", "check_signatures", "read_signatures", "sign_snapshot"]

SIGNATURES = "signatures.jsonl"
_KEYS = ("name", "role", "date", "note", "seal", "before")


@dataclass(frozen=True, slots=True)
class Signature:
    """One line of the record.

    Attributes:
        date: ISO.
        seal: the hash of the seal that was signed.
        before: the check of the line before, or nothing for the first.
    """

    name: str
    role: str
    date: str
    note: str
    seal: str
    before: str

    @property
    def check(self) -> str:
        """The hash of all of it; written beside it, so that a changed byte is seen."""
        return hashlib.sha256("\0".join(astuple(self)).encode("utf-8")).hexdigest()


def sign_snapshot(
    snapshot: Snapshot, *, name: str, role: str, date: dt.date, note: str = ""
) -> Signature:
    """Add a signature.

    Raises:
        UsageError: name or role is empty, the same person signed in this role already, or the date
            lies before the as-at date.
        ReportError: the record cannot be read or written.
    """
    fields = {"name": name, "role": role, "note": note}
    name, role, note = (" ".join(text.split()) for text in fields.values())
    for key, text in (("name", name), ("role", role)):
        if not text:
            raise UsageError(f"A signature needs a {key}.", hint=f"Give --{key} 'text'.")
    if date.isoformat() < snapshot.as_at:
        raise UsageError(
            f"{date.isoformat()} lies before the as-at date {snapshot.as_at} of the snapshot.",
            hint="Nobody can have signed what was not known yet; check --date.",
        )
    signed = read_signatures(snapshot)
    if any((s.name, s.role) == (name, role) for s in signed):
        raise UsageError(f"{name} signed as {role} already.", hint="`snapshot list` shows who did.")
    before = signed[-1].check if signed else ""
    signature = Signature(name, role, date.isoformat(), note, snapshot.seal, before)
    text = "".join(
        json.dumps({**asdict(each), "check": each.check}, ensure_ascii=False) + "\n"
        for each in (*signed, signature)
    )
    replace_file(snapshot.folder / SIGNATURES, text.encode("utf-8"))
    return signature


def read_signatures(snapshot: Snapshot) -> tuple[Signature, ...]:
    """The signatures of a snapshot, in the order of signing.

    Raises:
        ReportError: a line cannot be read, or is not what was written.
    """
    path = snapshot.folder / SIGNATURES
    if not path.is_file():
        return ()
    found = []
    for number, line in enumerate(path.read_bytes().split(b"\n")[:-1], 1):
        try:
            entry = json.loads(line.decode("utf-8"))
            signature = Signature(**{key: str(entry[key]) for key in _KEYS})
            written = json.dumps({**asdict(signature), "check": entry["check"]}, ensure_ascii=False)
            if entry["check"] != signature.check or written.encode() != line:
                raise ValueError(number)
            found.append(signature)
        except (ValueError, KeyError, TypeError) as error:
            raise ReportError(
                f"{snapshot.id}/{SIGNATURES}:{number}: was changed, or is no signature.",
                hint="Restore the file from a backup; lines are only ever added to it.",
            ) from error
    return tuple(found)


def check_signatures(snapshot: Snapshot) -> Iterator[Problem]:
    """Signatures of another seal, and lines that were changed, moved or taken out."""
    try:
        signatures = read_signatures(snapshot)
    except ReportError as error:
        place, _, message = error.message.partition(": ")
        yield Problem(place, message, error.hint)
        return
    before = ""
    for number, signature in enumerate(signatures, 1):
        place = f"{snapshot.id}/{SIGNATURES}:{number}"
        if signature.seal != snapshot.seal:
            yield Problem(place, "was given to another seal than this snapshot's.")
        if signature.before != before:
            yield Problem(place, "does not follow from the line before: one was taken out.")
        before = signature.check
