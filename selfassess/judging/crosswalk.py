"""Carries register entries from the nodes of one framework to those of another.

An entry that names a node of another framework means, in this one, the node that a crosswalk links
it to. Its scope never widens: what is known of a whole says nothing by itself of a part. Where no
link leads on, the entry is placed by its topic, as one that names nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from selfassess.judging.tree import Tree
from selfassess.model.crosswalk import CrossLink, Crosswalk
from selfassess.model.evidence import RegisterEntry
from selfassess.model.framework import Framework, Node

__all__ = ["carry", "reach"]

Others = Sequence[tuple[Framework, Crosswalk | None]]

_CLOSENESS = ("same", "part-of", "overlaps")


def carry(
    register: Iterable[RegisterEntry],
    framework: Framework,
    others: Others,
) -> tuple[RegisterEntry, ...]:
    """Entries as this framework understands them; all of them, in order.

    Args:
        register: entries that name nodes of this framework, of others, or none.
        framework: the one that they are judged under.
        others: frameworks whose nodes entries may name, each with the crosswalk to this one.
    """
    tree = Tree(framework, {})
    return tuple(_carried(entry, tree, others) for entry in register)


def _carried(entry: RegisterEntry, tree: Tree, others: Others) -> RegisterEntry:
    foreign = [
        name for name in (entry.criterion, entry.judgement) if name and name not in tree.places
    ]
    if not foreign:
        return entry
    own = replace(
        entry,
        criterion=None if entry.criterion in foreign else entry.criterion,
        judgement=None if entry.judgement in foreign else entry.judgement,
    )
    if own.criterion or own.judgement:
        return own
    for name in foreign:
        node = reach(name, (entry.topic,), tree, others)
        if node is not None:
            if node.kind == "criterion":
                return replace(own, criterion=node.id)
            return replace(own, judgement=node.id)
    return own


def reach(name: str, topics: Collection[str], tree: Tree, others: Others) -> Node | None:
    """The node that a node of another framework leads to; itself if it is of this one.

    Args:
        name: the node's id.
        topics: what is said of it; a link to a wider or narrower node holds for these only.
        tree: this framework.
        others: frameworks that may have the node, each with the crosswalk to this one.
    """
    if name in tree.places:
        return tree.places[name].node
    for other, crosswalk in others:
        if crosswalk is not None and name in {node.id for node in other.walk()}:
            found = _reached(topics, name, other, crosswalk, tree)
            if found is not None:
                return found
    return None


def _reached(
    topics: Collection[str], name: str, other: Framework, crosswalk: Crosswalk, tree: Tree
) -> Node | None:
    """The one node that a link leads to; of several, the one that all of them lie under."""
    links = [
        (tree.places[there].node, link)
        for here, there, link in crosswalk.seen_from(other.reference)
        if here == name and there in tree.places
    ]
    links = [(node, link) for node, link in links if _holds(node, link, name, topics)]
    speaking = [(node, link) for node, link in links if _speaks(node, topics)] or links
    closest = min((_CLOSENESS.index(link.relation) for _, link in speaking), default=0)
    nodes = [node for node, link in speaking if _CLOSENESS.index(link.relation) == closest]
    if len(nodes) <= 1:
        return nodes[0] if nodes else None
    above = {tree.places[node.id].judgements[-1:] for node in nodes}
    if len(above) == 1 and (found := above.pop()):
        return tree.places[found[0]].node
    return None


def _holds(node: Node, link: CrossLink, name: str, topics: Collection[str]) -> bool:
    """Whether what is known of one end of a link is known to be about the other."""
    whole = link.relation == "same" or (link.relation == "part-of" and link.from_ == name)
    return whole or _speaks(node, topics)


def _speaks(node: Node, topics: Collection[str]) -> bool:
    return any(topic in each.topics for each in node.walk() for topic in topics)
