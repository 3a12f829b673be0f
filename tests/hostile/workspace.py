"""A workspace with something hostile in every text that a person or a program may put into it."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from ruamel.yaml import YAML

from selfassess.demo import write_demo
from selfassess.plan.drafting import Author, add, comment
from selfassess.toolkit import Toolkit
from selfassess.workspace import load_workspace
from selfassess.workspace.plan import open_plan

FORMULAS = ("=", "+", "-", "@", "\t=")
"""What makes a spreadsheet compute a cell."""
MARKUP = (
    'HYPERLINK("http://evil.invalid/f","x") <script>alert(1)</script>'
    "<img src=http://evil.invalid/i.png onerror=alert(1)><svg onload=alert(1)>"
    "</style></title></textarea><style>*{background:url(http://evil.invalid/c)}</style>"
    '<iframe src="file:///etc/passwd"></iframe><a href="javascript:alert(1)">j</a>'
    " {{ 7*7 }}{% raw %}${7*7}#{7*7} ![p](http://evil.invalid/m.png) [l](javascript:alert(1)) "
    "[f](file:///etc/passwd) <!-- ]]> --> &lt;b&gt; &#x3c;i&#x3e; \" ' ` \\ | "
    "\u202egnp.exe\u202c \u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd "
    "\U0001f600\U0001f469\u200d\U0001f467 \u0301\u0301\u0301 \u200b\ufeff"
)
CONTROLS = "\x07\x0b\x1b[31m\x7f\x85"
SHORT = "<b onclick=alert(1)>{{7*7}}</b>\u202e\U0001f600 http://evil.invalid/s "
"""For names, of which there are many: the same dangers in fewer letters."""
HUGE = 2_000_000
FILE_NAME = "=cmd&calc {{7*7}} \u202egpj.\U0001f600.csv"
SHEET = "=1+1<b>{{7-7}}&'\U0001f600\""


class _Poison:
    """Puts something hostile before a text, another formula's sign each time."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, text: str = "") -> str:
        self.count += 1
        sign = FORMULAS[self.count % len(FORMULAS)]
        return f"{sign}{MARKUP}{CONTROLS} {text}"

    def typed(self, text: str) -> str:
        """The same for what refuses control characters."""
        return self(text).replace(CONTROLS, "")

    def name(self, text: str) -> str:
        """The same name for the same text, so that lists still meet."""
        return f"{FORMULAS[len(text) % 4]}{SHORT}{text}" if text else text


def write_hostile(folder: Path) -> None:
    """Write the workspace: an invented council's, then poisoned."""
    write_demo(folder, rows=200)
    poison = _Poison()
    _pack(folder / "packs" / "hostile", poison)
    _settings(folder / "selfassess.yaml", poison)
    _self_evaluation(folder / "self-evaluation.yaml", poison)
    _register(folder / "evidence" / "register.yaml", poison)
    _lists(folder / "evidence", poison)
    _workbook(folder / "evidence" / "annex-a.xlsx", poison)
    _plan(folder, poison)


