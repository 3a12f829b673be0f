"""Two assessments compared, along the way from the earlier framework to the later one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from selfassess.changes.claims import claims, plan
from selfassess.changes.nodes import Nodes, criteria, overlap
from selfassess.changes.readings import moved
from selfassess.errors import UsageError

__all__ = ["SCHEMA", "compare", "refuse"]

SCHEMA = "selfassess/assessment@1"


def refuse(old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Do nothing where two assessments can be compared at all.

    Raises:
        UsageError: they speak of different councils or frameworks, or stand in the wrong order, or
            one of the two is no assessment of a known version.
    """
    for name, each in (("earlier", old), ("later", new)):
        found = each.get("schema")
        if found != SCHEMA:
            raise UsageError(
                f"The {name} file says it is {found!r}; expected {SCHEMA!r}.",
                hint="Name two files that `selfassess run` wrote: out/assessment.json, or one kept "
                "in history/.",
            )
        for key, kind in (("council", dict), ("framework", dict), ("as_at", str)):
            if not isinstance(each.get(key), kind):
                raise UsageError(
                    f"The {name} file is no whole assessment: the key '{key}' is missing or "
                    "malformed.",
                    hint="Make it anew with `selfassess run`; it is not meant to be edited.",
                )
    if not _one_council(old["council"], new["council"]):
        raise UsageError(
            f"The two speak of different councils: {_named(old['council'])} and "
            f"{_named(new['council'])}.",
            hint="Compare two assessments of one council.",
        )
    one, other = old["framework"].get("id"), new["framework"].get("id")
    if one != other:
        raise UsageError(
            f"The two were made under different frameworks: {one!r} and {other!r}.",
            hint="Compare two assessments under one framework; its editions may differ.",
        )
    if str(old["as_at"]) > str(new["as_at"]):
        raise UsageError(
            f"The first speaks of {old['as_at']}, the second of {new['as_at']}: they stand in the "
            "wrong order.",
            hint="Name the earlier assessment first.",
        )


