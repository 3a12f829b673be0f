"""A council's typeface, checked: it may be embedded, it is whole, and it has the letters."""

from __future__ import annotations

from io import BytesIO

from selfassess.errors import ReportError

__all__ = ["FACES", "MOST_BYTES", "NEEDED", "check_face", "covered"]

FACES = {
    "regular": (400, "normal"),
    "bold": (700, "normal"),
    "italic": (400, "italic"),
    "bold_italic": (700, "italic"),
}
"""Weight and style of each face that a council may bring."""
NEEDED = frozenset(range(0x20, 0x7F)) | frozenset(map(ord, "£€§°·–—‘’“”…éèêëàâôûïöüçÉ"))
"""What a typeface must have itself; shapes and rarer letters are taken from the template's own."""
MOST_BYTES = 5_000_000
_KINDS = {b"wOFF": "WOFF", b"wOF2": "WOFF2", b"ttcf": "a collection of typefaces (TTC)"}
_RESTRICTED, _NO_SUBSET, _BITMAPS = 0x0002, 0x0100, 0x0200


def check_face(content: bytes, name: str) -> frozenset[int]:
    """The characters of a face that can be embedded whole or in part.

    Raises:
        ReportError: it is no TTF or OTF file, may not be embedded, varies, or lacks letters.
    """
    if len(content) > MOST_BYTES:
        raise ReportError(
            f"{name}: {len(content):,} bytes; a typeface may have {MOST_BYTES:,}.",
            hint="Bring the face for Latin scripts alone.",
        )
    if content[:4] not in (b"\x00\x01\x00\x00", b"OTTO", b"true"):
        kind = _KINDS.get(content[:4], "no font that is known here")
        raise ReportError(
            f"{name}: {kind}; expected TTF or OTF, by its content.",
            hint="Bring one whole, static face a file.",
        )
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    try:
        with TTFont(BytesIO(content), lazy=True) as face:
            found = frozenset(face.getBestCmap() or ())
            rights = int(face["OS/2"].fsType)
            varies = "fvar" in face
            drawn = "glyf" in face or "CFF " in face
    except Exception as error:  # a broken font breaks its reader in ways of its own
        raise ReportError(f"{name}: the font cannot be read.", hint="Save it again.") from error
    if not drawn or rights & _BITMAPS:
        raise ReportError(f"{name}: has no outlines.", hint="Bring a TTF or OTF with outlines.")
    if varies:
        raise ReportError(
            f"{name}: is a variable font.", hint="Bring static faces, one file for each."
        )
    if rights & 0x000F == _RESTRICTED or rights & _NO_SUBSET:
        what = "embedded" if rights & 0x000F == _RESTRICTED else "embedded in part"
        raise ReportError(
            f"{name}: its maker does not allow that it is {what} in documents (fsType {rights}).",
            hint="Ask for a licence that allows it, or bring another typeface.",
        )
    if lacking := sorted(NEEDED - found):
        shown = " ".join(chr(code) if code != 0x20 else "(space)" for code in lacking[:30])
        rest = f" and {len(lacking) - 30} more" if len(lacking) > 30 else ""
        raise ReportError(
            f"{name}: lacks {len(lacking)} characters that every report needs: {shown}{rest}.",
            hint="Bring the whole face, not one cut down to the letters of a logo.",
        )
    return found


def covered(content: bytes) -> frozenset[int]:
    """The characters of a face."""
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(content), lazy=True) as face:
        return frozenset(face.getBestCmap())
