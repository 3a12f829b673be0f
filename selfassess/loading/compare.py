"""Compares two editions of a framework, whole, by the ids of what they hold.

Ids are never reused, so the same id is the same thing. What cannot be seen from the two editions,
such as which nodes share the content of one that is gone, a migration file declares.
"""

from __future__ import annotations

from collections.abc import Iterator

from selfassess.loading.change import COMPATIBLE, PERSON, Change
from selfassess.loading.compare_lists import list_changes, node_details
from selfassess.loading.lineage import Heir, Lineage, lineage
from selfassess.loading.wording import same_words, words
from selfassess.model.framework import Framework, Node, Scale
from selfassess.model.migration import Migration

__all__ = ["Change", "diff", "diff_along", "parents", "reworded"]


def diff(old: Framework, new: Framework, migration: Migration | None = None) -> tuple[Change, ...]:
    """Every difference between two editions, nodes first, in the order of the old edition's tree.

    Args:
        old: the earlier edition, whole.
        new: the later edition, whole.
        migration: what the later edition's migration file declares of the step between the two.
    """
    declared = lineage([migration], [old, new]) if migration else Lineage()
    return diff_along(old, new, declared)


def diff_along(old: Framework, new: Framework, declared: Lineage) -> tuple[Change, ...]:
    """Every difference between two editions that may lie several steps apart."""
    return tuple(_Comparison(old, new, declared).changes())


def parents(framework: Framework) -> dict[str, str | None]:
    """The parent of every node; None at the top."""
    found: dict[str, str | None] = {node.id: None for node in framework.nodes}
    for node in framework.walk():
        found.update((child.id, node.id) for child in node.nodes)
    return found


def reworded(old: Framework, new: Framework, kind: str, identifier: str) -> bool:
    """Whether a node or a question that both editions hold is worded differently in any way."""
    if kind == "node":
        return _texts(old.node(identifier)) != _texts(new.node(identifier))
    texts = [{q.id: q.text for q in each.questions}[identifier] for each in (old, new)]
    return texts[0] != texts[1]


def _texts(node: Node) -> dict[str, str]:
    return {"title": node.title, **{each.level: each.text for each in node.descriptors}}