def _one_council(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """By code where both have one, for names change; else by name, for a code may come later."""
    codes = old.get("code"), new.get("code")
    if all(codes):
        return codes[0] == codes[1]
    one, other = (" ".join(str(each.get("name") or "").split()) for each in (old, new))
    return one.casefold() == other.casefold()


def _named(council: Mapping[str, Any]) -> str:
    code = council.get("code")
    return f"{council.get('name')!r}" + (f" ({code})" if code else "")


def compare(
    old: Mapping[str, Any], new: Mapping[str, Any], nodes: Nodes | None = None
) -> dict[str, Any]:
    """What changed from one assessment to a later one of the same council.

    Args:
        old: the earlier assessment.json.
        new: the later one.
        nodes: the way from the earlier framework to the later one, where the editions differ.

    Raises:
        UsageError: see `refuse`; or the two are malformed.
    """
    refuse(old, new)
    way = nodes or Nodes()
    try:
        return _compared(old, new, way)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        what = f"the key {error}" if isinstance(error, KeyError) else "a value of another kind"
        raise UsageError(
            f"The two cannot be compared: one of them lacks or malforms {what}.",
            hint="Make them anew with `selfassess run`; they are not meant to be edited.",
        ) from error


def _compared(old: Mapping[str, Any], new: Mapping[str, Any], nodes: Nodes) -> dict[str, Any]:
    common, pairs = overlap(old, new, nodes)
    aggregates = {str(m["measure"]): str(m.get("aggregate") or "") for m in new.get("method") or ()}
    readings = moved(old.get("readings") or (), new.get("readings") or (), aggregates)
    findings = _findings(old, new, nodes)
    found: dict[str, Any] = {
        "old": _side(old),
        "new": _side(new),
        "overlap": common,
        "readings": readings,
        "findings": findings,
        "claims": [*claims(old, new, nodes)],
        "statuses": [*_judgements(old, new, nodes), *_criteria(old, new, pairs)],
        "expired": [*_expired(old, new)],
        "plan": [*plan(old, new)],
    }
    same = common["same_edition"] and not any(
        (
            *(readings[key] for key in ("moved", "incomparable", "gained", "lost")),
            readings["left_out"],
            *findings.values(),
            *(found[key] for key in ("claims", "statuses", "expired", "plan")),
        )
    )
    return {"nothing": same, "text": "Nothing changed." if same else _summary(found), **found}


def _side(assessment: Mapping[str, Any]) -> dict[str, Any]:
    framework = assessment["framework"]
    return {
        "as_at": assessment["as_at"],
        "framework": f"{framework['id']}@{framework['edition']}",
        "made_with": dict(assessment.get("made_with") or {}),
    }


def _summary(found: Mapping[str, Any]) -> str:
    readings = found["readings"]
    parts = [
        (len(readings["moved"]), "reading", "moved"),
        (len(found["findings"]["new"]), "finding", "new"),
        (len(found["findings"]["resolved"]), "finding", "resolved"),
        (len(found["statuses"]), "status or ceiling", "changed"),
        (len(found["expired"]), "piece of evidence", "expired"),
    ]
    plurals = {
        "reading": "readings",
        "finding": "findings",
        "status or ceiling": "statuses or ceilings",
        "piece of evidence": "pieces of evidence",
    }
    told = [
        f"{count} {noun if count == 1 else plurals[noun]} {verb}"
        for count, noun, verb in parts
        if count
    ]
    text = f"Since {found['old']['as_at']}: {', '.join(told) or 'little changed'}."
    if readings["tested"]:
        text += (
            f" Of {readings['tested']} figures that could be tested, {readings['beyond_chance']} "
            "moved by more than chance; about one in twenty would look so by chance alone."
        )
    return text


def _findings(
    old: Mapping[str, Any], new: Mapping[str, Any], nodes: Nodes
) -> dict[str, list[dict[str, Any]]]:
    before = {str(each["id"]): each for each in old.get("findings") or ()}
    after = {str(each["id"]): each for each in new.get("findings") or ()}
    came: dict[str, str] = {}
    resolved, gone = [], []
    for key, finding in before.items():
        heirs = nodes.finding(key)
        still = [heir for heir in heirs if heir in after]
        for heir in still:
            came.setdefault(heir, key)
        if not heirs:
            gone.append(_told(finding))
        elif not still:
            resolved.append(_told(finding))
    changed = [
        {**_told(after[key]), "old_kind": before[was]["kind"]}
        for key, was in came.items()
        if after[key]["kind"] != before[was]["kind"]
    ]
    return {
        "new": [_told(finding) for key, finding in after.items() if key not in came],
        "resolved": resolved,
        "changed": changed,
        "no_longer_asked": gone,
    }


def _told(finding: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(finding["id"]),
        "kind": str(finding["kind"]),
        "text": str(finding.get("text") or ""),
        "where": dict(finding.get("where") or {}),
    }


def _judgements(
    old: Mapping[str, Any], new: Mapping[str, Any], nodes: Nodes
) -> Iterator[dict[str, Any]]:
    before = {str(each["id"]): each for each in old.get("judgements") or ()}
    heirs = {heir: node for node in before for heir in reversed(nodes.heirs(node))}
    for judgement in new.get("judgements") or ():
        was = before.get(heirs.get(str(judgement["id"]), ""))
        if was is None:
            continue
        for key, words in (
            ("ceiling", "What the evidence leaves standing"),
            ("challenge", "Claim against evidence"),
            ("confidence", "Confidence"),
        ):
            one, other = was.get(key), judgement.get(key)
            if one == other:
                continue
            title = f"{key}_title"
            shown = (was.get(title) or one, judgement.get(title) or other)
            none = "no limit" if key == "ceiling" else "not tested"
            yield {
                "node": str(judgement["id"]),
                "title": str(judgement.get("title") or judgement["id"]),
                "what": key,
                "old": one,
                "new": other,
                "text": f"{words}: {shown[0] or none} before, {shown[1] or none} now.",
            }


def _criteria(
    old: Mapping[str, Any], new: Mapping[str, Any], pairs: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    after = {str(each["id"]): each for each in criteria(new)}
    for was in criteria(old):
        node = pairs.get(str(was["id"]))
        if node is None or was.get("status") == after[node].get("status"):
            continue
        one, other = was.get("status"), after[node].get("status")
        yield {
            "node": node,
            "title": str(after[node].get("title") or node),
            "what": "status",
            "old": one,
            "new": other,
            "text": f"{one} before, {other} now: {after[node].get('why') or 'no reason given'}.",
        }


def _expired(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Evidence that counted before and is out of date now, or that is not there any more."""
    told: set[str] = set()
    was_stale = {str(each["id"]) for each in old.get("xray") or ()}
    for check in new.get("xray") or ():
        if check.get("rule") == "evidence-stale" and str(check["id"]) not in was_stale:
            for key in check.get("evidence") or ():
                if key not in told:
                    told.add(key)
                    yield {"id": key, "text": str(check.get("text") or "")}
    readings = {str(each["id"]): each for each in old.get("readings") or ()}
    for reading in new.get("readings") or ():
        key = str(reading["id"])
        was = readings.get(key)
        if was is None or key in told or reading.get("status") != "stale":
            continue
        if was.get("status") != "stale" and not reading.get("where"):
            told.add(key)
            yield {"id": key, "text": f"{reading.get('title')}: drawn on another day; out of date."}
    kinds = {str(each["id"]): each.get("kind") for each in old.get("findings") or ()}
    entries = {str(each["id"]): each for each in new.get("register") or ()}
    for finding in new.get("findings") or ():
        key = str(finding["id"]).removeprefix("entry:")
        counted = kinds.get(str(finding["id"])) in ("improve", "strength", "priority-action-risk")
        if key in entries and key not in told and counted and finding.get("kind") == "question":
            told.add(key)
            dated = entries[key].get("date") or "no date"
            yield {"id": key, "text": f"Entry {key} ({dated}) counts as a question only, now."}
    for entry in old.get("register") or ():
        if str(entry["id"]) not in entries:
            yield {"id": str(entry["id"]), "text": "No longer in the evidence register."}
