"""A paragraph of Word, its style and place in; the kind of block that its text is out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.documents.docx_styles import DocxStyle
from pipeline.documents.package import Element, attribute, child
from pipeline.model import Block, BlockKind

_QUOTE = re.compile(r"quote|citation", re.IGNORECASE)
_CAPTION = re.compile(r"caption|légende|legende", re.IGNORECASE)
_CODE = re.compile(r"\bcode\b|preformatted|préformaté|source ?code", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DocxPlace:
    """Where a paragraph stands: in a table's cell, a note, a header."""

    cell: str = ""
    column: int = 0
    note: str = ""
    furniture: bool = False


def block_of(text: str, properties: Element | None, style: DocxStyle, place: DocxPlace) -> Block:
    """Give the block that a text is, by the place and the properties of its paragraph."""
    if place.furniture:
        return Block(0, BlockKind.FURNITURE, text)
    if place.note:
        return Block(0, BlockKind.NOTE, text, marker=place.note)
    if place.cell:
        return Block(0, BlockKind.CELL, text, place.column, place.cell)
    own = None if properties is None else child(properties, "outlineLvl")
    level = style.level
    if own is not None and attribute(own, "val").isdecimal():
        level = int(attribute(own, "val")) + 1
    if 0 < level < 7:
        return Block(0, BlockKind.HEADING, text, level=level)
    if _CODE.search(style.name):
        return Block(0, BlockKind.CODE, text)
    numbering = None if properties is None else child(properties, "numPr")
    if numbering is not None or style.listed:
        depth = None if numbering is None else child(numbering, "ilvl")
        value = "" if depth is None else attribute(depth, "val")
        return Block(
            0,
            BlockKind.LIST_ITEM,
            text,
            level=1 + (int(value) if value.isdecimal() and len(value) < 2 else 0),
            marker="-",
        )
    if _QUOTE.search(style.name):
        return Block(0, BlockKind.QUOTE, text, level=1)
    kind = BlockKind.CAPTION if _CAPTION.search(style.name) else BlockKind.PARAGRAPH
    return Block(0, kind, text)
