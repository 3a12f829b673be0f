"""The list of commands that help prints is the list that there is."""

from __future__ import annotations

import pkgutil
import shlex

import click
import pytest
from click.testing import CliRunner

import selfassess.commands
from selfassess.cli import COMMANDS, cli


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_there_and_helps(name: str) -> None:
    done = CliRunner().invoke(cli, [name, "--help"])
    assert done.exit_code == 0, done.output
    assert f" {name} " in done.output.splitlines()[0]


def test_no_command_is_forgotten() -> None:
    """Every module of commands that has one of its own name is listed."""
    own = set()
    for module in pkgutil.iter_modules(selfassess.commands.__path__):
        found = __import__(f"selfassess.commands.{module.name}", fromlist=["x"])
        command = getattr(found, module.name, None)
        if isinstance(command, click.Command):
            own.add(command.name)
    assert own <= set(COMMANDS)


def test_help_lists_all_in_order() -> None:
    lines = CliRunner().invoke(cli, ["--help"]).output.splitlines()
    named = [line.split()[0] for line in lines if line.startswith("  ") and line.split()]
    assert [name for name in named if name in COMMANDS] == list(COMMANDS)


def test_a_mistyped_command_brings_the_nearest() -> None:
    done = CliRunner().invoke(cli, ["rnu"])
    assert done.exit_code == 2
    assert "Did you mean 'run'?" in done.output


def test_the_commands_that_init_prints_can_be_pasted(tmp_path) -> None:
    folder = tmp_path / "Our council"
    words = ["init", str(folder), "--council", "Testshire", "--framework", "ofsted-ilacs"]
    printed = CliRunner().invoke(cli, words).output.splitlines()
    assert shlex.split(printed[-1]) == ["selfassess", "run", str(folder)]


def test_init_says_where_it_cannot_write(tmp_path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    words = [
        "init",
        str(tmp_path / "file" / "new"),
        "--council",
        "A",
        "--framework",
        "ofsted-ilacs",
    ]
    told = str(CliRunner().invoke(cli, words).exception)
    assert "cannot write here" in told
    assert "Choose a folder" in told
