"""The store: what it keeps, what it refuses, how it comes to a new shape."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from selfassess.errors import PlanConflictError, PlanError
from selfassess.plan import drafting
from selfassess.plan.connect import engine_of
from selfassess.plan.drafting import Author
from selfassess.plan.events import Draft
from selfassess.plan.migrate import migrate
from selfassess.plan.record import Plan
from selfassess.plan.schema import HEAD, metadata
from selfassess.plan.store import PlanStore

from .conftest import Book, counted

ANN = Author("Ann", dt.datetime(2026, 4, 1, 9))
BOB = Author("Bob", dt.datetime(2026, 4, 2, 10))


def filled(address: Path | str) -> PlanStore:
    store = PlanStore(address)
    store.write(lambda plan: drafting.add(plan, ANN, {"title": "Ŵŷ =1+1 'x'"}, success=[counted()]))
    store.write(lambda plan: drafting.comment(plan, BOB, "A-01", "one\ntwo 😀"))
    return store


def test_what_is_written_is_read_again(address: Path | str) -> None:
    store = filled(address)
    again = PlanStore(address)
    assert again.events() == store.events()
    action = again.plan().actions["A-01"]
    assert (action.title, action.comments[0].text) == ("Ŵŷ =1+1 'x'", "one\ntwo 😀")
    assert action.success[0].baseline == 60
    assert again.plan(dt.date(2026, 4, 1)).actions["A-01"].comments == ()


def test_what_a_rule_refuses_leaves_nothing(address: Path | str) -> None:
    store = filled(address)
    before = store.events()

    def half_good(plan: Plan) -> list[Draft]:
        return [
            *drafting.comment(plan, BOB, "A-01", "good"),
            *drafting.move_delivery(plan, BOB, "A-01", "embedded"),
        ]

    with pytest.raises(PlanError, match="from draft to embedded"):
        store.write(half_good)
    assert store.events() == before


def test_a_change_of_what_somebody_else_changed_is_refused(address: Path | str) -> None:
    store = filled(address)
    version = store.plan().actions["A-01"].version
    other = PlanStore(address)
    other.write(lambda plan: drafting.update(plan, BOB, "A-01", {"owner": "Bob"}))
    with pytest.raises(PlanConflictError) as error:
        store.write(
            lambda plan: drafting.update(plan, BOB, "A-01", {"owner": "Ann"}),
            expected={"A-01": version},
        )
    said = error.value.message
    assert f"version {version + 1} now, you had {version}" in said
    assert "last by Bob on 2026-04-02 10:00" in said
    assert store.plan().actions["A-01"].owner == "Bob"


def test_a_reading_is_no_change_to_collide_with(address: Path | str) -> None:
    store = filled(address)
    version = store.plan().actions["A-01"].version
    store.write(
        lambda plan: drafting.read_measure(
            plan, BOB, "A-01", "S1", date=dt.date(2026, 4, 2), value=61.0
        )
    )
    store.write(
        lambda plan: drafting.update(plan, BOB, "A-01", {"owner": "Ann"}),
        expected={"A-01": version},
    )


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET who = 'Eve' WHERE seq = 1",
        "UPDATE event SET after = '\"other\"' WHERE seq = 2",
        "DELETE FROM event WHERE seq = 1",
        "UPDATE event SET at = 'yesterday' WHERE seq = 1",
    ],
)
def test_a_history_changed_behind_its_back_is_told(tmp_path: Path, change: str) -> None:
    filled(tmp_path / "plan.db")
    with closing(sqlite3.connect(tmp_path / "plan.db")) as database:
        database.execute(change)
        database.commit()
    with pytest.raises(PlanError) as error:
        PlanStore(tmp_path / "plan.db").events()
    assert error.value.hint


def test_the_file_is_kept_as_promised(tmp_path: Path) -> None:
    filled(tmp_path / "plan.db")
    engine, _ = engine_of(tmp_path / "plan.db")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000
    assert [path.name for path in tmp_path.iterdir()] == ["plan.db"], "nothing is left beside it"


@pytest.mark.parametrize("content", [b"no database, but as long as one" * 99, b"x"])
def test_what_is_no_store_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.db"
    path.write_bytes(content)
    with pytest.raises(PlanError, match=r"plan\.db: this is not a plan's store"):
        PlanStore(path)
    assert path.read_bytes() == content


def test_somebody_else_s_database_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "plan.db")) as database:
        database.execute("CREATE TABLE event (id INTEGER)")
    with pytest.raises(PlanError, match="no version of selfassess made"):
        PlanStore(tmp_path / "plan.db")


@pytest.mark.parametrize(
    ("url", "match"),
    [
        ("mysql://x/y", "not supported"),
        ("sqlite:///x.db", "not supported"),
        ("nonsense", "no address"),
        ("postgresql+psycopg://me:secret@127.0.0.1:1/none", "the database answered"),
    ],
)
def test_addresses_that_cannot_be_used(url: str, match: str) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(PlanError, match=match) as error:
        PlanStore(url)
    assert "secret" not in str(error.value)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="cannot be opened for writing"):
        PlanStore(tmp_path / "none" / "plan.db")


# ------------------------------------------------------------------------------- histories


def test_a_history_moves_to_another_store(tmp_path: Path, address: Path | str) -> None:
    events = filled(tmp_path / "one.db").events()
    store = PlanStore(address)
    assert store.extend(events) == events
    assert store.extend(events) == (), "a second time adds nothing"
    assert store.extend(events[:1]) == (), "an older export adds nothing"
    assert store.events() == events


def test_histories_that_part_are_not_joined(tmp_path: Path) -> None:
    one, other = filled(tmp_path / "one.db"), filled(tmp_path / "other.db")
    one.write(lambda plan: drafting.comment(plan, BOB, "A-01", "here"))
    other.write(lambda plan: drafting.comment(plan, BOB, "A-01", "there"))
    with pytest.raises(PlanConflictError, match="part at event 3"):
        one.extend(other.events())


def test_a_forged_history_meets_the_same_rules(tmp_path: Path, book: Book) -> None:
    from dataclasses import replace

    book.closed()
    events = list(book.events)
    closing_event = next(event for event in events if event.kind == "closed")
    without_assurance = [event for event in events if event.kind != "assured"]
    with pytest.raises(PlanError, match="somebody other than its owner"):
        PlanStore(tmp_path / "a.db").extend(_numbered(without_assurance))
    jumped = [events[0], replace(closing_event, seq=2, version=2)]
    with pytest.raises(PlanError, match="cannot be closed"):
        PlanStore(tmp_path / "b.db").extend(jumped)
    with pytest.raises(PlanError, match="another number or version"):
        PlanStore(tmp_path / "c.db").extend([replace(events[0], version=7)])
    assert PlanStore(tmp_path / "a.db").events() == ()


def _numbered(events: list) -> list:  # type: ignore[type-arg]
    from selfassess.plan.events import number

    return list(number(events, 0, {}))


# ------------------------------------------------------------------------------ migrations

STEP = """
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "{head}"

