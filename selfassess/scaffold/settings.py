"""The commented ``selfassess.yaml``.

Words follow ``# ``; a line that starts with ``#`` and no space is an option, switched on by taking
the ``#`` away. Every such line is whole in itself, so any of them can be switched on alone.
"""

from __future__ import annotations

from selfassess.loading.yaml_text import quoted
from selfassess.model.framework import Framework
from selfassess.scaffold.words import key

__all__ = ["settings_page"]

PAGE = """schema: selfassess/workspace@1

# The settings of this workspace. A line that starts with # and no space is an option that is
# switched off: take the # away to switch it on. `selfassess check` says what it makes of them.

# Whose practice is assessed. The name is printed on the cover. The code is the council's code in
# official statistics (nine characters, E and eight digits); without it the run has no comparators.
# `selfassess comparators show INDICATOR --council NAME` prints it.
council:
  name: {council}
  #code: E00000000

# Without a code (a council that is new, or was merged): figures stand beside England's alone.
#comparators: england

# The inspection framework and its edition. `selfassess frameworks list` shows what is installed.
# Without an edition, the latest one in force is taken; with it, last year's run can be repeated.
framework: {framework}
edition: {edition}

# The day that the assessment speaks of, to its end. Rows dated later are set aside and counted.
# Without it the latest date in the lists is taken, and the report says that it was inferred.
#as_at: 2026-03-31

# Which files are evidence, and on which day each was drawn. Without this, every file below
# evidence/ is read. Where a file was drawn over 7 days after the as-at date, columns that speak of
# the present (worker, last visit) no longer speak of that date, and their measures say so.
#sources: [{{path: evidence, extract_date: 2026-03-31}}]

# Cut points of your own for a measure, with who decided them and why. They change colours, never
# ceilings, and the report prints them beside the framework's. Ids: `selfassess measures list`.
#bands: [{{measure: plugin.name, bands: [{{basis: local, concern: over 25}}], who: Who, why: Why}}]

# Local standards that measures read, such as limits in days, with who decided them and why.
# `selfassess measures show MEASURE` names the settings that a measure reads.
#settings: [{{id: name-of-setting, values: [{{value: 10}}], who: Name or board, why: Reason}}]

# The framework's titles, expectations and bands as this council uses them, with who decided it and
# why. Tightening is free; what is loosened is printed on the report's cover.
#overlays: [{{framework: {framework}, labels: {{{node}: Our title}}, who: Board, why: Reason}}]

# A ceiling rule that a named person sets aside until a date. Both ceilings are printed, and claims
# are still set against the stricter one.
#waivers: [{{rule: {rule}, who: Name, why: Reason, until: 2026-12-31}}]

# A false alarm of `selfassess xray`, set aside by a named person until a date; rule@node stands for
# all that a rule finds at a judgement. It may stand in self-evaluation.yaml as well.
#xray_waivers: [{{finding: one-voice@{node}, who: Name, why: Reason, until: 2026-12-31}}]

# Who answers for a judgement or a criterion, by its id: `selfassess ready` lists gaps by owner.
#owners: {{{node}: Role or name}}

# Who brings what inspectors ask for, and where it lies; ids as `frameworks show` lists them.
#requests: [{{id: name-of-request, owner: Role, path: documents/file.pdf}}]

# How the improvement plan is kept and read: another store than plan.db (a database that a team
# shares), days without a change after which an action is stale, the span of a statement of action.
#plan: {{stale_days: 35, moved_often: 2, amber_share: 0.25}}

# Rows that lie in a database or a lake and shall stay there; without it they are read from files.
# `selfassess warehouse show` says what is found; a password stands in .pgpass, never here.
#warehouse: {{engine: postgresql, url: "postgresql://user@host/database", schema: public}}

# Folders, relative to this file, with more frameworks, tables, measures or report templates. They
# hold data only: nothing in them is run.
#packs: [packs/our-pack]

# How reports look: a template (default, or scrutiny for a paper of four pages) and a colour; also
# logo, logo_alt and fonts, as files below this folder. `check` says whether they can be used.
#report: {{template: default, colours: {{accent: "#12436d"}}}}

# The versions of plugins that this workspace was made with. Where an installed one differs, the
# report says so on its cover. `selfassess plugins list` shows them.
#plugins: {{name-of-plugin: "1.0"}}
"""


def settings_page(council: str, framework: Framework) -> str:
    """The page for this council and framework; the waiver's example names a rule that it has."""
    return PAGE.format(
        council=quoted(council),
        framework=key(framework.id),
        node=key(framework.nodes[0].id) if framework.nodes else "name-of-node",
        edition=quoted(framework.edition),
        rule=framework.ceilings[0].id if framework.ceilings else "name-of-rule",
    )
