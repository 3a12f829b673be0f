"""Makes a planned step's changes in the text of ``self-evaluation.yaml``; no other byte changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from selfassess.loading.carry_plan import ClaimPlan, Created, StepPlan
from selfassess.loading.carry_spans import (
    Written,
    archive_entry,
    comments_above,
    document_end,
    keeps_blank_lines,
    owned_end,
)
from selfassess.loading.carry_total import LISTS
from selfassess.loading.unfold import unfold, without_aliases
from selfassess.loading.yaml_text import (
    Edit,
    Piece,
    apply,
    dump,
    end_of_line,
    line_end,
    line_start,
    tree,
)
from selfassess.loading.yaml_write import claim_lines, list_lines, name, text_value

__all__ = ["pointer_edits", "replaced", "rewritten"]

_HEAD = "# What leaders wrote of nodes that later editions do not have. It is read, never judged."
_COMMENT_BEHIND = re.compile(r"[ \t]+#[^\r\n]*")
_HEADER_COMMENT = re.compile(r"[|>][^\s#]*([ \t]+#[^\r\n]*)")


def rewritten(text: str, data: Any, step: StepPlan) -> str:
    """The file's text after a step.

    Args:
        text: the file's text, read without a fault.
        data: what it says.
        step: what becomes of it.
    """
    eol = "\r\n" if "\r\n" in text else "\n"
    if step.restructures:
        text = without_aliases(text, data)
        text = unfold(text, lambda root: _touched(root, step), eol)
    return _Rewriting(text, tree(text), step, eol).result()


def replaced(piece: Piece, new: str) -> Edit:
    """Put another name in the place of one, quoted as the old one was."""
    return piece.start, piece.end, name(new, piece.style)


def pointer_edits(text: str, holder: Piece, step: StepPlan) -> Iterator[Edit]:
    """Let an action, or an entry of the register, name nodes as the new edition does."""
    for key in ("judgement", "criterion"):
        piece = holder.get(key)
        if piece is None or piece.value not in step.pointers:
            continue
        new = step.pointers[piece.value]
        if new is not None:
            yield replaced(piece, new)
        elif holder.flow:
            yield piece.start, piece.end, "null"
        else:
            yield piece.start, piece.end, f"# was {piece.value} ({step.old})"


def _touched(root: Piece, step: StepPlan) -> Iterator[Piece | None]:
    """Maps and lists that must not stand in brackets, so that lines can be added."""
    yield root
    yield root.get("archive")
    judgements = root.get("judgements")
    if judgements is None:
        return
    yield judgements
    for key, claim in judgements.pairs:
        plan = step.claims.get(key.value)
        if plan is not None and plan.archived is None and plan.touched:
            yield from (claim, claim.get("answers"), claim.get("reconfirm"))


class _Rewriting:
    """Collects the edits of one step."""

    def __init__(self, text: str, root: Piece, step: StepPlan, eol: str) -> None:
        self.text, self.root, self.step, self.eol = text, root, step, eol
        self.edits: list[Edit] = []
        self.verbatim: dict[tuple[str, str | None], Written] = {}

    def result(self) -> str:
        """The text with every edit made."""
        reference = self.root.get("framework")
        if reference is not None:
            self.edits.append(replaced(reference, self.step.new))
        judgements = self.root.get("judgements")
        if judgements is not None and judgements.pairs:
            self._claims(judgements)
        actions = self.root.get("plan")
        for action in actions.items if actions is not None else ():
            self.edits += pointer_edits(self.text, action, self.step)
        if self.step.archived:
            self._archive()
        return apply(self.text, self.edits)

    def _claims(self, judgements: Piece) -> None:
        for index, (key, claim) in enumerate(judgements.pairs):
            plan = self.step.claims[key.value]
            if plan.archived is not None:
                self._take_away(key, claim, first=index == 0)
                continue
            if plan.to != plan.node:
                self.edits.append(replaced(key, plan.to))
            if plan.touched:
                self._claim(plan, key, claim)
        for created in self.step.created:
            self._create(created, judgements)

    def _take_away(self, key: Piece, claim: Piece, *, first: bool) -> None:
        start = comments_above(self.text, key, first=first)
        end = owned_end(self.text, key.column, claim)
        self.edits.append((start, end, ""))
        above = self.text[start : line_start(self.text, key.start)]
        self.verbatim[key.value, None] = above, self.text[key.end : end], key.column

    def _claim(self, plan: ClaimPlan, key: Piece, claim: Piece) -> None:
        new: list[str] = []
        column = claim.column if claim.pairs else key.column + 2
        space = " " * column
        if plan.reconfirm:
            there = claim.get("reconfirm")
            if there is not None and there.items:
                self._append(there, plan.reconfirm)
            elif there is not None:
                self._fill_empty(there, list_lines(plan.reconfirm, column + 2))
            else:
                new += [f"{space}reconfirm:", *list_lines(plan.reconfirm, column + 2)]
        grade = claim.get("grade")
        if plan.was_graded and grade is not None:
            start = grade.start
            while self.text[start - 1] in " \t":
                start -= 1
            self.edits.append((start, grade.end, ""))
        new += self._answers(plan, claim, column)
        for word, said in plan.texts.items():
            there = claim.get(word)
            if there is None:
                new.append(f"{space}{word}: {text_value(said, column, self.eol)}")
            else:
                self._replace_text(there, said, column)
        for word in LISTS:
            items = plan.items.get(word)
            there = claim.get(word)
            if items and there is not None and there.items:
                self._append(there, items)
            elif items and there is not None:
                self._fill_empty(there, list_lines(items, column + 2))
            elif items:
                new += [f"{space}{word}:", *list_lines(items, column + 2)]
        public = claim.get("public")
        if plan.private and public is not None:
            self.edits.append((public.start, public.end, "false"))
        self._insert(key, claim, new)

    def _insert(self, key: Piece, holder: Piece, lines: list[str]) -> None:
        """Put lines at the beginning of a map, or where one would begin."""
        if not lines:
            return
        if holder.pairs:
            at = line_start(self.text, holder.pairs[0][0].start)
            self.edits.append((at, at, "".join(line + self.eol for line in lines)))
        else:
            self._fill_empty(holder, lines)

    def _fill_empty(self, piece: Piece, lines: Iterable[str]) -> None:
        """Put lines where nothing stands behind a key; a comment on its line stays there."""
        if piece.end > piece.start:
            self.edits.append((piece.start, piece.end, ""))
        at = line_end(self.text, piece.end)
        self._at(at, lines)

    def _at(self, at: int, lines: Iterable[str]) -> None:
        start = self.eol if at and self.text[at - 1] != "\n" else ""
        self.edits.append((at, at, start + "".join(line + self.eol for line in lines)))

    def _append(self, there: Piece, items: list[Any]) -> None:
        last = there.items[-1]
        if there.flow:
            more = "".join(f", {dump(item)}" for item in items)
            self.edits.append((last.end, last.end, more))
        else:
            self._at(end_of_line(self.text, last), list_lines(items, there.column))

    def _answers(self, plan: ClaimPlan, claim: Piece, column: int) -> list[str]:
        """Answers under other questions, taken away, or with more text; returns what is new."""
        answers = claim.get("answers")
        inner = answers.column if answers is not None and answers.pairs else column + 2
        absent = dict(plan.answers)
        for key, value in answers.pairs if answers is not None else ():
            question = key.value
            if question in plan.dropped:
                end = owned_end(self.text, key.column, value)
                self.verbatim[plan.to, question] = "", self.text[key.start : end], key.column
                self.edits.append((line_start(self.text, key.start), end, ""))
                continue
            asked = plan.questions.get(question, question)
            if asked != question:
                self.edits.append(replaced(key, asked))
            if asked in absent:
                self._replace_text(value, absent.pop(asked), inner)
        lines = [
            f"{' ' * inner}{name(q)}: {text_value(t, inner, self.eol)}" for q, t in absent.items()
        ]
        if not lines:
            return []
        if answers is None:
            return [f"{' ' * column}answers:", *lines]
        self._insert(answers, answers, lines)
        return []

    def _replace_text(self, piece: Piece, new: str, column: int) -> None:
        """Put a text in the place of one; a comment on its line goes behind the new one's start."""
        end = piece.end
        comment = ""
        found = _COMMENT_BEHIND.match(self.text, piece.end)
        if piece.style in ("|", ">"):
            found = None
            header = _HEADER_COMMENT.match(self.text, piece.start)
            comment = header[1] if header else ""
            end = len(self.text[: end_of_line(self.text, piece)].rstrip("\r\n"))
        if found is not None:
            comment, end = found[0], found.end()
        value = text_value(new, column, self.eol)
        first, *rest = value.split(self.eol)
        space = "" if self.text[piece.start - 1] in " \t" else " "
        self.edits.append((piece.start, end, space + self.eol.join([first + comment, *rest])))

    def _create(self, created: Created, judgements: Piece) -> None:
        column = judgements.pairs[0][0].column
        key, claim = judgements.pairs[-1]
        at = owned_end(self.text, key.column, claim)
        found = judgements.pair(created.beside) if created.beside else None
        if found is not None:
            key, claim = found
            at = owned_end(self.text, key.column, claim)
        lines = claim_lines(created.node, created.title, created.claim, column, self.eol)
        self._at(at, lines)

    def _archive(self) -> None:
        there = self.root.get("archive")
        column = self.root.column
        dash = there.items[0].column - 2 if there is not None and there.items else column + 2
        if there is not None and there.items and not there.flow:
            dash = there.column
        said = self.verbatim
        entries = "".join(
            archive_entry(item, said[item.node, item.question], dash, self.eol)
            for item in self.step.archived
        )
        if there is not None and there.items:
            self._raw(owned_end(self.text, there.column, there.items[-1]), entries)
        elif there is not None:
            if there.end > there.start:
                self.edits.append((there.start, there.end, ""))
            self._raw(line_end(self.text, there.end), entries)
        else:
            space = " " * column
            head = f"{space}{_HEAD}{self.eol}{space}archive:{self.eol}"
            blank = "" if keeps_blank_lines(self.text, self.root) else self.eol
            self._raw(document_end(self.text, self.root), blank + head + entries)

    def _raw(self, at: int, text: str) -> None:
        start = self.eol if at and self.text[at - 1] != "\n" else ""
        self.edits.append((at, at, start + text))
