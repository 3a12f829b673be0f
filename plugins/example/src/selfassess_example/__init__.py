"""An example pack; everything it brings is in the YAML files beside this one."""

from importlib.resources import files
from importlib.resources.abc import Traversable

from selfassess.hookspecs import hookimpl


@hookimpl
def selfassess_packs() -> list[Traversable]:
    """Hand over this folder."""
    return [files(__name__)]
