"""What an earlier run compiled is taken where it would be compiled alike, and nowhere else."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfassess.errors import MeasureError
from selfassess.loading.cache import ParsedCache
from selfassess.loading.library import Library
from selfassess.measuring import compile_cache
from selfassess.measuring.answer import answer
from selfassess.measuring.compile import compile_computation
from selfassess.measuring.compile_cache import CompileCache
from selfassess.measuring.computing import part, ways
from selfassess.measuring.frames import Shared
from selfassess.measuring.months import Months
from selfassess.measuring.reckoned import labels
from selfassess.measuring.relations import Relation, Relations
from selfassess.measuring.session import Session, relations_of, shared_for
from selfassess.model.measure import Computation
from selfassess.toolkit import Toolkit

DAY = dt.date(2026, 6, 30)
MONTHS = Months(dt.date(2026, 1, 1), dt.date(2026, 6, 30), wide=True, reach=dt.date(2025, 12, 1))

World = Any
Doubts = Callable[[Relation, str], bool]
Asked = tuple[Computation, tuple[str, ...], Months | None]


@cache
def library() -> Library:
    return Toolkit.load(cache=False).library


@cache
def relations() -> Relations:
    found, problems = relations_of(library().tables, library().views, library().settings)
    assert not problems
    return found


def shared(doubts: Doubts) -> Shared:
    return shared_for(relations(), library().settings, DAY, doubts, 100)


@cache
def asked() -> tuple[Asked, ...]:
    """Every way of every measure that is shipped, with its breakdowns and, if told, its months."""
    return tuple(_asked())


def _asked() -> Iterator[Asked]:
    for measure in library().measures.values():
        by = tuple(dict.fromkeys(name for each in labels(measure) for name in each))
        for way in ways(measure):
            ratio = way.ratio
            pieces = (way,) if ratio is None else (part(way, ratio.of), part(way, ratio.to))
            for piece in pieces:
                told = (
                    piece.over
                    and not piece.at
                    and not piece.per
                    and piece.from_ in library().tables
                )
                yield piece, by, MONTHS if told else None


def by_chance(seed: int, besides: int = -1) -> Doubts:
    """A quarter of all columns hold cells that could not be read; others in a sixteenth of them."""

    def doubts(relation: Relation, column: str) -> bool:
        drawn = zlib.crc32(f"{seed} {relation.id}.{column}".encode())
        return (drawn % 4 == 0) != ((drawn >> 8) % 16 == besides)

    return doubts


def kept(folder: Path, ground: str = "day") -> CompileCache:
    return CompileCache(ParsedCache(folder, "definitions", "compiled"), ground)


def compiled_all(cache: CompileCache, doubts: Doubts) -> list[object]:
    return [
        cache.compile(computation, shared(doubts), by, months)
        for computation, by, months in asked()
    ]


def anew(doubts: Doubts) -> list[object]:
    return [
        compile_computation(computation, shared(doubts), by, months)
        for computation, by, months in asked()
    ]


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=st.integers(0, 99), change=st.integers(-1, 15))
def test_other_doubts_are_compiled_as_without_a_cache(
    folder: Path, first: int, change: int
) -> None:
    earlier = kept(folder)
    assert compiled_all(earlier, by_chance(first)) == anew(by_chance(first))
    earlier.keep()
    now = by_chance(first, change)
    assert compiled_all(kept(folder), now) == anew(now)


@pytest.fixture
def never(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on nothing can be compiled."""

    def refused(*_: object) -> None:
        raise MeasureError("compiled anew")

    return lambda: monkeypatch.setattr(compile_cache, "compile_computation", refused)


def test_a_second_run_compiles_nothing(folder: Path, never: Callable[[], None]) -> None:
    doubts = by_chance(1)
    first = kept(folder)
    compiled = compiled_all(first, doubts)
    first.keep()
    never()
    assert compiled_all(kept(folder), doubts) == compiled
    with pytest.raises(MeasureError, match="compiled anew"):
        compiled_all(kept(folder, "another day, or another local standard"), doubts)


