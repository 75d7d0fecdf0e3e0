"""Drawings of an OpenDocument text in; what they are, and what their formulas say, out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from pipeline.documents.docx_elements import STROKE
from pipeline.documents.package import Element, Package, attribute, child, local
from pipeline.errors import InputError

_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
# Of a formula in MathML: what it was typed as.
_UNSAID = ("annotation", "annotation-xml")


def is_drawn(element: Element) -> bool:
    """Whether an element is a shape, a frame, a group of them or a link around them."""
    return isinstance(element.tag, str) and element.tag.startswith(_DRAW)


def formula_of(frame: Element, package: Package) -> str:
    """Give what a frame with a formula says, in a line; "" of another."""
    drawn = child(frame, "object")
    if drawn is None:
        return ""
    math = child(drawn, "math")
    part = posixpath.normpath(f"{attribute(drawn, 'href')}/content.xml")
    if math is None and part in package:
        try:
            root = package.xml(part)
        except InputError:
            return ""  # what cannot be read is no formula, but stays in the document
        math = root if local(root) == "math" else None
    return "" if math is None else "".join(_said(math))


def _said(element: Element) -> Iterator[str]:
    if local(element) in _UNSAID:
        return
    yield (element.text or "").strip()
    for number, each in enumerate(element):
        if number and local(element) == "mfrac":
            yield STROKE
        yield from _said(each)
