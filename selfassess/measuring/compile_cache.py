"""What computations were compiled to in an earlier run, so that a warm one compiles none anew.

What a computation compiles to hangs on the definitions, the local standards, the day, and on what
the compiler asks of the evidence: of some columns, whether they hold cells that could not be read.
Each entry keeps these questions with their answers, and stands only where all of them are answered
alike. It holds SQL and names, never a row.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from collections.abc import Sequence
from typing import Any

from selfassess.loading.cache import ParsedCache
from selfassess.measuring.compile import compile_computation
from selfassess.measuring.compiled import Compiled
from selfassess.measuring.frames import Shared
from selfassess.measuring.months import Months
from selfassess.measuring.relations import Relation
from selfassess.model.measure import Computation
from selfassess.writing.records import restored

__all__ = ["CompileCache"]


class CompileCache:
    """Compiles, or takes what an earlier run compiled.

    Args:
        store: where entries are kept, by the definitions that they come from; None for no cache.
        ground: what else all entries hang on, as text: the day and the local standards.
    """

    def __init__(self, store: ParsedCache | None = None, ground: str = "") -> None:
        self._store = store
        self._ground = ground.encode()
        kept = store.get(self._ground) if store else None
        self._kept: dict[str, Any] = kept if isinstance(kept, dict) else {}
        self._used: dict[str, Any] = {}

    def compile(
        self, computation: Computation, shared: Shared, by: Sequence[str], months: Months | None
    ) -> Compiled:
        """What `compile_computation` gives.

        Raises:
            MeasureError: an expression is at fault.
        """
        if self._store is None:
            return compile_computation(computation, shared, by, months)
        said = f"{computation!r}\n{tuple(by)!r}\n{months!r}"
        key = hashlib.sha256(said.encode()).hexdigest()
        with contextlib.suppress(AttributeError, KeyError, TypeError, ValueError):
            entry = self._kept[key]
            if all(_doubted(shared, *asked) == held for *asked, held in entry["asked"]):
                found: Compiled = restored(entry["compiled"], Compiled)
                self._used[key] = entry
                return found
        answers = _Answers(shared)
        compiled = compile_computation(computation, shared, by, months)
        if answers.complete:
            # A copy: to what was compiled, the session adds what it found to be needed.
            as_compiled = dataclasses.replace(compiled, ctes=list(compiled.ctes))
            self._used[key] = {"asked": answers.given(), "compiled": as_compiled}
        return compiled

    def keep(self) -> None:
        """Keep what was used, where anything of it was compiled anew."""
        new = any(self._kept.get(key) is not entry for key, entry in self._used.items())
        if self._store is not None and new:
            self._store.put(self._ground, self._used)


def _doubted(shared: Shared, relation: str, column: str) -> bool:
    return shared.doubts(shared.relations[relation], column)


class _Answers:
    """Notes what is asked of the evidence while a computation is compiled.

    Attributes:
        complete: whether each question can be asked again, by the names in it.
    """

    def __init__(self, shared: Shared) -> None:
        self.complete = True
        self._given: dict[tuple[str, str], bool] = {}
        self._relations = shared.relations
        self._doubts, shared.doubts = shared.doubts, self._noted

    def _noted(self, relation: Relation, column: str) -> bool:
        self.complete &= self._relations.get(relation.id) is relation
        answer = self._doubts(relation, column)
        self._given[relation.id, column] = answer
        return answer

    def given(self) -> list[list[Any]]:
        """Each question with its answer, in the order asked."""
        return [[*asked, answer] for asked, answer in self._given.items()]
