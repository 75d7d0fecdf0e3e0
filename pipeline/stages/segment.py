"""A document in, its segments out: one sentence each, in order, with offsets into their blocks."""

from __future__ import annotations

from pipeline.language.sentences import sentence_spans
from pipeline.model import Block, BlockKind, Document, Segment

VERSION: int = 5  # raise it when the same document would give other segments


def segment(document: Document) -> tuple[Segment, ...]:
    """The segments of a document in reading order; segments and gaps reproduce every block.

    An id names the block and the sentence in it, from 01: "b0012.s03". A block of code is one
    segment as a whole; a block of white space has none.
    """
    return tuple(
        Segment(
            id=f"b{block.index:04d}.s{number:02d}",
            block=block.index,
            start=start,
            end=end,
            source=block.text[start:end],
        )
        for block in document.blocks
        for number, (start, end) in enumerate(_spans(block), start=1)
    )


def _spans(block: Block) -> list[tuple[int, int]]:
    """The spans of the segments of one block, in code points."""
    if block.kind is not BlockKind.CODE:
        return sentence_spans(block.text)
    return [(0, len(block.text))] if block.text.strip() else []