def test_what_a_session_adds_is_not_kept(folder: Path, never: Callable[[], None]) -> None:
    first = kept(folder)
    computation, by, months = asked()[0]
    compiled = first.compile(computation, shared(by_chance(1)), by, months)
    as_compiled = list(compiled.ctes)
    compiled.ctes.insert(0, ("view", "SELECT 1"))
    first.keep()
    never()
    again = kept(folder).compile(computation, shared(by_chance(1)), by, months)
    assert again.ctes == as_compiled


@pytest.mark.parametrize("spoil", ["entry", "asked", "compiled", "by_use", "whole"])
def test_a_spoilt_entry_is_compiled_anew(folder: Path, spoil: str) -> None:
    doubts = by_chance(1)
    first = kept(folder)
    compiled = compiled_all(first, doubts)
    first.keep()
    path = folder / "compiled.json"
    entry = json.loads(path.read_bytes())
    for key in entry["data"]:
        if spoil == "entry":
            entry["data"][key] = "?"
        elif spoil == "asked":
            entry["data"][key]["asked"] = [["no-such-table", "x", True], 7]
        elif spoil == "by_use":
            entry["data"][key]["compiled"]["by_use"] = 7
        else:
            del entry["data"][key]["compiled"]
    path.write_text(json.dumps({**entry, "data": []} if spoil == "whole" else entry))
    assert compiled_all(kept(folder), doubts) == compiled


def test_nothing_is_written_where_nothing_is_new(folder: Path) -> None:
    first = kept(folder)
    compiled_all(first, by_chance(1))
    first.keep()
    path = folder / "compiled.json"
    path.chmod(0o600)
    before = path.stat().st_mtime_ns, path.stat().st_ino
    second = kept(folder)
    compiled_all(second, by_chance(1))
    second.keep()
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


WORKERS = """
worker | role | fte
Ann    | asye | 0.5
Bo     | asye | 0.7
Cy     | asye | 1
"""


def share(world: World, folder: Path, table: str, numerator: str) -> tuple[float | None, int]:
    """The rows that meet it and those unknown, with a cache; without one it is the same."""
    measure = world.measure(**{"from": table, "numerator": numerator})

    def answered(store: ParsedCache | None) -> Any:
        evidence = world.evidence()
        session = Session(evidence, world.tables, world.views, world.settings, [measure], store)
        reading = answer(measure, session, "")[0]
        session.keep()
        return reading

    found = answered(ParsedCache(folder, "definitions", "compiled"))
    assert found == answered(None)
    return found.numerator, found.unknown


def test_limits_and_cells_of_this_run_count(world: World, folder: Path) -> None:
    over = "workers", "fte * 4 > setting(limit, role: role)"
    world.table("workers", WORKERS)
    # Of 2, 2.8 and 4 two are over 2, and one over 3.
    assert share(world, folder, *over) == (2, 0)
    limits = [{"keys": {"role": "asye"}, "value": 3}, {"value": 4}]
    world.setting(id="limit", title="Limit", values=limits)
    assert share(world, folder, *over) == (1, 0)
    world.table("workers", WORKERS.replace("0.7", "#"))
    assert share(world, folder, *over) == (1, 1)
    world.table("workers", WORKERS)
    assert share(world, folder, *over) == (1, 0)


def test_the_day_of_this_run_counts(world: World, folder: Path) -> None:
    long = "cp", "days(start_date, as_at) > 100"
    for as_at, count in ((dt.date(2026, 5, 1), 1), (dt.date(2026, 8, 1), 2)):
        world = dataclasses.replace(world, as_at=as_at, _evidence=None)
        world.table("cp", "child_id | start_date\n1 | 2026-01-01\n2 | 2026-04-01\n")
        assert share(world, folder, *long) == (count, 0)
