"""A report template as one folder: its own files, before those of the template it extends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from os import PathLike
from typing import TYPE_CHECKING, Any, ClassVar

from selfassess.errors import Problem, nearest
from selfassess.model.common import STRICT

if TYPE_CHECKING:
    from selfassess.loading.source import Document

__all__ = ["Layers", "Template", "TemplateFile", "as_template", "joined"]

DOCUMENTS = ("report", "paper")
"""What a template's report can be made from: everything, or what goes on a few pages."""
_MOST_PAGES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFile:
    """What a report template says of itself.

    Attributes:
        extends: the template whose files stand in for those that this folder lacks.
        document: ``report`` or ``paper``: the page that the report is made of, and what it is
            given.
        pages: at most so many pages, for a paper; it is said the shorter the more it has.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    title: str
    description: str = ""
    extends: str = ""
    document: str = "report"
    pages: int | None = None


class Layers(Traversable):
    """Folders laid over one another: of files with one name, the first folder's is read.

    Args:
        folders: the uppermost first.
        name: the last part of the path.
    """

    def __init__(self, folders: tuple[Traversable, ...], name: str = "") -> None:
        self.folders = folders
        self._name = name

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self._name

    def __str__(self) -> str:
        return str(self.folders[0]) if self.folders else self._name

    def joinpath(self, *descendants: str | PathLike[str]) -> Traversable:
        """What lies below: a file, or all folders of that name laid over one another."""
        names = _names(descendants)
        found = [folder.joinpath(*names) for folder in self.folders]
        for each in found:
            if each.is_file():
                return each
        return Layers(tuple(each for each in found if each.is_dir()), names[-1] if names else "")

    def __truediv__(self, child: str | PathLike[str]) -> Traversable:
        return self.joinpath(child)

    def is_dir(self) -> bool:
        """Whether there is any such folder."""
        return bool(self.folders)

    def is_file(self) -> bool:
        """No: a file is found as itself."""
        return False

    def iterdir(self) -> Iterator[Traversable]:
        """What lies in it, each name once."""
        names = dict.fromkeys(each.name for folder in self.folders for each in folder.iterdir())
        return iter([self.joinpath(name) for name in names])

    def read_bytes(self) -> bytes:
        """No file: refused."""
        raise IsADirectoryError(str(self))

    def read_text(self, encoding: str | None = None) -> str:
        """No file: refused."""
        raise IsADirectoryError(str(self))

    def open(self, mode: str = "r", *_: Any, **__: Any) -> Any:
        """No file: refused."""
        raise IsADirectoryError(str(self))


class Template(Layers):
    """A template's folder, and what it says of itself.

    A file of the template named ``other`` that is hidden by one of the same name is found as
    ``other/report.html.j2``, so that a page can extend the page that it stands in for.

    Args:
        layers: each template's id and folder, the uppermost first.
        document: the page that the report is made of.
        pages: at most so many pages.
    """

    def __init__(
        self,
        layers: tuple[tuple[str, Traversable], ...],
        document: str = "report",
        pages: int | None = None,
    ) -> None:
        super().__init__(tuple(folder for _, folder in layers), layers[0][0])
        self.layers = layers
        self.document = document
        self.pages = pages

    def joinpath(self, *descendants: str | PathLike[str]) -> Traversable:
        """What lies below, or in the folder of the template that the first part names."""
        names = _names(descendants)
        found = super().joinpath(*names)
        if names and not found.is_file() and not found.is_dir():
            for identifier, folder in self.layers:
                if identifier and identifier == names[0]:
                    return folder.joinpath(*names[1:]) if names[1:] else folder
        return found

    def above(self, identifier: str, folder: Traversable) -> Template:
        """The same with one more folder over it."""
        return Template(((identifier, folder), *self.layers), self.document, self.pages)


def _names(parts: tuple[str | PathLike[str], ...]) -> list[str]:
    return [name for part in parts for name in str(part).split("/") if name]


def as_template(folder: Traversable) -> Template:
    """A folder as a template; one that is a template already as it is."""
    return folder if isinstance(folder, Template) else Template((("", folder),))


@dataclass(slots=True)
class _Found:
    """A template file with the folder and the document it was read from."""

    spec: TemplateFile
    folder: Traversable
    document: Document = field(repr=False)


def joined(
    found: Mapping[str, tuple[TemplateFile, Traversable, Document]],
) -> tuple[dict[str, Traversable], list[Problem]]:
    """Lay every template over the one that it extends.

    Args:
        found: by id what a template says of itself, its folder, and the file that says so.

    Returns:
        The templates by id, and what is wrong with them.
    """
    made: dict[str, Traversable] = {}
    problems: list[Problem] = []
    files = {key: _Found(*each) for key, each in found.items()}
    for identifier, file in files.items():
        problems += _faults(file)
        chain = [identifier]
        while parent := files[chain[-1]].spec.extends:
            if parent in chain or parent not in files:
                fault = (
                    f"'{identifier}' extends itself, by way of {' and '.join(chain[1:]) or parent}."
                    if parent in chain
                    else f"no template '{parent}' is installed."
                )
                hint = "" if parent in chain else nearest(parent, [*files]) or "Correct the id."
                if file.spec.extends == parent or parent in chain:
                    problems.append(Problem(file.document.place(("extends",)), fault, hint))
                break
            chain.append(parent)
        made[identifier] = Template(
            tuple((key, files[key].folder) for key in chain), file.spec.document, file.spec.pages
        )
    return made, problems


def _faults(file: _Found) -> list[Problem]:
    problems = []
    spec, place = file.spec, file.document.place
    if spec.document not in DOCUMENTS:
        problems.append(
            Problem(
                place(("document",)),
                f"'{spec.document}' is no document; expected {' or '.join(DOCUMENTS)}.",
                nearest(spec.document, DOCUMENTS) or "",
            )
        )
    if spec.pages is not None and (spec.document != "paper" or not 1 <= spec.pages <= _MOST_PAGES):
        problems.append(
            Problem(
                place(("pages",)),
                f"pages is {spec.pages} of the document '{spec.document}'.",
                f"Only a paper is made to fit, in 1 to {_MOST_PAGES} pages.",
            )
        )
    return problems
