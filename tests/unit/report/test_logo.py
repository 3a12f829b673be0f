"""A logo draws and does nothing else."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
from PIL import Image

from selfassess.errors import ReportError
from selfassess.report.logo import MOST_BYTES, clean_logo

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '


def svg(inside: str, head: str = 'viewBox="0 0 10 10"') -> bytes:
    return f"{HEAD}{head}>{inside}</svg>".encode()


def picture(
    kind: str, mode: str = "RGBA", size: tuple[int, int] = (4, 2), **options: object
) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size).save(stream, format=kind, **options)
    return stream.getvalue()


def test_a_plain_drawing_is_kept() -> None:
    inside = '<style>.a{fill:#123456}</style><g id="g"><path class="a" d="M0 0h5"/></g>'
    kind, content = clean_logo(svg(f'{inside}<use xlink:href="#g"/>'), "logo.svg")
    assert kind == "svg"
    root = ElementTree.fromstring(content)  # noqa: S314
    names = [element.tag.rpartition("}")[2] for element in root.iter()]
    assert names == ["svg", "style", "g", "path", "use"]
    assert root[2].attrib == {"href": "#g"}
    assert root.attrib == {"viewBox": "0 0 10 10"}


def test_what_other_programs_keep_in_a_drawing_goes() -> None:
    given = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd"><!-- c -->'
        f'<?xml-stylesheet href="http://evil.invalid/x.css"?>{HEAD} xmlns:i="http://i.invalid/" '
        'i:version="1" viewBox="0 0 1 1"><i:view><i:guide/></i:view><metadata>who</metadata>'
        "<rect/></svg>"
    )
    _, content = clean_logo(given.encode(), "logo.svg")
    assert content.decode() == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect></rect></svg>'
    )


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<foreignObject/>", "<foreignObject>"),
        ('<image href="data:image/png;base64,AA"/>', "<image>"),
        ('<a href="https://x.invalid"><rect/></a>', "<a>"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', "<set>"),
        ('<rect onclick="alert(1)"/>', "onclick"),
        ('<use xlink:href="http://evil.invalid/x.svg#a"/>', "href"),
        ('<use href="data:image/svg+xml,x"/>', "href"),
        ('<rect fill="url(http://evil.invalid/x)"/>', "fill"),
        ("<rect style=\"fill:url( 'http://evil.invalid')\"/>", "style"),
        ("<style>@import 'http://evil.invalid/x.css';</style>", "style"),
        ("<style>.a{fill:u\\72l(http://x)}</style>", "style"),
        ('<rect opacity=".5"/>', "opacity"),
        ('<rect style="opacity: 0.5"/>', "opacity"),
        ('<g mask="url(#m)"/>', "mask"),
        ("<filter/>", "<filter>"),
        ("<text>Council</text>", "outlines"),
        ('<html xmlns="http://www.w3.org/1999/xhtml"><script xmlns="x">a</script></html>', ""),
    ],
)
def test_what_does_more_than_draw_is_refused(inside: str, named: str) -> None:
    if not named:
        assert clean_logo(svg(inside), "logo.svg")[1].count(b"<") == 2
        return
    with pytest.raises(ReportError) as caught:
        clean_logo(svg("\n" + inside), "logo.svg")
    assert named in str(caught.value)
    assert "logo.svg:2" in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>',
        b"<svg",
        b"<html><body/></html>",
        b"GIF89a",
        b"",
        b"\x89PNG\r\n\x1a\nbroken",
        b"<" + b" " * MOST_BYTES,
        svg("<rect/>", ""),
        svg("<g>" * 6000 + "</g>" * 6000),
    ],
)
def test_what_is_no_logo_is_refused(content: bytes) -> None:
    with pytest.raises(ReportError):
        clean_logo(content, "logo")


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "CMYK")])
def test_a_picture_is_written_anew_on_white(kind: str, mode: str) -> None:
    ending, content = clean_logo(picture(kind, mode), "logo")
    assert ending == "png"
    with Image.open(io.BytesIO(content)) as image:
        assert (image.mode, image.size) == ("RGB", (4, 2))
        if mode == "RGBA":
            assert image.getpixel((0, 0)) == (255, 255, 255)


def test_what_a_picture_says_of_its_maker_goes() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Somebody"
    _, content = clean_logo(picture("JPEG", "RGB", exif=exif), "logo.jpg")
    assert b"Somebody" not in content


def test_a_picture_of_too_many_dots_is_not_decoded() -> None:
    with pytest.raises(ReportError, match="dots"):
        clean_logo(picture("PNG", "1", (20_000, 2_000)), "logo.png")
