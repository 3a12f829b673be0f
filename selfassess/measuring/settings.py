"""Local standards inside expressions: ``setting(name, key: x)``."""

from __future__ import annotations

from collections.abc import Mapping

from selfassess.errors import nearest
from selfassess.evidence.cells import literal
from selfassess.measuring.language import LanguageError
from selfassess.measuring.pieces import Value
from selfassess.model.measure import Setting, SettingValue

__all__ = ["setting_value"]


def setting_value(
    settings: Mapping[str, Setting], name: str, keys: Mapping[str, Value], at: int
) -> Value:
    """A setting as SQL: of the values whose keys all match, the one with the most keys.

    Keys are read as codes are: exactly. A blank key matches no value that names it.

    Raises:
        LanguageError: there is no such setting or key, or its values differ in type.
    """
    setting = settings.get(name)
    if setting is None:
        raise LanguageError(at, f"'{name}' is no setting.", nearest(name, settings))
    known = setting.known_keys()
    for key, found in keys.items():
        if key not in known:
            raise LanguageError(at, f"setting '{name}' has no key '{key}'.", nearest(key, known))
        if found.kind not in ("text", "code"):
            raise LanguageError(
                at, f"key '{key}' of setting '{name}' is a text; a {found.kind} was given."
            )
    usable = [each for each in setting.values if set(each.keys) <= set(keys)]
    if not usable:
        wanted = ", ".join(known)
        raise LanguageError(
            at,
            f"setting '{name}' has no value without {wanted}.",
            f"Write setting({name}, {wanted}: …).",
        )
    if any(isinstance(each.value, tuple) for each in usable):
        if len(usable) > 1 or keys:
            raise LanguageError(
                at, f"setting '{name}': a list of patterns stands alone, without keys."
            )
        patterns = usable[0].value
        assert isinstance(patterns, tuple)  # noqa: S101 - the branch above
        return Value("", "patterns", patterns=patterns)
    texts = {isinstance(each.value, str) for each in usable}
    if len(texts) > 1:
        raise LanguageError(at, f"setting '{name}' holds numbers and texts.")
    usable.sort(key=lambda each: -len(each.keys))
    doubts = tuple(doubt for found in keys.values() for doubt in found.doubts)
    # A key's SQL may be long, and an engine reads it anew wherever it stands: one key stands once.
    subject = next(iter(keys.values())).sql if len(keys) == 1 else ""
    cases = []
    fallback = None
    for each in usable:
        if not each.keys:
            fallback = _literal(each)
            break
        tests = [
            literal(word) if subject else f"{keys[key].sql} = {literal(word)}"
            for key, word in each.keys.items()
        ]
        cases.append(f"WHEN {' AND '.join(tests)} THEN {_literal(each)}")
    kind = "text" if texts == {True} else "number"
    if not cases:
        only = usable[0].value
        return Value(
            str(fallback),
            "text" if kind == "text" else "number",
            filled=True,
            literal=only if isinstance(only, str) else None,
        )
    otherwise = [f"ELSE {fallback}"] if fallback is not None else []
    sql = " ".join(["CASE", *([subject] if subject else []), *cases, *otherwise, "END"])
    return Value(
        sql, "text" if kind == "text" else "number", doubts=doubts, filled=fallback is not None
    )


def _literal(each: SettingValue) -> str:
    if isinstance(each.value, str):
        return literal(each.value)
    assert not isinstance(each.value, tuple)  # noqa: S101 - told apart before
    figure = float(each.value)
    return str(int(figure)) if figure.is_integer() else repr(figure)
