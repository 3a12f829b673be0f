"""A council's look over a template: colours, logo and typeface, the same in every document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources.abc import Traversable

from selfassess.loading.template import Template, as_template
from selfassess.report.faces import FACES, covered
from selfassess.report.memory import MemoryFile, MemoryFolder

__all__ = ["BRAND_FOLDER", "Brand", "Branded", "branded"]

BRAND_FOLDER = "brand"
"""Where a council's files lie in the template's folder, for its pages."""
_FAMILY = "Council Sans"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """A look whose files were checked.

    Attributes:
        colours: ``accent`` and ``pale`` as ``#rrggbb``; those left out are the template's.
        logo: its content, made harmless; with its ending and what is said in its place.
        faces: content and ending of each face of a typeface, by name as in `FACES`.
    """

    colours: Mapping[str, str] = field(default_factory=dict)
    logo: bytes = b""
    logo_kind: str = ""
    logo_alt: str = ""
    faces: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)

    def files(self) -> dict[str, bytes]:
        """The files that the look adds to a template's folder `BRAND_FOLDER`."""
        found = {f"{face}.{kind}": content for face, (kind, content) in self.faces.items()}
        if self.logo:
            found[f"logo.{self.logo_kind}"] = self.logo
        return found

    def style(self, font: str) -> str:
        """What comes after a template's own style.

        Args:
            font: the template's typefaces, for the characters that the council's lacks.
        """
        lines = [f"--{name}: {colour};" for name, colour in self.colours.items()]
        rules = []
        for face, (weight, style) in FACES.items() if self.faces else ():
            name = self._face(face)
            rules.append(
                f'@font-face {{ font-family: "{_FAMILY}"; src: url("{BRAND_FOLDER}/{name}"); '
                f"font-weight: {weight}; font-style: {style}; }}"
            )
        if self.faces:
            lines.append(f'--font: "{_FAMILY}", {font};')
        return "\n".join([*rules, f":root {{ {' '.join(lines)} }}" if lines else ""])

    def _face(self, face: str) -> str:
        """The file of a face; upright where there is no italic one."""
        upright = "bold" if face == "bold_italic" else "regular"
        used = face if face in self.faces else upright
        return f"{used}.{self.faces[used][0]}"

    def characters(self) -> frozenset[int]:
        """What every face can print; everything where the look brings none."""
        return frozenset.intersection(*(covered(content) for _, content in self.faces.values()))


class Branded(Template):
    """A template under a council's look."""

    def __init__(self, template: Template, brand: Brand) -> None:
        over = MemoryFolder("", {BRAND_FOLDER: MemoryFolder(BRAND_FOLDER, _files(brand))})
        super().__init__((("", over), *template.layers), template.document, template.pages)
        self.brand = brand

    def __str__(self) -> str:
        return str(self.layers[1][1])

    @property
    def logo(self) -> str:
        """The logo's file in the folder, or nothing."""
        return f"{BRAND_FOLDER}/logo.{self.brand.logo_kind}" if self.brand.logo else ""

    @cached_property
    def extra(self) -> frozenset[int]:
        """Characters that the council's own faces have."""
        return self.brand.characters() if self.brand.faces else frozenset()


def branded(folder: Traversable, brand: Brand | None) -> Traversable:
    """A template's folder under a look; as it is without one."""
    return folder if brand is None else Branded(as_template(folder), brand)


def _files(brand: Brand) -> dict[str, Traversable]:
    return {name: MemoryFile(name, content) for name, content in brand.files().items()}
