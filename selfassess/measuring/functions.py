"""The functions of the measure language, one small translator each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from selfassess.errors import nearest
from selfassess.evidence.cells import literal
from selfassess.measuring import dates
from selfassess.measuring.arguments import count_arguments
from selfassess.measuring.frames import Frame
from selfassess.measuring.language import LanguageError
from selfassess.measuring.patterns import fits
from selfassess.measuring.pieces import (
    Any_,
    Atom,
    Condition,
    Value,
    doubt_of,
    loosened,
    no,
    yes,
)
from selfassess.measuring.settings import setting_value
from selfassess.measuring.syntax import Band, Call, Expression, Path, write
from selfassess.measuring.translate import condition, is_blank, number, translate, value

__all__ = ["FUNCTIONS", "call"]

_LOOKS = frozenset({"previous", "latest", "count", "open_in"})


def call(node: Call, frame: Frame) -> Value | Condition:
    """Translate a call.

    Raises:
        LanguageError: no such function, or its arguments do not fit.
    """
    function = FUNCTIONS.get(node.name)
    if function is None:
        hint = nearest(node.name, FUNCTIONS, few=True)
        if node.name in ("sum", "mean", "min", "max", "distinct", "share"):
            hint = "Aggregates stand in `aggregate` or in `per`, their expression in `value`."
        raise LanguageError(node.at, f"'{node.name}' is no function.", hint)
    if node.named and node.name != "setting":
        raise LanguageError(node.at, f"{node.name} takes no named arguments.")
    if node.name not in _LOOKS:
        return function(node, frame)
    if node.name == "previous":
        frame.reaches.append(frame.reach)
    text = write(node)
    if text not in frame.seen:
        frame.seen[text] = function(node, frame)
    return frame.seen[text]


def _band(node: Call, frame: Frame) -> Value:
    if len(node.arguments) < 2:
        raise LanguageError(node.at, "band takes a number and its bands, as band(x, 0-4, 5+).")
    found = number(node.arguments[0], frame)
    bands = node.arguments[1:]
    cases = []
    last: float = float("-inf")
    for position, each in enumerate(bands):
        if not isinstance(each, Band):
            raise LanguageError(each.at, "a band was expected, as 0-4 or 5+.")
        if each.low <= last or (each.high is not None and each.high < each.low):
            raise LanguageError(each.at, "bands go upwards and do not overlap.")
        last = each.low if each.high is None else each.high
        if each.high is None and position < len(bands) - 1:
            raise LanguageError(each.at, "an open band stands last.")
        label = f"{each.low}+" if each.high is None else f"{each.low}-{each.high}"
        cases.append(f"WHEN {found.sql} >= {each.low} THEN {literal(label)}")
        if each.high is not None and position == len(bands) - 1:
            cases.append(f"WHEN {found.sql} >= {each.high + 1} THEN NULL")
    # Downwards a band needs no upper end: the number's SQL, often long, stands once for each.
    cases.reverse()
    return Value(f"CASE {' '.join(cases)} END", "text", doubts=found.doubts)


def _first_of(node: Call, frame: Frame) -> Value:
    if len(node.arguments) < 2:
        raise LanguageError(node.at, "first_of takes two values or more.")
    found = [value(part, frame) for part in node.arguments]
    result = _alike(found, node)
    doubts: list[str] = []
    before: list[str] = []
    for each in found:
        doubts += [" AND ".join([*before, doubt]) for doubt in each.doubts]
        before.append(f"{each.sql} IS NULL")
    days = result.kind == "date" and any(each.kind == "datetime" for each in found)
    parts = ", ".join(frame.day(each) if days else each.sql for each in found)
    return Value(
        f"COALESCE({parts})",
        result.kind,
        result.codes,
        doubts=tuple(f"({doubt})" for doubt in doubts),
        filled=any(each.filled for each in found),
        loose=result.loose,
    )


def _if(node: Call, frame: Frame) -> Value:
    count_arguments(node, 2, 3)
    test = condition(node.arguments[0], frame)
    values = [value(part, frame) for part in node.arguments[1:]]
    result = _alike(values, node)
    days = result.kind == "date"
    parts = [frame.day(each) if days else each.sql for each in values]
    holds = yes(test)
    doubts = [*doubt_of(test), *(f"({holds} AND {doubt})" for doubt in values[0].doubts)]
    for other in values[1:]:
        doubts += [f"({no(test)} AND {doubt})" for doubt in other.doubts]
    return Value(
        f"CASE WHEN {holds} THEN {' ELSE '.join(parts)} END",
        result.kind,
        result.codes,
        doubts=tuple(f"COALESCE(CASE WHEN {d} THEN 1 ELSE 0 END, 0) = 1" for d in doubts),
        filled=len(values) > 1 and all(each.filled for each in values),
    )


def _alike(found: list[Value], node: Call) -> Value:
    """The common type of several values."""
    sorts = {"text" if each.kind == "code" else each.kind for each in found}
    if sorts == {"date", "datetime"}:
        return Value("", "date")
    if len(sorts) > 1 or "patterns" in sorts:
        kinds = ", ".join(dict.fromkeys(each.kind for each in found))
        raise LanguageError(node.at, f"the values of {node.name} differ in type: {kinds}.")
    codes: frozenset[str] = frozenset()
    for each in found:
        if each.codes:
            codes |= each.codes
        elif each.literal is not None:
            codes |= {each.literal}
        else:
            return Value("", found[0].kind if len(sorts) == 1 else "text", loose=found[0].loose)
    return Value("", "code" if codes else found[0].kind, codes or None)


def _setting(node: Call, frame: Frame) -> Value:
    count_arguments(node, 1)
    name = node.arguments[0]
    if not isinstance(name, Path) or len(name.parts) > 1:
        raise LanguageError(node.at, "setting takes a setting's name, as setting(caseload-limit).")
    keys = {key: value(part, frame) for key, part in node.named}
    return setting_value(frame.shared.settings, name.parts[0], keys, name.at)


def _blank(node: Call, frame: Frame) -> Condition:
    count_arguments(node, 1)
    return is_blank(translate(node.arguments[0], frame))


def _unknown(node: Call, frame: Frame) -> Condition:
    count_arguments(node, 1)
    found = translate(node.arguments[0], frame)
    doubts = found.doubts if isinstance(found, Value) else doubt_of(found)
    if not doubts:
        return Atom("1 = 0", firm=True)
    return Any_(tuple(Atom(doubt, firm=True) for doubt in doubts))


def _unlisted(node: Call, frame: Frame) -> Condition:
    count_arguments(node, 1)
    found = value(node.arguments[0], frame)
    if not found.codes:
        raise LanguageError(node.at, f"a {found.kind} has no set of codes to be outside of.")
    known = ", ".join(literal(code) for code in sorted(found.codes))
    return Atom(f"{found.sql} NOT IN ({known})", found.doubts)


def _matches(node: Call, frame: Frame) -> Condition:
    count_arguments(node, 2)
    found = value(node.arguments[0], frame)
    name = node.arguments[1]
    if found.kind not in ("text", "code"):
        raise LanguageError(node.at, f"a {found.kind} matches no patterns; a text does.")
    if not isinstance(name, Path) or len(name.parts) > 1:
        raise LanguageError(name.at, "the name of a setting that lists patterns was expected.")
    setting = setting_value(frame.shared.settings, name.parts[0], {}, name.at)
    if setting.kind != "patterns":
        raise LanguageError(name.at, f"setting '{name.parts[0]}' is no list of patterns.")
    if not setting.patterns:
        return Atom("1 = 0", found.doubts, firm=True)
    own = _own_column(node.arguments[0], frame)
    tests = fits("d.w" if own else loosened(found.sql), setting.patterns)
    return Atom(frame.tested(own, tests) if own else f"({tests})", found.doubts)


def _own_column(node: Expression, frame: Frame) -> str | None:
    """The name of the rows' own column that an expression is, if it is one."""
    if not isinstance(node, Path) or len(node.parts) > 1 or frame.only_names:
        return None
    name = node.parts[0]
    hidden = name in frame.names or name in frame.lets
    return name if name in frame.relation.columns and not hidden else None


