"""One hostile workspace, run once in every format with no way out to a network."""

from __future__ import annotations

import importlib.util
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import verapdf

from selfassess.commands.assess import run_workspace
from selfassess.report.forms import FORMATS
from selfassess.report.output import render
from selfassess.toolkit import Toolkit

HERE = Path(__file__).parent


def load(name: str) -> ModuleType:
    """A helper module beside the tests, which are not a package."""
    spec = importlib.util.spec_from_file_location(f"hostile_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HOSTILE = load("workspace")


@dataclass
class Ran:
    """What a run left, how long it took, and what it wanted of the network."""

    root: Path
    seconds: float = 0.0
    calls: list[str] = field(default_factory=list)

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def public(self) -> Path:
        return self.out / "public"

    def pages(self) -> list[Path]:
        """Every HTML page."""
        return [self.out / "report.html", self.public / "report.html"]

    def papers(self) -> list[Path]:
        """Every PDF."""
        return sorted(self.root.rglob("*.pdf"))


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The workspace, run for the council and for the public, and as a committee's paper."""
    root = tmp_path_factory.mktemp("hostile") / "work"
    HOSTILE.write_hostile(root)
    found = Ran(root)

    def refuse(*arguments: Any, **_: Any) -> Any:
        found.calls.append(repr(arguments)[:200])
        raise OSError("no network here")

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, refuse)
        for name in ("create_connection", "getaddrinfo", "gethostbyname"):
            patch.setattr(socket, name, refuse)
        before = time.process_time()
        run_workspace(root, formats=FORMATS, sample=20)
        run_workspace(root, formats=("html", "docx", "md"), audience="public", confirm_text=True)
        templates = Toolkit.load().library.templates
        source = found.public / "assessment.json"
        render(source, found.public / "paper", ["pdf"], templates, template="scrutiny")
        found.seconds = time.process_time() - before
    return found


@pytest.fixture(scope="session")
def verdicts(ran: Ran) -> list[dict[str, Any]]:
    """What veraPDF says of every PDF."""
    return verapdf.verdicts(ran.papers())
