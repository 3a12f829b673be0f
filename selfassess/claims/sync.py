"""Keeps ``self-evaluation.yaml`` in step with framework and evidence, by comment lines alone.

What people wrote is never touched: our lines are taken out, worked out anew and put back. Without
them the file is, byte for byte, what it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from selfassess.claims.marked import MARK, without_marked
from selfassess.errors import EvidenceError
from selfassess.loading.source import read_text
from selfassess.loading.yaml_text import Edit, Piece, apply, end_of_line, line_end, tree
from selfassess.loading.yaml_write import name
from selfassess.model.framework import Framework, Node

__all__ = ["Advice", "synced"]


_BLANK = '{strengths: [], weaknesses: [], so_what: "", evidence: [], author: "", date: }'
"""A criterion's claim to fill in: on one line, for there are many criteria."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What the evidence has to say to the writer of each claim, by node.

    Attributes:
        vanished: sentences on references that name nothing any more.
        look_at: readings and entries that the claim does not name, a line each.
    """

    vanished: Mapping[str, Sequence[str]] = field(default_factory=dict)
    look_at: Mapping[str, Sequence[str]] = field(default_factory=dict)


def synced(text: str, framework: Framework, advice: Advice, *, criteria: bool = True) -> str:
    """The file's text with our lines brought up to date.

    Args:
        text: the file, read without a fault.
        framework: what it speaks of.
        advice: what the evidence says.
        criteria: whether criteria of which nothing is said get lines to fill in.

    Raises:
        EvidenceError: a line could not be added without changing what the file says.
    """
    bare = without_marked(text)
    new = _Sync(bare, framework, advice, criteria=criteria).result()
    if without_marked(new) != bare or read_text(new).data != read_text(bare).data:
        raise EvidenceError(
            "self-evaluation.yaml is written in a way to which no comment can be added safely, so "
            "nothing was changed.",
            hint="End its last line with a line break, and write each judgement on lines of its "
            "own, without { } around it.",
        )
    return new


class _Sync:
    def __init__(self, text: str, framework: Framework, advice: Advice, *, criteria: bool) -> None:
        self.text, self.framework, self.advice, self.criteria = text, framework, advice, criteria
        self.eol = "\r\n" if "\r\n" in text else "\n"
        self.edits: list[Edit] = []

    def result(self) -> str:
        """The text with our lines in it."""
        root = tree(self.text)
        judgements = root.get("judgements")
        if judgements is None or not judgements.pairs:
            self._whole(root, judgements)
            return apply(self.text, self.edits)
        written = {key.value: (key, value) for key, value in judgements.pairs}
        column = judgements.pairs[0][0].column
        last = max((value for _, value in judgements.pairs), key=lambda piece: piece.end)
        if judgements.flow:
            column, last = root.column + 2, judgements
        tail: list[str] = []
        for node in self.framework.judgements():
            below = self._criteria(node, written) if self.criteria else []
            if node.id not in written:
                tail += self._scaffold(node) + below
                continue
            key, claim = written[node.id]
            own = self._on_claim(node, claim)
            if judgements.flow:
                tail += [*(f"# {line}" for line in [f"{node.id}:", *own] if own), *below]
                continue
            space = key.column + 2 if not claim.pairs or claim.flow else claim.column
            at = self._behind(key, claim)
            self._put(at, own, space)
            self._put(at, below, column)
        for key, claim in judgements.pairs:
            named = self._node(key.value)
            if named is not None and named.kind != "judgement" and not judgements.flow:
                space = key.column + 2 if not claim.pairs or claim.flow else claim.column
                self._put(self._behind(key, claim), self._on_claim(named, claim), space)
        if tail:
            self._put(self._behind(last, last), tail, column)
        return apply(self.text, self.edits)

    def _node(self, node_id: str) -> Node | None:
        return next((node for node in self.framework.walk() if node.id == node_id), None)

    def _whole(self, root: Piece, judgements: Piece | None) -> None:
        """A file without any claim: everything to fill in, behind the key or at the end."""
        lines: list[str] = []
        for node in self.framework.judgements():
            lines += self._scaffold(node)
            lines += self._criteria(node, {}) if self.criteria else []
        if judgements is None:
            lines = ["judgements:", *(f"  {line}" for line in lines)]
            at = end_of_line(self.text, root)
            column = root.column
        else:
            at, column = self._behind(judgements, judgements), root.column + 2
            if judgements.end > judgements.start:
                lines = ["# In place of what stands behind 'judgements:' above:", *lines]
        self._put(at, lines, 0 if root.flow else column)

    def _on_claim(self, node: Node, claim: Piece) -> list[str]:
        """Questions without a key, references that vanished, evidence to look at."""
        lines: list[str] = []
        answers = claim.get("answers")
        if node.kind == "judgement":
            there = set(answers.keys()) if answers is not None else set()
            absent = [q for q in self.framework.questions if q.id not in there]
            asked = [f'{name(q.id)}: ""  # {_flat(q.text)}' for q in absent]
            block = answers is not None and bool(answers.pairs) and not answers.flow
            if asked and block and answers is not None and not claim.flow:
                at = self._behind(answers, answers)
                self._put(at, asked, answers.column)
            elif asked:
                if answers is not None:
                    lines.append("# In place of 'answers' above:")
                lines += ["answers:", *(f"  {line}" for line in asked)]
        lines += [f"# {text}" for text in self.advice.vanished.get(node.id, ())]
        look_at = self.advice.look_at.get(node.id, ())
        if look_at:
            lines += ["# Not named under 'evidence' yet:", *(f"#   {text}" for text in look_at)]
        return lines

    def _scaffold(self, node: Node) -> list[str]:
        """A judgement of which the file says nothing, ready to be filled in."""
        lines = [f"{name(node.id)}:  # {_flat(node.title)}"]
        scale = self.framework.scale(node.scale)
        if scale is not None:
            grades = ", ".join(level.id for level in scale.levels)
            lines.append(f"  grade:  # one of {grades}")
        if self.framework.questions:
            lines.append("  answers:")
            lines += [f'    {name(q.id)}: ""  # {_flat(q.text)}' for q in self.framework.questions]
        return lines + self._rest(node)

    def _rest(self, node: Node) -> list[str]:
        lines = ["  strengths: []", "  weaknesses: []", '  so_what: ""', "  evidence: []"]
        lines += [f"  #   {text}" for text in self.advice.look_at.get(node.id, ())]
        return [*lines, '  author: ""', "  date:", "  status: draft"]

    def _criteria(self, judgement: Node, written: Mapping[str, tuple[Piece, Piece]]) -> list[str]:
        """Criteria below a judgement, but not below another one, of which nothing is said."""
        lines: list[str] = []
        for node in _own_criteria(judgement):
            if node.id not in written:
                look_at = "; ".join(self.advice.look_at.get(node.id, ()))
                seen = f" Look at: {look_at}" if look_at else ""
                lines += [f"# {node.id} {_flat(node.title)}.{seen}", f"{name(node.id)}: {_BLANK}"]
        return lines

    def _behind(self, key: Piece, value: Piece) -> int:
        """Where the line behind a value begins, or behind its key where there is no value."""
        if value.end > value.start:
            return end_of_line(self.text, value)
        return line_end(self.text, max(key.end, value.end))

    def _put(self, at: int, lines: Iterable[str], column: int) -> None:
        """Add our lines; where the file lacks its last line end, so do they."""
        space = " " * column
        made = [f"{space}{MARK} {line}".rstrip() for line in lines]
        if not made:
            return
        if at == len(self.text) and self.text and not self.text.endswith("\n"):
            self.edits.append((at, at, "".join(self.eol + line for line in made)))
        else:
            self.edits.append((at, at, "".join(line + self.eol for line in made)))


def _own_criteria(judgement: Node) -> Iterable[Node]:
    for node in judgement.nodes:
        if node.kind == "criterion":
            yield node
        if node.kind != "judgement":
            yield from _own_criteria(node)


def _flat(text: str) -> str:
    return " ".join(text.split())
