"""Changed limits: what a command line says of them, put into settings and clocks."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from selfassess.errors import UsageError, nearest
from selfassess.model.measure import Measure, Setting, SettingValue

__all__ = ["Change", "changed_limit", "changed_settings"]

_SETTING = re.compile(r"\s*([^\s=\[\]]+)\s*(?:\[([^\]]*)\])?\s*=\s*(.*?)\s*")


@dataclass(frozen=True, slots=True)
class Change:
    """One limit that is another one: ``caseload-limit[role=asye]``, from 12 to 10."""

    what: str
    before: str
    after: str


def changed_settings(
    settings: Mapping[str, Setting], texts: Iterable[str]
) -> tuple[Mapping[str, Setting], tuple[Change, ...]]:
    """Put other values into settings.

    Raises:
        UsageError: a text is not ``ID=VALUE`` or ``ID[key=value]=VALUE``, or there is no such
            setting, key or kind of value.
    """
    found = dict(settings)
    changes = []
    for text in texts:
        match = _SETTING.fullmatch(text)
        if match is None or not match[3]:
            raise UsageError(
                f"--setting '{text}': write it as caseload-limit[role=asye]=10, or visit-days=10."
            )
        setting = found.get(match[1])
        if setting is None:
            raise UsageError(
                f"--setting {match[1]}: there is no such setting.", hint=nearest(match[1], found)
            )
        place = _place(setting, match[2])
        old = setting.values[place]
        new = dataclasses.replace(old, value=_value(setting, old, match[3]))
        values = (*setting.values[:place], new, *setting.values[place + 1 :])
        found[setting.id] = dataclasses.replace(setting, values=values)
        changes.append(Change(setting.id + _keys(old.keys), _plain(old.value), _plain(new.value)))
    return found, tuple(changes)


def changed_limit(measure: Measure, limit: float) -> tuple[Measure, Change]:
    """Put another number into the limit that a measure's clock holds.

    Raises:
        UsageError: it has no clock, its clock reads a setting, or it has several limits.
    """
    from selfassess.measuring.language import parse_limit
    from selfassess.measuring.syntax import Limit, Number, write, write_limit

    if limit < 0:
        raise UsageError(f"--limit {_plain(limit)}: a limit is not below 0.")
    seen: dict[str, str] = {}
    settings: set[str] = set()

    def moved(part: Any) -> Any:
        if part.clock is None:
            return part
        own = part.clock.limit
        cases = [parse_limit(text) for text in ([own] if isinstance(own, str) else own)]
        written = []
        for case in cases:
            if isinstance(case.value, Number):
                fresh = Limit(Number(_whole(limit)), case.unit, case.when)
                seen[write_limit(case)] = write_limit(fresh)
                case = fresh
            else:
                settings.add(write(case.value))
            written.append(write_limit(case))
        clock = dataclasses.replace(
            part.clock, limit=written[0] if isinstance(own, str) else tuple(written)
        )
        return dataclasses.replace(part, clock=clock)

    ways = tuple(moved(way) for way in measure.ways)
    other = dataclasses.replace(moved(measure), ways=ways)
    if len(seen) == 1:
        ((before, after),) = seen.items()
        return other, Change("limit", before, after)
    if seen:
        raise UsageError(
            f"--limit: {measure.id} has {len(seen)} limits ({'; '.join(seen)}), and one number "
            "cannot stand for all.",
            hint="A measure whose limits are settings can be asked with --setting.",
        )
    where = f"reads its limit from {', '.join(sorted(settings))}" if settings else "has no clock"
    raise UsageError(
        f"--limit: {measure.id} {where}.", hint="Change a setting with --setting ID=VALUE."
    )


def _place(setting: Setting, keys: str | None) -> int:
    """Which of a setting's values is meant."""
    if keys is None:
        plain = [i for i, each in enumerate(setting.values) if not each.keys]
        if plain or len(setting.values) == 1:
            return plain[0] if plain else 0
    else:
        parted = [pair.partition("=") for pair in keys.split(",")]
        pairs = {key.strip(): value.strip() for key, _, value in parted}
        for place, each in enumerate(setting.values):
            if each.keys == pairs:
                return place
    valid = [setting.id + _keys(each.keys) for each in setting.values]
    given = setting.id if keys is None else f"{setting.id}[{keys}]"
    raise UsageError(
        f"--setting {given}: the setting has no such value.",
        hint=f"Valid: {', '.join(valid)}." if keys is None else nearest(given, valid),
    )


def _value(setting: Setting, old: SettingValue, text: str) -> float | str:
    if isinstance(old.value, tuple):
        raise UsageError(
            f"--setting {setting.id}: it is a list of patterns.",
            hint="Change it in selfassess.yaml, with who and why.",
        )
    if isinstance(old.value, str):
        return text
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not abs(number) < float("inf"):
        raise UsageError(f"--setting {setting.id}: '{text}' is no number.")
    return number


def _keys(keys: Mapping[str, str]) -> str:
    listed = ",".join(f"{key}={value}" for key, value in keys.items())
    return f"[{listed}]" if listed else ""


def _whole(number: float) -> int | float:
    return int(number) if float(number).is_integer() else number


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)
