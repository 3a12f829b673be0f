"""Writes a case as a workspace, so that it runs through the code that councils' own files run."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from selfassess.evidence.published import COLUMNS
from selfassess.model.framework import Framework
from selfassess.testing.case_file import Case, CaseReading, Range, Statement

__all__ = ["write_workspace"]


def write_workspace(case: Case, framework: Framework, folder: Path) -> Path:
    """Write ``selfassess.yaml``, the readings, the register and the claims.

    Figures and statements are dated as-at; statements are what an inspectorate or another public
    source published. The case's outcome and its expectations are not written.
    """
    evidence = folder / "evidence"
    evidence.mkdir(parents=True)
    cited = "; ".join(source.title for source in case.sources) or case.council
    _yaml(
        folder / "selfassess.yaml",
        {
            "schema": "selfassess/workspace@1",
            "council": {"name": case.council},
            "framework": framework.id,
            "edition": framework.edition,
            "as_at": case.as_at,
        },
    )
    _yaml(
        folder / "self-evaluation.yaml",
        {
            "schema": "selfassess/self-evaluation@1",
            "framework": framework.reference,
            "judgements": {node: {"grade": grade} for node, grade in case.claim.items()},
        },
    )
    _yaml(
        evidence / "register.yaml",
        {
            "schema": "selfassess/register@1",
            "entries": [
                _entry(case, index, statement, cited)
                for index, statement in enumerate(case.statements, start=1)
            ],
        },
    )
    with (evidence / "readings.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="")
        writer.writeheader()
        for reading in case.readings:
            writer.writerow(_row(case, reading, cited))
    return folder


def _entry(case: Case, index: int, statement: Statement, cited: str) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": f"{case.case}-{index:02}",
        "topic": statement.topic,
        "direction": statement.direction,
        "voice": statement.voice,
        "text": statement.text,
        "source": statement.source or cited,
        "severity": statement.severity,
        "date": statement.date or case.as_at,
        "published": True,
        "where": {key: _plain(value) for key, value in statement.where.items()},
    }
    for key in ("sample", "criterion", "judgement"):
        value = getattr(statement, key)
        if value is not None:
            entry[key] = value
    return entry


def _row(case: Case, reading: CaseReading, cited: str) -> dict[str, str]:
    where = "; ".join(f"{key}={_plain(value)}" for key, value in reading.where.items())
    base = reading.n if reading.denominator is None else reading.denominator
    return {
        "measure": reading.measure,
        "value": _value(reading.value),
        "unit": reading.unit,
        "numerator": _number(reading.numerator),
        "denominator": _number(base),
        "where": where,
        "from": reading.from_.isoformat() if reading.from_ else "",
        "to": (reading.to or case.as_at).isoformat(),
        "source": reading.source or cited,
        "comparator": _number(reading.comparator),
    }


def _value(value: float | tuple[float, ...] | Range) -> str:
    if isinstance(value, Range):
        return f"{_number(value.low)}..{_number(value.high)}"
    if isinstance(value, tuple):
        return "; ".join(_number(item) for item in value)
    return _number(value)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"


def _plain(value: object) -> str:
    """A scope's value as text, as YAML writes it: ``yes`` stays what it was."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _yaml(path: Path, data: dict[str, Any]) -> None:
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = 4096
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        yaml.dump(data, stream)
