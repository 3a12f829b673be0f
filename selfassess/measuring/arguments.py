"""What a function of the measure language is given."""

from __future__ import annotations

from selfassess.measuring.syntax import Call
from selfassess.measuring.tokens import LanguageError

__all__ = ["count_arguments"]


def count_arguments(node: Call, least: int, most: int | None = None) -> None:
    """Refuse a call with too few or too many arguments.

    Raises:
        LanguageError: saying how many it takes.
    """
    given = len(node.arguments)
    most = least if most is None else most
    if not least <= given <= most:
        wanted = str(least) if least == most else f"{least} to {most}"
        raise LanguageError(node.at, f"{node.name} takes {wanted} arguments; {given} were given.")
