"""The wheel, the sdist and an editable install carry the packs; the example plugin joins them."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "plugins" / "example"
DATA = (".yaml", ".json", ".css", ".j2", ".ttf", ".txt", ".csv", ".parquet", ".mako")
FOLDERS = {
    "frameworks": "selfassess_frameworks",
    "report_templates": "selfassess_report_templates",
    "plugins/annex_a": "selfassess_annex_a",
    "plugins/caseloads": "selfassess_caseloads",
    "plugins/thresholds": "selfassess_thresholds",
    "plugins/management_oversight": "selfassess_management_oversight",
    "plugins/comparators": "selfassess_comparators",
    "plugins/ssd": "selfassess_ssd",
    "selfassess": "selfassess",
}


def run(*command: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, "SELFASSESS_CACHE": "", **(env or {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what git holds, so that builds leave nothing in the tree."""
    folder = tmp_path_factory.mktemp("checkout with space")
    files = run("git", "ls-files", "-co", "--exclude-standard", cwd=ROOT).splitlines()
    for name in files:
        if not (ROOT / name).is_file():
            continue
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / name).read_bytes())
    return folder


@pytest.fixture(scope="module")
def built(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", out, checkout)
    run(sys.executable, "-m", "build", "--wheel", "--outdir", out, checkout / "plugins" / "example")
    return out


def bare(folder: Path) -> Path:
    """A fresh virtual environment's Python."""
    venv.create(folder, with_pip=True)
    bin_ = folder / ("Scripts" if os.name == "nt" else "bin")
    return bin_ / ("python.exe" if os.name == "nt" else "python")


def environment(folder: Path) -> Path:
    """A fresh virtual environment that sees this one's dependencies behind its own packages."""
    python = bare(folder)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    ours = [path for path in sys.path if "site-packages" in path]
    (Path(site) / "dependencies.pth").write_text("\n".join(ours) + "\n", encoding="utf-8")
    return python


def data_files(checkout: Path) -> set[str]:
    """Names, as they must stand in a wheel, of every data file that the packs hold."""
    wanted = set()
    for folder, package in FOLDERS.items():
        for path in (checkout / folder).rglob("*"):
            if path.is_file() and path.suffix in DATA:
                wanted.add(f"{package}/{path.relative_to(checkout / folder).as_posix()}")
    return wanted


def test_the_wheel_and_the_sdist_carry_every_data_file(built: Path, checkout: Path) -> None:
    wanted = data_files(checkout)
    assert {name.split("/")[0] for name in wanted} == set(FOLDERS.values())
    wheel = next(built.glob("selfassess-[0-9]*.whl"))
    held = set(zipfile.ZipFile(wheel).namelist())
    assert wanted - held == set()
    assert not any(name.startswith(("frameworks/", "plugins/", "tests/")) for name in held)
    with tarfile.open(next(built.glob("selfassess-[0-9]*.tar.gz"))) as sdist:
        names = {name.split("/", 1)[-1] for name in sdist.getnames()}
    folders = {package: folder for folder, package in FOLDERS.items()}
    missing = {
        name
        for name in wanted
        if f"{folders[name.split('/')[0]]}/{name.split('/', 1)[1]}" not in names
    }
    assert missing == set()


def test_a_wheel_in_a_fresh_environment_runs_the_demo_and_the_example_joins(
    built: Path, tmp_path: Path
) -> None:
    python = environment(tmp_path / "env")
    wheels = sorted(built.glob("*.whl"))
    assert len(wheels) == 2
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", *wheels)
    listed = run(python, "-m", "selfassess", "plugins", "list", cwd=tmp_path)
    line = next(text for text in listed.splitlines() if text.startswith("example "))
    assert "1 framework, 1 measure, 1 table" in line
    assert "FAILED" not in listed
    demo = tmp_path / "demo council"
    run(python, "-m", "selfassess", "demo", demo, "--rows", "400", cwd=tmp_path)
    assert (demo / "out" / "report.pdf").read_bytes()[:5] == b"%PDF-"


def test_an_editable_install_finds_the_packs(checkout: Path, tmp_path: Path) -> None:
    # Its own dependencies: behind ours stands an installed wheel, which would be found first.
    python = bare(tmp_path / "env")
    run(python, "-m", "pip", "install", "--quiet", "--editable", checkout)
    code = "import selfassess_frameworks as f; print(f.__file__)"
    assert Path(run(python, "-c", code, cwd=tmp_path).strip()).parts[-2] == "frameworks"
    listed = run(python, "-m", "selfassess", "frameworks", "list", cwd=tmp_path)
    assert "ofsted-ilacs@2026-04" in listed