def _previous(node: Call, frame: Frame) -> Value:
    from selfassess.measuring.lookups import previous

    count_arguments(node, 1)
    return previous(node, frame)


def _latest(node: Call, frame: Frame) -> Value:
    from selfassess.measuring.lookups import latest

    count_arguments(node, 1)
    return latest(node, frame)


def _count_rows(node: Call, frame: Frame) -> Value:
    from selfassess.measuring.lookups import count_rows

    count_arguments(node, 1, 3)
    return count_rows(node, frame)


def _open_in(node: Call, frame: Frame) -> Condition:
    from selfassess.measuring.lookups import open_in

    count_arguments(node, 2)
    return open_in(node, frame)


FUNCTIONS: Mapping[str, Callable[[Call, Frame], Value | Condition]] = {
    "days": dates.between("days"),
    "working_days": dates.between("working days"),
    "months": dates.between("months"),
    "hours": dates.hours,
    "working_hours": dates.working_hours,
    "day": dates.day,
    "age": dates.age,
    "band": _band,
    "first_of": _first_of,
    "if": _if,
    "setting": _setting,
    "blank": _blank,
    "unknown": _unknown,
    "unlisted": _unlisted,
    "matches": _matches,
    "previous": _previous,
    "latest": _latest,
    "count": _count_rows,
    "open_in": _open_in,
}
