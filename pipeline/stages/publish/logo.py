"""The file of a logo in; the logo, safe to be set in every format, out.

A drawing (SVG) is set as it is on paper and screen; where that is not known, and for a printer who
prints in black alone, there are pictures of it.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.documents.pdf.picture import picture
from pipeline.errors import ConfigError
from pipeline.files import read_input
from pipeline.model import Logo
from pipeline.stages.publish.drawing import clean_drawing
from pipeline.stages.publish.render import drawing_pdf

_LARGEST, _WIDEST = 2_000_000, 6_000
_PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg"}
DRAWING = "image/svg+xml"
# How wide the pictures of a logo are: more than 1,000 dots an inch where it is largest.
_DOTS = 1_600


def load_logo(path: Path) -> Logo:
    """Read a logo; raises ConfigError where it is no picture or drawing, too large, or unsafe."""
    return _logo(read_input(path, _LARGEST, ConfigError, "make it smaller"), path)


def picture_name(logo: Logo, data: bytes) -> str:
    """Return a name for the file of a logo, or of the picture of it, in an export."""
    if logo.kind == DRAWING and data == logo.data:
        return "logo.svg"
    return "logo.jpg" if data.startswith(b"\xff\xd8") else "logo.png"


def dump_logo(logo: Logo | None) -> dict[str, Any]:
    """Give a logo as plain data."""
    if logo is None:
        return {"logo": "", "logo_type": ""}
    return {
        "logo": _text(logo.data),
        "logo_type": logo.kind,
        "logo_size": list(logo.size),
        "logo_still": _text(logo.still) if logo.kind == DRAWING else "",
        "logo_black": _text(logo.black),
    }


def restore_logo(value: Mapping[str, Any]) -> Logo | None:
    """Give back what ``dump_logo`` gave; raises ValueError or KeyError where it is no such."""
    data = base64.b64decode(value["logo"], validate=True)
    if not data:
        return None
    kind = str(value["logo_type"])
    if kind not in (DRAWING, *_PICTURES.values()):
        raise ValueError("no logo")
    if "logo_size" not in value:
        # A job of a version that kept no more than the file.
        return _logo(data, Path("logo"))
    width, height = map(float, value["logo_size"])
    still, black = (
        base64.b64decode(value[each], validate=True) for each in ("logo_still", "logo_black")
    )
    return Logo(kind, data, (width, height), still or data, black)


def _logo(data: bytes, path: Path) -> Logo:
    if data.lstrip()[:5] in (b"<?xml", b"<svg ", b"<svg>") or path.suffix.lower() == ".svg":
        drawn, size = clean_drawing(data, path)
        try:
            still = picture(drawing_pdf(drawn, size), _DOTS)
        except Exception:
            # What a damaged drawing makes the libraries raise is of no one kind.
            raise ConfigError(
                "the drawing cannot be drawn", "save it as plain SVG", where=path
            ) from None
        return Logo(DRAWING, drawn, size, still, _black(still))
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=[*_PICTURES]) as opened:
            kind, dots = _PICTURES[str(opened.format)], opened.size
            opened.verify()
    except Exception:
        # What a damaged picture makes the library raise is of no one kind.
        raise ConfigError(
            "… is no PNG, JPEG or SVG picture, or a damaged one", "save it anew", where=path
        ) from None
    if max(dots) > _WIDEST:
        raise ConfigError(
            f"… is {dots[0]} × {dots[1]} dots large", f"make it {_WIDEST} at most", where=path
        )
    return Logo(kind, data, (float(dots[0]), float(dots[1])), data, _black(data))


def _black(data: bytes) -> bytes:
    """Return a picture in shades of black, on white."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as opened:
        opened.thumbnail((_DOTS, _DOTS))
        shown = opened.convert("RGBA")
    paper = Image.new("RGBA", shown.size, "white")
    stream = io.BytesIO()
    Image.alpha_composite(paper, shown).convert("L").save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
