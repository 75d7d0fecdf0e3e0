"""What every reader gives: the blocks of a text and what the text says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.model import Block, BlockKind, Front, Notice

# Names of styles for verse.
VERSE = re.compile(
    r"\b(?:verses?|vers|poems?|poèmes?|poetry|poésie|stanza|strophe)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Draft:
    """Blocks numbered from 0; what the front matter says ("" if absent).

    ``scopes`` are the glossary scopes that the text names itself, ``notices`` what was repaired.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    author: str = ""
    date: str = ""
    scopes: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    front: Front = field(default_factory=Front)


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Drop blocks without text and number the rest from 0."""
    kept = (block for block in blocks if block.text.strip())
    return tuple(replace(block, index=index) for index, block in enumerate(kept))


def versed(block: Block, line: int) -> Block:
    """Give a paragraph or quotation as a line of verse; ``line`` is its place in the stanza."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.QUOTE):
        return block
    return replace(block, kind=BlockKind.VERSE, level=line)


def versed_after(before: Block | None, block: Block) -> Block:
    """Give a line of verse that is a paragraph of its own its place after the one before."""
    goes_on = before is not None and before.kind is block.kind is BlockKind.VERSE
    return replace(block, level=before.level + 1) if before and goes_on else block


def cells(rows: Iterable[Sequence[str]], table: int) -> list[Block]:
    """Give the cells of a table of plain texts, in reading order; see ``Block``."""
    return [
        Block(0, BlockKind.CELL, text, level=column, marker=f"{table}.{row}")
        for row, texts in enumerate(rows, 1)
        for column, text in enumerate(texts, 1)
    ]
