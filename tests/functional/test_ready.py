"""``ready`` on the command line: which days of a call it takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from selfassess.cli import cli
from selfassess.commands import assess
from selfassess.errors import UsageError

CONFIG = "schema: selfassess/workspace@1\ncouncil: {name: Testshire}\nframework: ofsted-ilacs\n"


def called(folder: Path, *more: str) -> None:
    arguments = ["ready", str(folder), "--call", "2026-03-30", *more]
    CliRunner().invoke(cli, arguments, standalone_mode=False, catch_exceptions=False)


@pytest.mark.parametrize(
    ("config", "more"),
    [("as_at: 2026-03-31\n", ()), ("as_at: 2026-03-01\n", ("--as-at", "2026-03-31"))],
)
def test_a_call_before_the_day_of_the_evidence_is_refused_before_anything_is_done(
    tmp_path: Path, config: str, more: tuple[str, ...]
) -> None:
    (tmp_path / "selfassess.yaml").write_text(CONFIG + config, encoding="utf-8")
    with pytest.raises(UsageError, match=r"2026-03-30 comes before .* 2026-03-31") as caught:
        called(tmp_path, *more)
    assert "--as-at 2026-03-30" in caught.value.hint
    assert [path.name for path in tmp_path.iterdir()] == ["selfassess.yaml"]


def test_nor_is_one_before_the_day_that_the_lists_speak_of_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "selfassess.yaml").write_text(CONFIG, encoding="utf-8")

    def run_workspace(folder: Path, **_options: object) -> list[Path]:
        path = folder / "out" / "assessment.json"
        path.parent.mkdir()
        path.write_text(
            json.dumps({"schema": "selfassess/assessment@1", "as_at": "2026-03-31"}),
            encoding="utf-8",
        )
        return [path]

    monkeypatch.setattr(assess, "run_workspace", run_workspace)
    with pytest.raises(UsageError, match="comes before"):
        called(tmp_path)
    assert not (tmp_path / "snapshots").exists()
    assert not (tmp_path / "ready").exists()


def test_a_call_on_the_very_day_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "selfassess.yaml").write_text(CONFIG + "as_at: 2026-03-30\n", encoding="utf-8")

    def run_workspace(_folder: Path, **_options: object) -> list[Path]:
        raise KeyError("reached")

    monkeypatch.setattr(assess, "run_workspace", run_workspace)
    with pytest.raises(KeyError, match="reached"):
        called(tmp_path)