class _Comparison:
    """Two editions and what is declared of the way between them."""

    def __init__(self, old: Framework, new: Framework, declared: Lineage) -> None:
        self.old, self.new, self.declared = old, new, declared
        self.before = {node.id: node for node in old.walk()}
        self.after = {node.id: node for node in new.walk()}
        self.was_under, self.is_under = parents(old), parents(new)

    def changes(self) -> Iterator[Change]:
        """All of them."""
        if self.old.kind != self.new.kind:
            yield Change(
                kind="changed",
                subject="framework",
                id=self.new.id,
                effect=PERSON,
                sentence=f"The framework was {self.old.kind} and is {self.new.kind} now.",
            )
        for node in self.before.values():
            yield from self._node(node)
        carried = {each for heir in self.declared.nodes.values() for each in heir.into}
        for node in self.after.values():
            if node.id not in self.before and node.id not in carried:
                yield self._added(node)
        yield from self._questions()
        yield from self._scales()
        yield from list_changes(self.old, self.new)

    def _added(self, node: Node) -> Change:
        parent = self.is_under[node.id]
        where = f"under '{parent}'" if parent else "at the top"
        judged = node.kind == "judgement"
        sentence = f"New {node.kind} {where}: {node.title}."
        if judged:
            sentence += " Nothing is written of it yet."
        effect = PERSON if judged else COMPATIBLE
        return Change(kind="added", subject="node", id=node.id, effect=effect, sentence=sentence)

    def _node(self, node: Node) -> Iterator[Change]:
        heir = self.declared.nodes.get(node.id)
        if heir is not None and heir.into:
            yield self._carried("node", node.id, heir)
            if heir.how == "renamed":
                yield from self._same(node, self.after[heir.into[0]], heir.editorial)
                return
        if node.id in self.after:
            yield from self._same(node, self.after[node.id])
        elif heir is None or not heir.into:
            yield self._removed("node", node.id, node.title, heir)

    def _carried(self, subject: str, identifier: str, heir: Heir) -> Change:
        return Change(
            kind=heir.how,  # type: ignore[arg-type]
            subject=subject,  # type: ignore[arg-type]
            id=identifier,
            into=heir.into,
            effect=COMPATIBLE if heir.how == "renamed" and heir.editorial else PERSON,
            editorial=heir.editorial if heir.how == "renamed" else None,
            declared=True,
            sentence=_sentence(heir.because),
        )

    def _removed(self, subject: str, identifier: str, title: str, heir: Heir | None) -> Change:
        sentence = (
            _sentence(heir.because) if heir else f"No longer part of it: {title.rstrip('.')}."
        )
        return Change(
            kind="removed",
            subject=subject,  # type: ignore[arg-type]
            id=identifier,
            effect=PERSON,
            declared=heir is not None,
            sentence=sentence,
        )

    def _same(self, was: Node, now: Node, declared_same: bool = False) -> Iterator[Change]:
        """Changes of a node that goes on, under its own id or a new one."""
        names = {i: h.into[0] for i, h in self.declared.nodes.items() if h.how == "renamed"}
        old_parent, new_parent = self.was_under[was.id], self.is_under[now.id]
        if names.get(old_parent or "", old_parent) != new_parent:
            because = self.declared.moved.get(was.id)
            yield Change(
                kind="moved",
                subject="node",
                id=was.id,
                effect=PERSON,
                declared=because is not None,
                sentence=_sentence(because)
                if because
                else f"Moved from {_under(old_parent)} to {_under(new_parent)}.",
            )
        changed = _reworded_parts(_texts(was), _texts(now))
        if changed:
            because = self.declared.editorial.get(("node", was.id))
            editorial = declared_same or because is not None or all(changed.values())
            meaning = _meaning(all(changed.values()))
            if declared_same and not all(changed.values()):
                meaning = "; it is declared to mean the same"
            sentence = f"{_listed(changed)} worded anew{meaning}."
            yield Change(
                kind="reworded",
                subject="node",
                id=was.id,
                effect=COMPATIBLE if editorial else PERSON,
                editorial=editorial,
                declared=because is not None,
                sentence=_sentence(because) if because else sentence,
            )
        before, after = self.old.scale(was.scale), self.new.scale(now.scale)
        if _levels(before) != _levels(after):
            yield Change(
                kind="rescaled",
                subject="node",
                id=was.id,
                effect=PERSON,
                sentence=f"Graded {_grades(before)} before, {_grades(after)} now.",
            )
        details = node_details(was, now)
        if details:
            yield Change(
                kind="changed",
                subject="node",
                id=was.id,
                sentence=f"Differs in {' and '.join(details)}.",
            )

    def _questions(self) -> Iterator[Change]:
        before = {question.id: question.text for question in self.old.questions}
        after = {question.id: question.text for question in self.new.questions}
        carried = {each for heir in self.declared.questions.values() for each in heir.into}
        for identifier, text in before.items():
            heir = self.declared.questions.get(identifier)
            if heir is not None and heir.into:
                yield self._carried("question", identifier, heir)
            elif identifier not in after:
                yield self._removed("question", identifier, text, heir)
            elif text != after[identifier]:
                because = self.declared.editorial.get(("question", identifier))
                editorial = because is not None or same_words(text, after[identifier])
                yield Change(
                    kind="reworded",
                    subject="question",
                    id=identifier,
                    effect=COMPATIBLE if editorial else PERSON,
                    editorial=editorial,
                    declared=because is not None,
                    sentence=_sentence(because)
                    if because
                    else f"The question is worded anew{_meaning(editorial)}.",
                )
        for identifier, text in after.items():
            if identifier not in before and identifier not in carried:
                yield Change(
                    kind="added",
                    subject="question",
                    id=identifier,
                    effect=PERSON,
                    sentence=f"New question for every judgement: {text}",
                )

    def _scales(self) -> Iterator[Change]:
        before = {scale.id: scale for scale in self.old.scales}
        after = {scale.id: scale for scale in self.new.scales}
        for identifier, scale in before.items():
            if identifier not in after:
                sentence = f"The scale is gone: {scale.title}."
                yield Change(kind="removed", subject="scale", id=identifier, sentence=sentence)
            elif _levels(scale) != _levels(after[identifier]):
                sentence = f"It had {_grades(scale)}, and has {_grades(after[identifier])} now."
                yield Change(kind="rescaled", subject="scale", id=identifier, sentence=sentence)
            elif scale != after[identifier]:
                yield Change(
                    kind="changed",
                    subject="scale",
                    id=identifier,
                    sentence="Its title, or what is said of its grades, differs.",
                )
        for identifier, scale in after.items():
            if identifier not in before:
                sentence = f"New scale: {scale.title}, with {_grades(scale)}."
                yield Change(kind="added", subject="scale", id=identifier, sentence=sentence)


def _reworded_parts(old: dict[str, str], new: dict[str, str]) -> dict[str, bool]:
    """What of a node's wording differs, and whether each part does so editorially only."""
    return {
        key: key in old and key in new and same_words(old[key], new[key])
        for key in {**old, **new}
        if old.get(key) != new.get(key)
    }


def _listed(parts: dict[str, bool]) -> str:
    names = ["title" if key == "title" else f"descriptor of '{key}'" for key in parts]
    text = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"{text[0].upper()}{text[1:]}"


def _meaning(editorial: bool) -> str:
    return ", with the same words" if editorial else ""


def _levels(scale: Scale | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The scale's levels in order: ids, and the words of their titles."""
    return tuple((level.id, words(level.title)) for level in scale.levels) if scale else ()


def _grades(scale: Scale | None) -> str:
    return " > ".join(level.id for level in scale.levels) if scale else "nothing"


def _under(parent: str | None) -> str:
    return f"under '{parent}'" if parent else "the top"


def _sentence(text: str) -> str:
    return " ".join(text.split())
