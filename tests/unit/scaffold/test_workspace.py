"""An empty workspace: whole, valid, safe whatever the council is called, never over another."""

from __future__ import annotations

import csv
import datetime as dt
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from ruamel.yaml import YAML

from selfassess.errors import UsageError
from selfassess.loading.yaml_text import quoted
from selfassess.model.common import Source
from selfassess.model.evidence import Claim, Code, Column, PlannedAction, RegisterEntry, TableSpec
from selfassess.model.framework import Condition, Framework, Level, Node, Question, Rule, Scale
from selfassess.model.workspace import RegisterFile, SelfEvaluation, WorkspaceFile
from selfassess.scaffold import write_workspace
from selfassess.scaffold.guide import READINGS
from selfassess.scaffold.words import key

FRAMEWORK = Framework(
    id="test-frame",
    edition="2026-01",
    title="Test frame",
    kind="graded",
    status="in-force",
    source=Source(title="Here"),
    scales=(
        Scale(
            id="two",
            title="Two",
            levels=(Level(id="fine", title="Fine"), Level(id="poor", title="Poor")),
        ),
    ),
    questions=(
        Question(id="what-known", text='What do you know: "all" of it?'),
        Question(id="what-next", text="What will you do?"),
    ),
    nodes=(
        Node(
            id="whole",
            title="The whole",
            kind="judgement",
            scale="two",
            nodes=(
                Node(id="part", title="A part", kind="judgement", owns=("plans",)),
                Node(id="C-01", title="A point", kind="criterion", measures=("made.up",)),
            ),
        ),
    ),
    ceilings=(Rule(id="a-rule", if_=Condition(measure="made.up"), because="So."),),
)
TABLES = {
    "list_one": TableSpec(
        id="list_one",
        title="List one",
        entity="child",
        key=("child_id",),
        cover="6 months",
        columns=(
            Column(name="child_id", headers=("Child Unique ID",), type="id", required=True),
            Column(
                name="colour",
                headers=("Colour | shade",),
                type="code",
                codes=tuple(Code(id=f"c{n}", title=f"Colour {n}") for n in range(14)),
            ),
        ),
    ),
    "workers": TableSpec(
        id="workers",
        title="Workers",
        entity="worker",
        key=("worker",),
        files=("workers.csv", "staff.csv"),
        note="One row a worker.",
        columns=(
            Column(name="worker", headers=("worker", "Name"), type="text", required=True),
            Column(name="fte", headers=("fte, whole time",), type="number"),
        ),
    ),
}


