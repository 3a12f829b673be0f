"""The kinds of file in a pack, by what their key ``schema:`` says."""

from __future__ import annotations

__all__ = [
    "COMPARATORS",
    "CROSSWALK",
    "FRAMEWORK",
    "LEXICON",
    "LISTS",
    "MEASURES",
    "MIGRATION",
    "NAMING_NOTHING",
    "OF_FRAMEWORKS",
    "OVERLAY",
    "TABLES",
    "TEMPLATE",
]

MEASURES = "selfassess/measures@1"
TABLES = "selfassess/tables@1"
TEMPLATE = "selfassess/template@1"
FRAMEWORK = "selfassess/framework@1"
"""The kind of file that holds a framework."""
MIGRATION = "selfassess/migration@1"
"""The kind of file that says how one edition became the next."""
CROSSWALK = "selfassess/crosswalk@1"
OVERLAY = "selfassess/overlay@1"
OF_FRAMEWORKS = frozenset({FRAMEWORK, MIGRATION, CROSSWALK, OVERLAY})
NAMING_NOTHING = OF_FRAMEWORKS | {
    MEASURES,
    "selfassess/quality@1",
    "selfassess/charts@1",
    "selfassess/sampling@1",
    "selfassess/letters@1",
    "selfassess/xray@1",
}
"""Kinds of file that bring no name which an expression could use."""
COMPARATORS = "selfassess/comparators@1"
LEXICON = "selfassess/xray@1"

LISTS = {
    "measures": "measure",
    "tables": "table",
    "views": "view",
    "topics": "topic",
    "dimensions": "dimension",
    "settings": "setting",
    "rules": "quality rule",
    "charts": "chart",
    "reasons": "sampling reason",
    "pathways": "pathway",
    "forms": "letter form",
}
"""The keys of files that hold several things, and what messages call one of them."""
