"""A PDF in; the glyphs that its pages draw, and those of them that no font has, out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import ContentStream


def boxes(reader: PdfReader) -> list[tuple[int, str, int]]:
    """Give the glyphs that are .notdef or not in their font: page (from 1), font, glyph."""
    sizes: dict[str, int] = {}
    found = []
    for number, page in enumerate(reader.pages, 1):
        for font, glyph in _glyphs(page.get_contents(), page["/Resources"], reader):
            name = str(font["/BaseFont"])
            if name not in sizes:
                sizes[name] = _size(font)
            if not 0 < glyph < sizes[name]:
                found.append((number, name, glyph))
    return found


def _glyphs(stream: Any, resources: Any, reader: PdfReader) -> Iterator[tuple[Any, int]]:
    """Give every glyph that a content stream draws, with its font; forms are looked into."""
    font: Any = None
    for operands, operator in ContentStream(stream, reader).operations:
        if operator == b"Tf":
            font = resources["/Font"][operands[0]].get_object()
        elif operator == b"Do":
            form = resources["/XObject"][operands[0]].get_object()
            if form["/Subtype"] == "/Form":
                yield from _glyphs(form, form.get("/Resources", resources), reader)
        elif operator in (b"Tj", b"TJ"):
            shown = operands[0] if operator == b"TJ" else operands
            for piece in shown:
                data = getattr(piece, "original_bytes", piece)
                if isinstance(data, bytes):
                    pairs = zip(data[::2], data[1::2], strict=True)
                    yield from ((font, high << 8 | low) for high, low in pairs)


def _size(font: Any) -> int:
    """Give how many glyphs the font program has that a PDF carries."""
    descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
    program = descriptor.get("/FontFile2") or descriptor["/FontFile3"]
    with TTFont(io.BytesIO(program.get_object().get_data())) as loaded:
        count: int = loaded["maxp"].numGlyphs
    return count
