# ruff: noqa: E501 - lines of a page
"""Writes ``xray-rules.md`` from the rules themselves; a test holds the page to what this writes."""

from __future__ import annotations

from pathlib import Path

from selfassess.xray.examine import ALL_RULES

PAGE = Path(__file__).with_name("xray-rules.md")
HEAD = """# Consistency checks: the rules

Made by `generate_xray_rules.py` from the rules; do not edit. `selfassess xray` runs them, and every `run` does.

They are rules, not a language model: each says which words or which missing thing it saw. They read leaders' text and the plan;
they never judge practice, and no ceiling, status or finding of an assessment depends on them.

| Severity | Means | Exit code of `xray` |
|---|---|---|
| error | would stop a reader | 16 |
| warning | weakens the text | 16 with `--strict` |
| remark | worth a thought | 16 with `--strict` |

"""
TAIL = """
## What the rule on words sees

`words-against-reading` takes each sentence of the answers (all but the last question's, which speaks of what is to come), the
strengths and `so_what`:

1. It looks for a word that says something is in order (*timely*, *manageable*, *embedded* …).
2. A negation within five words before it, or four behind, in the same clause, turns it round: *not yet manageable*, *far from
   timely*, *timely visits are not yet the rule*. *Not only* does not.
3. A word of intent before it in the same clause makes it a plan: *will be*, *we aim*, *should be*.
4. The subject is the nearest one named before the word, with those listed beside it (*visits and assessments are timely*), or
   else the first behind.
5. It is set against readings of the subject whose measure can contradict the word, first those that bear on the judgement itself.
   Concern or critical for the whole is an error; for a part only, a warning, and nothing where the sentence speaks of *most*.

It does not understand irony, quotations or a negation further away. It does not see what the words of its list do not name.

## The words

They come from packs, as a file of the kind `selfassess/xray@1` (`frameworks/xray-words.yaml` is the one shipped), and several
add up. A council brings its own words in a pack that its workspace lists:

```yaml
schema: selfassess/xray@1
id: our-words
assertions:
  - {id: calm, words: [calm, quiet], measures: [thresholds.*], signals: [concern, critical]}
subjects:
  - {id: duty, words: [duty desk], topics: [front-door]}
limits: {answer_most: 300}
```

| Key | Holds |
|---|---|
| `assertions` | words that say something is in order; `measures` (by id, or with `*` at the end) and `signals` that contradict them |
| `subjects` | words for what a sentence speaks of, with their `topics` or `measures` |
| `negations`, `not_negations` | words that turn an assertion round (`-n't` for an ending), and phrases that do not |
| `intentions`, `hedges` | words of what is to come; words that speak of most |
| `placeholders` | texts that stand where an answer should |
| `activities`, `results` | words of things done; words that tell what came of them |
| `effects` | words that speak of children's lives |
| `common` | words too frequent to show that a weakness and an action speak of one thing |
| `limits` | `answer_least`, `answer_most`, `whole_most` (words), `figures_most`, `claim_days` |

Unknown topics and measures are errors, as in every pack.
"""


def page() -> str:
    """The page's text."""
    lines = [
        HEAD,
        "## The rules\n\n",
        "| Rule | Severity | Asks | Why it matters | How to mend it |\n",
    ]
    lines.append("|---|---|---|---|---|\n")
    lines += [
        f"| `{rule.id}` | {rule.severity} | {rule.title} | {rule.why} | {rule.mend} |\n"
        for rule in ALL_RULES
    ]
    return "".join([*lines, TAIL])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
