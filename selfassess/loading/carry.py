"""Decides what becomes of each claim of a self-evaluation between two editions.

Pure: plain data and two whole editions in, a plan out. `selfassess.loading.carry_text` makes the
same changes in the file's text, and the two are checked against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selfassess.loading.carry_plan import Archived, ClaimPlan, Created, StepPlan
from selfassess.loading.carry_total import Total, has_content
from selfassess.loading.change import PERSON, Change
from selfassess.loading.compare import diff_along
from selfassess.loading.lineage import Heir, Lineage
from selfassess.model.framework import Framework

__all__ = ["carried", "plan_step", "point"]


def plan_step(
    data: Mapping[str, Any], old: Framework, new: Framework, declared: Lineage
) -> StepPlan:
    """Plan one step.

    Args:
        data: what ``self-evaluation.yaml`` says, as plain data that is valid under `old`.
        old: the edition that it was written for.
        new: the next edition.
        declared: what the migration file between the two says.
    """
    changes = diff_along(old, new, declared)
    step = StepPlan(old.reference, new.reference, changes)
    step.pointers = {
        node.id: to for node in old.walk() if (to := point(node.id, new, declared)) != node.id
    }
    _Planner(data.get("judgements") or {}, old, new, declared, step).plan()
    return step


def point(node: str, new: Framework, declared: Lineage) -> str | None:
    """What a reference to a node has to say in the new edition; None where it can say nothing."""
    heir = declared.nodes.get(node)
    if any(each.id == node for each in new.walk()):
        return node
    return heir.into[0] if heir is not None and len(heir.into) == 1 else None


class _Planner:
    """One step being planned."""

    def __init__(
        self,
        claims: Mapping[str, Any],
        old: Framework,
        new: Framework,
        declared: Lineage,
        step: StepPlan,
    ) -> None:
        self.claims = {node: claim or {} for node, claim in claims.items()}
        self.old, self.new, self.declared, self.step = old, new, declared, step
        self.titles = {node.id: node.title for node in old.walk()}
        self.present = {node.id: node for node in new.walk()}
        self.incoming: dict[str, list[str]] = {}

    def plan(self) -> None:
        """Fill in the step."""
        for node, claim in self.claims.items():
            plan = ClaimPlan(node, node)
            self.step.claims[node] = plan
            heir = self.declared.nodes.get(node)
            if heir is not None and heir.how in ("split", "merged") and heir.into:
                self._shared(plan, claim, heir)
            elif heir is not None and heir.how == "renamed" and heir.into:
                plan.to = heir.into[0]
            elif node not in self.present:
                self._archive(plan)
            if plan.archived is None:
                self._stays(plan, claim)
        for target, sources in self.incoming.items():
            self._receives(target, sources)
        if self.claims:
            self._new_judgements()

    def _sentence(self, kind: str, node: str) -> str:
        for change in self.step.changes:
            if change.kind == kind and change.subject == "node" and change.id == node:
                return change.sentence
        return ""

    def _archive(self, plan: ClaimPlan) -> None:
        kinds = ("split", "merged", "removed")
        plan.archived = next((s for kind in kinds if (s := self._sentence(kind, plan.node))), "")
        title = self.titles.get(plan.node, "")
        self.step.archived.append(Archived(plan.node, title, self.old.reference, plan.archived))

    def _shared(self, plan: ClaimPlan, claim: Mapping[str, Any], heir: Heir) -> None:
        if plan.node not in heir.into:
            self._archive(plan)
        if has_content(claim):
            for target in heir.into:
                if target != plan.node:
                    self.incoming.setdefault(target, []).append(plan.node)

    def _stays(self, plan: ClaimPlan, claim: Mapping[str, Any]) -> None:
        """A claim that keeps its place: what a person has to look at, and whether it is graded."""
        grade = claim.get("grade")
        for change in self.step.changes:
            if change.effect != PERSON or not has_content(claim):
                continue
            if change.subject == "node" and change.id == plan.node:
                if change.kind in ("moved", "split", "merged") or (
                    change.kind == "rescaled" and not self._on_scale(plan.to, grade)
                ):
                    plan.was_graded = grade
                plan.reconfirm.append(f"{self.new.reference}: {change.sentence}")
            elif change.subject == "question" and change.id in (claim.get("answers") or {}):
                self._question(plan, claim, change)
        for question, heir in self.declared.questions.items():
            if heir.into and question in (claim.get("answers") or {}):
                plan.questions[question] = heir.into[0]
        if plan.was_graded:
            said = f" The grade was '{plan.was_graded}' in {self.old.reference}."
            plan.reconfirm[0] += said

    def _question(self, plan: ClaimPlan, claim: Mapping[str, Any], change: Change) -> None:
        if change.kind == "removed":
            plan.dropped[change.id] = change.sentence
            title = self.titles.get(plan.node, "")
            self.step.archived.append(
                Archived(plan.to, title, self.old.reference, change.sentence, change.id)
            )
        elif change.kind in ("renamed", "reworded") and str(claim["answers"][change.id] or ""):
            plan.reconfirm.append(
                f"{self.new.reference}, question '{change.id}': {change.sentence}"
            )

    def _on_scale(self, node: str, grade: str | None) -> bool:
        scale = self.new.scale(self.present[node].scale)
        return scale is not None and grade in {level.id for level in scale.levels}

    def _receives(self, target: str, sources: list[str]) -> None:
        """Text and evidence of claims whose nodes were split or merged."""
        plan = next(
            (p for p in self.step.claims.values() if p.to == target and p.archived is None), None
        )
        own = self.claims[plan.node] if plan else {}
        total = Total(own, plan.questions if plan else {})
        for node in sources:
            total.add(self.claims[node], self._asked)
        listed = " and ".join(f"'{node}'" for node in sources)
        reason = f"{self.new.reference}: text and evidence of {listed} were added."
        if plan is None:
            claim = {"reconfirm": [reason, *self._grades(sources)], **total.claim()}
            title = self.present[target].title
            self.step.created.append(Created(target, title, claim, sources[0], list(sources)))
            return
        if own.get("grade") and plan.was_graded is None:
            plan.was_graded = own["grade"]
            reason += f" The grade was '{own['grade']}' in {self.old.reference}."
        plan.reconfirm += [reason, *self._grades(sources)]
        plan.answers, plan.texts, plan.items = total.answers, total.texts, total.items
        plan.private = bool(own.get("public")) and not total.public
        plan.filled = list(sources)

    def _grades(self, sources: list[str]) -> list[str]:
        return [
            f"{self.new.reference}: '{node}' was graded '{grade}' in {self.old.reference}."
            for node in sources
            if (grade := self.claims[node].get("grade"))
        ]

    def _asked(self, question: str) -> str | None:
        """The id of a question in the new edition; None where it is not asked any more."""
        heir = self.declared.questions.get(question)
        name = heir.into[0] if heir is not None and heir.into else question
        return name if any(each.id == name for each in self.new.questions) else None

    def _new_judgements(self) -> None:
        carried = {each for heir in self.declared.nodes.values() for each in heir.into}
        for change in self.step.changes:
            if change.kind != "added" or change.subject != "node" or change.effect != PERSON:
                continue
            if change.id in carried:
                continue
            claim: dict[str, Any] = {}
            if self.present[change.id].scale is not None:
                claim["grade"] = None
            claim["answers"] = {question.id: "" for question in self.new.questions}
            title = self.present[change.id].title
            self.step.created.append(Created(change.id, title, claim))


def carried(data: Mapping[str, Any], step: StepPlan) -> dict[str, Any]:
    """The self-evaluation after a step, as plain data."""
    claims: dict[str, Any] = {}
    archive = list(data.get("archive") or [])
    judgements = data.get("judgements") or {}
    for node, claim in judgements.items():
        plan = step.claims[node]
        if plan.archived is None:
            claims[plan.to] = _carried(claim, plan)
    for created in step.created:
        claims[created.node] = created.claim
    for item in step.archived:
        plan = next(p for p in step.claims.values() if item.node in (p.node, p.to))
        claim = judgements[plan.node]
        if item.question is not None:
            claim = {"answers": {item.question: claim["answers"][item.question]}}
        archive.append({**item.head(), "claim": claim})
    found = {**data, "framework": step.new}
    if judgements:
        found["judgements"] = claims or None
    if archive:
        found["archive"] = archive
    if data.get("plan"):
        found["plan"] = [_pointed(action, step) for action in data["plan"]]
    return found


def _carried(claim: Mapping[str, Any] | None, plan: ClaimPlan) -> dict[str, Any] | None:
    if not plan.touched:
        return dict(claim) if claim is not None else None
    found = dict(claim or {})
    if plan.reconfirm:
        found["reconfirm"] = [*(found.get("reconfirm") or []), *plan.reconfirm]
    if plan.was_graded:
        found["grade"] = None
    answers = {
        plan.questions.get(q, q): text
        for q, text in (found.get("answers") or {}).items()
        if q not in plan.dropped
    }
    if plan.answers or plan.questions or plan.dropped:
        found["answers"] = {**answers, **plan.answers} or None
    found.update(plan.texts)
    for key, items in plan.items.items():
        found[key] = [*(found.get(key) or []), *items]
    if plan.private:
        found["public"] = False
    return found


def _pointed(action: Mapping[str, Any], step: StepPlan) -> dict[str, Any]:
    return {
        key: step.pointers.get(value, value) if key in ("judgement", "criterion") else value
        for key, value in action.items()
    }
