"""The look of a workspace, and the choice of a template, on the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from selfassess.cli import cli
from selfassess.demo import write_demo

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
PLAN = (
    '{% extends "default/report.html.j2" %}\n{% block plan %}<section class="plan">'
    '<h2 id="plan" data-running="P">Made elsewhere</h2></section>{% endblock %}\n'
)


def ask(*words: str) -> str:
    """Run the command line; its output. The exit code must be 0."""
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo council with a look of its own and a pack with a template of one block."""
    root = tmp_path_factory.mktemp("look") / "work"
    write_demo(root, rows=200)
    pack = root / "packs" / "ours"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text(
        'id: ours\nversion: "1"\napi: 1\ntitle: Ours\nlicence: MIT\n', encoding="utf-8"
    )
    (pack / "own").mkdir()
    (pack / "own" / "template.yaml").write_text(
        "schema: selfassess/template@1\nid: own\ntitle: Own\nextends: default\n", encoding="utf-8"
    )
    (pack / "own" / "report.html.j2").write_text(PLAN, encoding="utf-8")
    (root / "logo.svg").write_text(LOGO, encoding="utf-8")
    with (root / "selfassess.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "\npacks: [packs/ours]\nreport:\n  template: own\n  logo: logo.svg\n"
            '  colours: {accent: "#7a1f4b"}\n'
        )
    ask("run", str(root), "--format", "html")
    return root


def test_run_takes_the_workspace_s_template_and_look(made: Path) -> None:
    html = (made / "out" / "report.html").read_text(encoding="utf-8")
    assert "Made elsewhere" in html
    assert "--accent: #7a1f4b" in html
    assert 'alt="Exampleshire"' in html
    assert "7a1f4b" not in (made / "out" / "assessment.json").read_text(encoding="utf-8")


def test_another_machine_has_the_look_only_with_the_workspace(made: Path, tmp_path: Path) -> None:
    source = tmp_path / "assessment.json"
    shutil.copy(made / "out" / "assessment.json", source)
    ask("render", str(source), "--format", "html")
    plain = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Made elsewhere" not in plain
    assert "7a1f4b" not in plain
    ask("render", str(source), "--format", "html", "--brand", str(made))
    assert (tmp_path / "report.html").read_bytes() == (made / "out" / "report.html").read_bytes()
    ask("render", str(source), "--format", "html", "--template", "scrutiny")
    assert "scrutiny committee" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["run", "render"])
def test_an_unknown_template_names_the_nearest(made: Path, command: str) -> None:
    target = made if command == "run" else made / "out" / "assessment.json"
    result = CliRunner().invoke(cli, [command, str(target), "--template", "scrutny"])
    assert result.exit_code != 0
    assert "scrutiny" in str(result.exception or result.output)


def test_check_refuses_a_look_that_cannot_be_used(made: Path, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(made, root)
    config = root / "selfassess.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("#7a1f4b", "#ffdd00"), encoding="utf-8")
    for command in ("check", "run"):
        result = CliRunner().invoke(cli, [command, str(root)])
        assert result.exit_code != 0
        assert "4.5 to 1" in str(result.exception or result.output)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("extends: defualt", "default"),
        ("extends: own", "extends itself"),
        ("document: papers", "paper"),
        ("pages: 4", "paper"),
    ],
)
def test_a_template_that_cannot_be_laid_out_is_named(
    made: Path, tmp_path: Path, lines: str, said: str
) -> None:
    root = tmp_path / "copy"
    shutil.copytree(made, root)
    page = root / "packs" / "ours" / "own" / "template.yaml"
    page.write_text(
        f"schema: selfassess/template@1\nid: own\ntitle: Own\n{lines}\n", encoding="utf-8"
    )
    result = CliRunner().invoke(cli, ["check", str(root)])
    assert result.exit_code != 0
    told = str(result.exception or result.output)
    assert said in told
    assert "template.yaml" in told
