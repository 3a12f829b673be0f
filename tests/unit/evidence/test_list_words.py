"""Rows that speak of the list itself, where rows are known by a name and not by an id."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfassess.evidence import rows

HEAD = "worker,child_id,date,recorded,next_due\n"
PLAIN = "Ann Lee,,2026-01-05,2026-01-06,2026-02-05\nBo Ray,17,2026-01-07,2026-01-07,2026-02-07\n"


def supervision(folder: Path, *lines: str) -> Path:
    path = folder / "supervision.csv"
    path.write_text(HEAD + PLAIN + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def staged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was staged: the dear way, for sheets that hold something amiss."""
    seen: list[str] = []
    query = rows.Staging.query
    monkeypatch.setattr(
        rows.Staging, "query", lambda self: (seen.append(self.table.id), query(self))[1]
    )
    return seen


def test_a_list_of_plain_names_is_read_as_it_stands(tmp_path, read, monkeypatch) -> None:
    seen = staged(monkeypatch)
    found = read(supervision(tmp_path))
    assert found.warehouse.query(
        "SELECT row_id, source_row, worker, child_id FROM supervision ORDER BY row_id"
    ) == [(1, 2, "Ann Lee", None), (2, 3, "Bo Ray", "17")]
    assert (seen, found.set_aside) == ([], ())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Total,,,,", "a total"),
        ("Grand total 2026,,,,", "a total"),
        ("SUB-TOTAL,,,,", "a total"),
        ("totals of January,3,2026-01-05,,", "a total"),
        ("worker,child_id,date,recorded,next_due", "header repeated"),
        (",,,,", "blank row"),
        ("-,12,2026-01-05,,", "no id"),
    ],
)
def test_what_is_no_name_is_set_aside(tmp_path, read, line: str, reason: str) -> None:
    found = read(supervision(tmp_path, line, "Cy Fox,,2026-01-08,,"))
    assert [(a.row, a.reason) for a in found.set_aside if a.column is None] == [(4, reason)]
    names = found.warehouse.query("SELECT worker FROM supervision ORDER BY row_id")
    assert names == [("Ann Lee",), ("Bo Ray",), ("Cy Fox",)]


@pytest.mark.parametrize("name", ["Workerson", "Totalis", "Ann Total", "Subtotalis"])
def test_a_name_that_is_like_such_a_word_stays(tmp_path, read, name: str) -> None:
    found = read(supervision(tmp_path, f"{name},5,2026-01-08,2026-01-09,"))
    assert found.set_aside == ()
    names = found.warehouse.query("SELECT worker FROM supervision ORDER BY row_id")
    assert names[-1] == (name,)


def test_lost_digits_of_an_id_are_told_whatever_rows_are_known_by(tmp_path, read) -> None:
    found = read(supervision(tmp_path, "Cy Fox,1.2E+10,2026-01-08,,"))
    assert any("last digits are lost" in problem.message for problem in found.problems)
