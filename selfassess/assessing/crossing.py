"""One evidence base judged under several frameworks: what each sees, and what they share.

Evidence and findings cross from one to another. Claims, ceilings and grades stay where they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from selfassess.assessment import Assessment
from selfassess.assessment.crossing import Crossing
from selfassess.judging.crosswalk import carry, reach
from selfassess.judging.judge import judge
from selfassess.judging.loosening import loosened_bands
from selfassess.judging.tree import Tree
from selfassess.loading.overlay import overlay
from selfassess.model.assessment import Waiver
from selfassess.model.quality import weakened
from selfassess.model.workspace import SelfEvaluation

if TYPE_CHECKING:
    from selfassess.evidence import Evidence
    from selfassess.loading.library import Library
    from selfassess.model.crosswalk import Crosswalk
    from selfassess.model.evidence import PlannedAction, RegisterEntry
    from selfassess.model.framework import Framework
    from selfassess.model.measure import Reading
    from selfassess.model.overlay import Overlay
    from selfassess.model.quality import QualityResult
    from selfassess.model.workspace import WorkspaceFile

__all__ = ["assess_under", "with_crossings"]


def assess_under(
    framework: Framework,
    *,
    config: WorkspaceFile,
    library: Library,
    evidence: Evidence,
    readings: Sequence[Reading],
    register: Sequence[RegisterEntry],
    self_evaluation: SelfEvaluation,
    overlays: Sequence[Overlay],
    own: Framework,
    plugins: tuple[tuple[str, str], ...],
    plugin_differences: tuple[str, ...],
    quality: tuple[QualityResult, ...] = (),
) -> Assessment:
    """Judge what was measured under one framework, as the council reads it.

    Args:
        framework: the one to judge under.
        config: the workspace's settings.
        library: what is installed.
        evidence: what was read.
        readings: what was measured.
        register: entries, which may name nodes of other frameworks.
        self_evaluation: claims and plan, made under `own`.
        overlays: local changes, the later the stronger.
        own: the framework that the workspace names.
        plugins: names and versions of what was loaded.
        plugin_differences: where they differ from what the workspace was set up with.
        quality: what the rules of data quality found.
    """
    local = overlay(framework, overlays)
    bands = (*config.bands, *local.bands)
    named = framework.reference == own.reference
    others = [
        (each, library.crosswalk(each, framework))
        for each in library.frameworks.values()
        if each.reference != framework.reference
    ]
    carried = carry(register, framework, others)
    claims = self_evaluation
    if not named:
        claims = SelfEvaluation(
            framework=framework.reference, plan=_plan(self_evaluation.plan, framework, others)
        )
    waivers = config.waivers if named else ()
    outcome = judge(
        framework=local.framework,
        readings=readings,
        register=carried,
        claims=claims.judgements,
        measures=library.measures,
        topics=library.topics,
        dimensions=library.dimensions,
        as_at=evidence.as_at,
        local_bands=bands,
        waivers=[Waiver(rule=w.rule, who=w.who, why=w.why, until=w.until) for w in waivers],
        weakened=weakened(quality),
    )
    loosened = loosened_bands(
        bands, framework.bands, library.measures, library.dimensions, evidence.as_at
    )
    return Assessment(
        config=replace(config, bands=bands),
        framework=local.framework,
        library=library,
        evidence=evidence,
        register=carried,
        self_evaluation=claims,
        outcome=outcome,
        plugins=plugins,
        plugin_differences=plugin_differences,
        loosened=(*loosened, *local.loosened),
        quality=quality,
    )


_OWN = ("rule:", "missing:")
"""How ids of findings begin that name a framework's own rule or criterion."""


def _plan(
    plan: Sequence[PlannedAction],
    framework: Framework,
    others: Sequence[tuple[Framework, Crosswalk | None]],
) -> tuple[PlannedAction, ...]:
    """The plan as it bears on a framework that it was not written for.

    Actions keep what moves them and by when; the node that one names is carried like an entry's.
    Of what an action answers, figures, entries and conflicts are the same under any framework; what
    a rule or an expectation found belongs to the framework it was made for.
    """
    tree = Tree(framework, {})
    found = []
    for action in plan:
        named = [name for name in (action.criterion, action.judgement) if name]
        nodes = [reach(name, action.topics, tree, others) for name in named]
        node = next((each for each in nodes if each is not None), None)
        criterion = node is not None and node.kind == "criterion"
        found.append(
            replace(
                action,
                why=tuple(each for each in action.why if not each.startswith(_OWN)),
                criterion=node.id if node and criterion else None,
                judgement=node.id if node and not criterion else None,
            )
        )
    return tuple(found)


def with_crossings(assessments: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """Let each assessment show what the others found on the work that both are about."""
    return tuple(
        replace(
            one,
            crossings=tuple(
                Crossing(
                    other.framework,
                    one.library.crosswalk(one.framework, other.framework),
                    other.outcome.findings,
                )
                for other in assessments
                if other is not one
            ),
        )
        for one in assessments
    )