def _yaml(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    change(data)
    text = json.dumps(data, ensure_ascii=False, indent=1, default=str)
    # JSON leaves these as they are, YAML does not take them raw.
    text = text.replace("\x7f", "\\u007f").replace("\x85", "\\u0085").replace("\ufeff", "\\ufeff")
    path.write_text(text, encoding="utf-8", newline="\n")


def _pack(folder: Path, poison: _Poison) -> None:
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text("{}", encoding="utf-8")
    (folder / "words.yaml").write_text("{}", encoding="utf-8")
    _yaml(
        folder / "pack.yaml",
        lambda data: data.update(
            id="hostile", version="1", api=1, title=poison("pack"), licence=poison("licence")
        ),
    )
    topic = {"id": "hostile-topic", "title": poison("topic"), "group": poison("group")}
    _yaml(
        folder / "words.yaml",
        lambda data: data.update(schema="selfassess/words@1", topics=[topic]),
    )
    _schema_first(folder / "words.yaml")


def _schema_first(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8").replace("\\ufeff", "\ufeff"))
    ordered = {"schema": data.pop("schema"), **data}
    _yaml(path, lambda found: (found.clear(), found.update(ordered))[1])


def _settings(path: Path, poison: _Poison) -> None:
    def change(data: dict[str, Any]) -> None:
        data["council"]["name"] = poison("Hostileshire")
        data["packs"] = ["packs/hostile"]
        data["bands"] = [
            {
                "measure": "caseloads.absence-rate",
                "bands": [{"basis": "local", "concern": "over 9"}],
                "who": poison("who"),
                "why": poison("why"),
            }
        ]
        data["owners"] = {"leaders": poison("owner")}
        data["report"] = {"logo_alt": poison("logo"), "colours": {"accent": "#12436d"}}

    _yaml(path, change)


def _self_evaluation(path: Path, poison: _Poison) -> None:
    def change(data: dict[str, Any]) -> None:
        for claim in data["judgements"].values():
            for key, text in (claim.get("answers") or {}).items():
                claim["answers"][key] = f"# {poison(text)}\n\n> <b>{poison()}\n\n- {poison()}"
            for key in ("strengths", "weaknesses"):
                claim[key] = [poison(text) for text in claim.get(key) or ()]
            claim["so_what"] = poison(claim.get("so_what") or "")
            claim["author"] = poison(claim.get("author") or "")
            claim["public"] = True
        first = next(iter(data["judgements"].values()))
        key = next(iter(first["answers"]))
        first["answers"][key] += "\n\n" + "very long text " * (HUGE // 15)

    _yaml(path, change)


def _register(path: Path, poison: _Poison) -> None:
    def change(data: dict[str, Any]) -> None:
        for entry in data["entries"]:
            entry["text"] = poison(entry["text"])
            entry["source"] = poison(entry.get("source") or "")
            entry["public"] = True
            if entry.get("agreed_by"):
                entry["agreed_by"] = [poison(name) for name in entry["agreed_by"]]
            if "team" in (entry.get("where") or {}):
                entry["where"]["team"] = poison.name(entry["where"]["team"])
        data["entries"][0]["topic"] = "hostile-topic"
        data["entries"][1]["text"] += "x" * HUGE

    _yaml(path, change)


def _names() -> Mapping[str, frozenset[str]]:
    """The columns of each table that hold free text."""
    library = Toolkit.load().library
    return {
        spec.id: frozenset(
            column.name for column in spec.columns if column.type == "text" and not column.codes
        )
        for spec in library.tables.values()
    }


def _lists(folder: Path, poison: _Poison) -> None:
    names = _names()
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        free = names.get(path.stem, frozenset()) | {"team", "worker", "manager", "auditor"}
        for row in rows:
            for key, text in row.items():
                if path.stem == "readings":
                    row[key] = poison(text) if key == "source" else text
                elif key in free:
                    row[key] = poison.name(text)
        target = folder / FILE_NAME if path.stem == "supervision" else path
        with target.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        if target != path:
            path.unlink()


def _workbook(path: Path, poison: _Poison) -> None:
    book = load_workbook(path)
    for sheet in book.worksheets:
        grid = list(sheet.iter_rows())
        named = {
            cell.column: cell.row
            for row in grid[:3]
            for cell in row
            if isinstance(cell.value, str) and "worker" in cell.value.lower()
        }
        for row in grid:
            for cell in row:
                below = cell.row > named.get(cell.column, cell.row)
                if below and isinstance(cell.value, str):
                    cell.value = poison.name(cell.value)
                    cell.data_type = "s"
    book.create_sheet(SHEET).append([f"'{SHORT}", SHORT])
    book.properties.title = SHORT
    book.save(path)


def _plan(folder: Path, poison: _Poison) -> None:
    store = open_plan(load_workspace(folder))
    author = Author(poison.typed("author"), dt.datetime(2026, 9, 1, 12))
    try:
        store.write(
            lambda plan: add(
                plan,
                author,
                {
                    "title": poison.typed("action"),
                    "outcome": poison.typed("outcome"),
                    "owner": poison.typed("owner"),
                    "lead": poison.typed("lead"),
                    "came_from": poison.typed("came from"),
                    "judgement": "leaders",
                    "audience": "public",
                    "due": dt.date(2026, 12, 1),
                },
                id_="A-90",
                milestones=[(poison.typed("milestone"), dt.date(2026, 11, 1))],
            )
        )
        store.write(lambda plan: comment(plan, author, "A-90", poison.typed("remark")))
    finally:
        getattr(store, "close", lambda: None)()