def read(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def as_model(path: Path, model: type) -> Any:
    data = read(path)
    assert data.pop("schema").startswith("selfassess/")
    return TypeAdapter(model).validate_python(data)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "new" / "my council"
    write_workspace(target, council="Some Council", framework=FRAMEWORK, tables=TABLES)
    return target


def test_every_file_written_is_named(tmp_path: Path) -> None:
    written = write_workspace(tmp_path, council="A", framework=FRAMEWORK, tables=TABLES)

    found = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert set(written) == found
    assert len(written) == len(found)
    assert (tmp_path / "out").is_dir()
    assert (tmp_path / "history").is_dir()


def test_settings_are_valid_and_safe_by_default(folder: Path) -> None:
    settings = as_model(folder / "selfassess.yaml", WorkspaceFile)

    assert settings.council.name == "Some Council"
    assert (settings.framework, settings.edition) == ("test-frame", "2026-01")
    for field in fields(WorkspaceFile):
        if field.name not in ("council", "framework", "edition"):
            found = getattr(settings, field.name)
            usual = field.default_factory() if callable(field.default_factory) else None
            assert not found or found == usual, f"{field.name} is on by default"


def test_every_setting_is_explained_and_its_example_works(folder: Path) -> None:
    text = (folder / "selfassess.yaml").read_text(encoding="utf-8")
    switched_on = re.sub(r"(?m)^( *)#(?=\S)", r"\1", text)
    (folder / "selfassess.yaml").write_text(switched_on, encoding="utf-8")

    settings = as_model(folder / "selfassess.yaml", WorkspaceFile)

    for field in fields(WorkspaceFile):
        assert getattr(settings, field.name), f"{field.name} has no example"
    assert settings.council.code
    assert settings.waivers[0].rule == "a-rule"


def test_each_option_can_be_switched_on_alone(folder: Path) -> None:
    text = (folder / "selfassess.yaml").read_text(encoding="utf-8")
    options = re.findall(r"(?m)^ *#\S.*$", text)
    assert len(options) >= len(fields(WorkspaceFile)) - 3
    for option in options:
        alone = text.replace(option, option.replace("#", "", 1))
        data = YAML(typ="safe").load(alone)
        data.pop("schema")
        TypeAdapter(WorkspaceFile).validate_python(data)


def test_each_judgement_has_its_questions_and_no_grade(folder: Path) -> None:
    page = as_model(folder / "self-evaluation.yaml", SelfEvaluation)

    assert page.framework == "test-frame@2026-01"
    assert list(page.judgements) == ["whole", "part"]
    blank = Claim(answers={"what-known": "", "what-next": ""})
    assert page.judgements["whole"] == blank
    assert page.judgements["part"] == blank
    assert page.plan == ()


def test_only_graded_judgements_ask_for_a_grade(folder: Path) -> None:
    judgements = read(folder / "self-evaluation.yaml")["judgements"]

    assert "grade" in judgements["whole"]
    assert "grade" not in judgements["part"]
    assert "One of: fine, poor." in (folder / "self-evaluation.yaml").read_text(encoding="utf-8")


def test_examples_in_comments_name_every_key(folder: Path) -> None:
    evaluation = (folder / "self-evaluation.yaml").read_text(encoding="utf-8")
    register = (folder / "evidence" / "register.yaml").read_text(encoding="utf-8")
    for field in fields(Claim):
        if field.name != "reconfirm":  # written by an upgrade, never by hand
            assert f"{field.name}:" in evaluation
    for field in fields(PlannedAction):
        if field.name != "criterion":
            assert f"{field.name}:" in evaluation
    for field in fields(RegisterEntry):
        if field.name not in ("criterion", "judgement", "published"):
            assert f"{field.name}:" in register


@pytest.mark.parametrize(
    ("file", "key", "model"),
    [
        ("evidence/register.yaml", "entries", RegisterFile),
        ("self-evaluation.yaml", "plan", SelfEvaluation),
    ],
)
def test_the_example_in_the_comment_works(folder: Path, file: str, key: str, model: type) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    example = "\n".join(re.findall(r"(?m)^# {3}(.*)$", text))
    (folder / file).write_text(text.replace(f"{key}: []", f"{key}:\n{example}"), encoding="utf-8")

    (entry,) = getattr(as_model(folder / file, model), key)

    assert entry.id in ("E-001", "A-01")


def test_the_empty_register_is_valid(folder: Path) -> None:
    assert as_model(folder / "evidence" / "register.yaml", RegisterFile).entries == ()


def test_local_tables_get_a_file_with_their_headers(folder: Path) -> None:
    with (folder / "evidence" / "workers.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["worker", "fte, whole time"]]
    assert not (folder / "evidence" / "list_one.csv").exists()
    header = (folder / "evidence" / "readings.csv").read_text(encoding="utf-8")
    assert header.startswith("measure,value,unit,")
    assert header.count("\n") == 1


@pytest.mark.parametrize("name", ["../out.csv", "a/b.csv", "C:\\x.csv", "readings.csv"])
def test_a_table_cannot_name_a_file_elsewhere(tmp_path: Path, name: str) -> None:
    spec = TableSpec(
        id="odd",
        title="Odd",
        entity="x",
        key=("a",),
        files=(name,),
        columns=(Column(name="a", headers=("a",), type="text"),),
    )
    folder = tmp_path / "inside"
    written = write_workspace(folder, council="A", framework=FRAMEWORK, tables={"odd": spec})

    assert folder / "evidence" / "odd.csv" in written
    assert [path.name for path in tmp_path.iterdir()] == ["inside"]


def test_two_tables_of_one_file_get_a_file_each(tmp_path: Path) -> None:
    column = Column(name="a", headers=("a",), type="text")
    tables = {
        name: TableSpec(
            id=name, title=name, entity="x", key=("a",), files=("same.csv",), columns=(column,)
        )
        for name in ("one", "two")
    }
    write_workspace(tmp_path, council="A", framework=FRAMEWORK, tables=tables)

    assert (tmp_path / "evidence" / "same.csv").exists()
    assert (tmp_path / "evidence" / "two.csv").exists()


def test_the_guide_explains_every_column(folder: Path) -> None:
    guide = (folder / "README.md").read_text(encoding="utf-8")

    for table in TABLES.values():
        for column in table.columns:
            assert column.headers[0].replace("|", "\\|") in guide
    assert "One row a worker." in guide
    assert "Holds 6 months." in guide
    assert "`c0` Colour 0" in guide
    assert "`c13`" not in guide
    assert "and 2 more" in guide
    assert 'selfassess check "my council"' in guide
    for name in ("selfassess.yaml", "evidence/workers.csv", "evidence/readings.csv", "history/"):
        assert f"`{name}`" in guide


def test_nothing_is_written_over(folder: Path) -> None:
    config = folder / "selfassess.yaml"
    config.write_text("mine", encoding="utf-8")
    (folder / "README.md").unlink()

    with pytest.raises(UsageError, match=r"selfassess\.yaml is already there"):
        write_workspace(folder, council="Other", framework=FRAMEWORK, tables=TABLES)

    assert config.read_text(encoding="utf-8") == "mine"
    assert not (folder / "README.md").exists()


def test_a_single_file_in_the_way_stops_it(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "workers.csv").write_text("worker\nsomebody\n", encoding="utf-8")

    with pytest.raises(UsageError, match=r"workers\.csv is already there"):
        write_workspace(tmp_path, council="A", framework=FRAMEWORK, tables=TABLES)

    assert not (tmp_path / "selfassess.yaml").exists()


def test_a_folder_with_other_files_is_fine(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    write_workspace(tmp_path, council="A", framework=FRAMEWORK, tables=TABLES)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="is a file"):
        write_workspace(target, council="A", framework=FRAMEWORK, tables=TABLES)


@pytest.mark.parametrize("name", ["", "  \n"])
def test_a_council_needs_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="no name"):
        write_workspace(tmp_path / "x", council=name, framework=FRAMEWORK, tables=TABLES)
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    "name",
    [
        'The "Old" Town: council #1',
        "Cyngor Sir Ŵyr ŷ",
        "it's {braces} & [more], %s",
        "back\\slash",
        "yes",
        "two\nlines",
    ],
)
def test_any_name_survives(tmp_path: Path, name: str) -> None:
    write_workspace(tmp_path, council=name, framework=FRAMEWORK, tables=TABLES)
    assert as_model(tmp_path / "selfassess.yaml", WorkspaceFile).council.name == name


@pytest.mark.parametrize("name", ["plain-name", "yes", "null", "2026-04", "with space", "a: b"])
def test_a_key_is_read_back_as_text(name: str) -> None:
    assert YAML(typ="safe").load(f"{key(name)}: 1") == {name: 1}


def test_readings_have_the_columns_that_are_read() -> None:
    from selfassess.evidence.published import COLUMNS

    assert tuple(column for column, _ in READINGS) == COLUMNS


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
def test_quoting_gives_the_text_back(text: str) -> None:
    assert YAML(typ="safe").load(f"key: {quoted(text)}") == {"key": text}


def test_a_framework_without_judgements_or_rules(tmp_path: Path) -> None:
    bare = Framework(
        id="bare",
        edition="1",
        title="Bare",
        kind="narrative",
        status="draft",
        source=Source(title="Here"),
        nodes=(),
        in_force_from=dt.date(2026, 1, 1),
    )
    write_workspace(tmp_path, council="A", framework=bare, tables={})
    assert as_model(tmp_path / "self-evaluation.yaml", SelfEvaluation).judgements == {}
    assert as_model(tmp_path / "selfassess.yaml", WorkspaceFile).framework == "bare"
