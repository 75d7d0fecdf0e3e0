"""The fonts of the editions: for whoever shows something in the same letters."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.errors import UsageError
from pipeline.stages.publish.render.typefaces import FACES, font_css


def faces_css(address: Callable[[str], str]) -> str:
    """Give the rules that declare the fonts, each file at the address of its name.

    The property ``--others`` has the families that follow a text's own, for what that lacks.
    """
    return font_css(FACES, lambda face: address(f"{face.name}.woff2"))


def face_file(name: str) -> bytes:
    """Give a font's file; raises UsageError where there is none of this name."""
    for face in FACES:
        if f"{face.name}.woff2" == name:
            return face.read()
    raise UsageError(f"there is no font {name!r}")
