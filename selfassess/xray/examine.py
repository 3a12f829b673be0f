"""Runs every rule over a case, and sets waived findings aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selfassess.model.xray import XrayFinding, XrayWaiver
from selfassess.xray import rules_claims, rules_evidence, rules_text
from selfassess.xray.case import Case
from selfassess.xray.rule import Found, Rule

__all__ = ["ALL_RULES", "WAIVER_EXPIRED", "WAIVER_NEEDLESS", "examine"]


def _nothing(case: Case) -> Iterator[Found]:
    yield from ()


WAIVER_EXPIRED = Rule(
    "waiver-expired",
    "remark",
    "No waiver has run out",
    "A waiver is somebody's word until a date; behind it the check counts again.",
    "Mend the finding, or have somebody waive it anew with a reason.",
    _nothing,
)
WAIVER_NEEDLESS = Rule(
    "waiver-needless",
    "remark",
    "Each waiver sets something aside",
    "A waiver of nothing could later hide a finding that nobody thought of.",
    "Take it away.",
    _nothing,
)
ALL_RULES: tuple[Rule, ...] = (
    *rules_claims.RULES,
    *rules_evidence.RULES,
    *rules_text.RULES,
    WAIVER_EXPIRED,
    WAIVER_NEEDLESS,
)
_SEVERITIES = ("error", "warning", "remark")


def examine(case: Case, waivers: Sequence[XrayWaiver] = ()) -> tuple[XrayFinding, ...]:
    """Every inconsistency of a self-evaluation: in the framework's order, the gravest first.

    Args:
        case: the self-evaluation and its evidence.
        waivers: findings that a named person set aside until a date.
    """
    found: dict[str, XrayFinding] = {}
    for rule in ALL_RULES:
        for each in rule.look(case):
            finding = _finding(rule, each)
            found.setdefault(finding.id, finding)
    aside = [_aside(finding, waivers, case.as_at) for finding in found.values()]
    order = {key: index for index, key in enumerate(case.nodes)}
    every = [*aside, *_on_waivers(aside, waivers, case.as_at)]
    return tuple(
        sorted(
            every,
            key=lambda each: (
                order.get(each.node, len(order)),
                _SEVERITIES.index(each.severity),
                _RANK[each.rule],
            ),
        )
    )


_RANK = {rule.id: index for index, rule in enumerate(ALL_RULES)}


def _finding(rule: Rule, found: Found) -> XrayFinding:
    detail = f"/{found.detail}" if found.detail else ""
    return XrayFinding(
        id=f"{rule.id}@{found.node}{detail}",
        rule=rule.id,
        severity=found.severity or rule.severity,
        node=found.node,
        path=found.path,
        text=found.text,
        why=rule.why,
        mend=f"{found.mend} {rule.mend}".strip() if found.mend else rule.mend,
        evidence=found.evidence,
    )


def _covers(waiver: XrayWaiver, finding: XrayFinding) -> bool:
    return waiver.finding in (finding.id, f"{finding.rule}@{finding.node}")


def _aside(finding: XrayFinding, waivers: Sequence[XrayWaiver], as_at: dt.date) -> XrayFinding:
    for waiver in waivers:
        if _covers(waiver, finding) and as_at <= waiver.until:
            return replace(finding, waived=waiver)
    return finding


def _on_waivers(
    findings: Sequence[XrayFinding], waivers: Sequence[XrayWaiver], as_at: dt.date
) -> Iterator[XrayFinding]:
    for waiver in waivers:
        covered = [finding for finding in findings if _covers(waiver, finding)]
        node = covered[0].node if covered else "whole"
        path = ("xray_waivers",)
        if not covered:
            text = f"The waiver of ‘{waiver.finding}’ by {waiver.who} sets nothing aside."
            yield _finding(WAIVER_NEEDLESS, Found(node, path, text, waiver.finding))
        elif as_at > waiver.until and all(finding.waived is None for finding in covered):
            text = (
                f"The waiver of ‘{waiver.finding}’ by {waiver.who} ran out on "
                f"{waiver.until.isoformat()}; the finding counts again."
            )
            yield _finding(WAIVER_EXPIRED, Found(node, path, text, waiver.finding))
