"""A document and the titles that somebody gave it in; the document that bears them out."""

from __future__ import annotations

from dataclasses import asdict, replace

from pipeline.config import FrontSettings
from pipeline.documents import numbered
from pipeline.model import Block, BlockKind, Document, Front, InlineKind


def with_front(document: Document, given: FrontSettings | None = None) -> Document:
    """Return a document with its titles as blocks: title, subtitle, kicker, in this order.

    What is ``given`` counts instead of what the file says. A document that has them already stays
    as it is.
    """
    said = {name: value for name, value in (given or ()) if value}
    known = asdict(document.front)
    front = Front(**{name: said.get(name, value) for name, value in known.items()})
    blocks = list(document.blocks)
    title = said.get("title", document.title)
    headed = bool(blocks) and blocks[0].kind is BlockKind.HEADING
    if title != document.title:
        if headed and blocks[0].text == document.title:
            blocks[0] = _said(blocks[0], title)
        else:
            blocks.insert(0, Block(0, BlockKind.HEADING, title, level=1))
        headed = True
    place = int(headed)
    for old, new in (
        (document.front.subtitle, front.subtitle),
        (document.front.kicker, front.kicker),
    ):
        there = len(blocks) > place and old and blocks[place].text == old
        if there:
            blocks[place] = _said(blocks[place], new)
        elif new:
            blocks.insert(place, Block(0, BlockKind.PARAGRAPH, new))
        place += bool(new)
    return replace(
        document,
        title=title,
        author=said.get("byline", document.author),
        date=said.get("date", document.date),
        blocks=document.blocks if blocks == list(document.blocks) else numbered(blocks),
        front=front,
    )


def _said(block: Block, text: str) -> Block:
    """Give a block that says something else; of its marks only calls for notes stay."""
    end = len(text)
    marks = tuple(
        replace(mark, start=end, end=end) for mark in block.marks if mark.kind is InlineKind.NOTE
    )
    return replace(block, text=text, marks=marks if text != block.text else block.marks)