def upgrade():
    op.add_column("event", sa.Column("place", sa.Text))
    {then}
"""


def scripts(tmp_path: Path, then: str = "") -> Path:
    """The shipped steps and one more."""
    import shutil

    import selfassess.plan.migrations as shipped

    folder = tmp_path / f"steps{len(then)}"
    shutil.copytree(Path(shipped.__file__).parent, folder)
    text = STEP.format(head=HEAD, then=then)
    (folder / "versions" / "v9999_place.py").write_text(text, encoding="utf-8")
    return folder


def test_the_steps_lead_to_the_shape_that_the_code_uses(address: Path | str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    import selfassess.plan.migrations as shipped

    PlanStore(address)
    engine, _ = engine_of(address)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == HEAD
        # The steps alone make the index; all else is declared alike.
        [(kind, index)] = compare_metadata(context, metadata)
        assert (kind, index.name, index.unique) == ("remove_index", "event_version", True)
        assert [column.name for column in index.columns] == ["action", "version"]
    config = Config()
    config.set_main_option("script_location", str(Path(shipped.__file__).parent))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_step_is_taken_after_a_backup(tmp_path: Path, address: Path | str) -> None:
    store = filled(address)
    events = store.events()
    engine, name = engine_of(address)
    backup = migrate(
        engine, name, scripts=scripts(tmp_path), head="9999", backups=tmp_path / "kept"
    )
    assert migrate(engine, name, scripts=scripts(tmp_path, " "), head="9999") is None
    if isinstance(backup, Path):
        assert backup.parent == tmp_path / "kept"
        assert PlanStore(backup).events() == events, "the backup is a whole store"
    else:
        with engine.connect() as connection:
            copied = connection.exec_driver_sql("SELECT count(*) FROM event_before_9999").scalar()
        assert copied == len(events)
    with pytest.raises(PlanError, match="later version of selfassess"):
        PlanStore(address)


def test_a_step_that_fails_leaves_everything_as_it_was(tmp_path: Path, address: Path | str) -> None:
    events = filled(address).events()
    engine, name = engine_of(address)
    with pytest.raises(PlanError, match="is as it was"):
        migrate(engine, name, scripts=scripts(tmp_path, "raise KeyError('x')"), head="9999")
    assert PlanStore(address).events() == events
    with engine.connect() as connection:
        assert "place" not in connection.exec_driver_sql("SELECT * FROM event").keys()  # noqa: SIM118


def test_where_the_log_cannot_be_kept_the_store_is_opened_with_the_other_journal() -> None:
    # In memory, as on some shares, SQLite has no write-ahead log and does not say that it failed.
    engine, _ = engine_of(Path(":memory:"))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "memory"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
