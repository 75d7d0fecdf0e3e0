"""Plain text and the English of its blocks in; the text in English out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from pipeline.documents.decoding import readable
from pipeline.documents.plain import read_plain
from pipeline.documents.plain_notes import called, form_of, sign
from pipeline.documents.target import EnglishBlock, paired
from pipeline.model import Block, BlockKind


def write_plain(
    data: bytes, encoding: str, targets: Sequence[EnglishBlock], bilingual: bool
) -> bytes:
    """Write the English; the cells of a table are parted by tabs, lists and rows stay together.

    Titles that somebody gave the text stand around it, not in it.
    """
    targets = paired(read_plain(data, encoding).blocks, targets)
    if bilingual:
        targets = list(_both(targets))
    form = form_of(readable(data, encoding)[0])
    made = ""
    before: Block | None = None
    for target in targets:
        block = target.block
        if before is not None:
            made += _between(before, block)
        if block.kind is BlockKind.CELL:
            missing = block.level - (before.level if _same_row(before, block) and before else 1)
            made += "\t" * max(0, missing - _same_row(before, block))
        made += f"{block.marker} " if block.kind is BlockKind.LIST_ITEM and block.marker else ""
        made += "> " * block.level if block.kind is BlockKind.QUOTE else ""
        if block.kind is BlockKind.NOTE:
            made += f"{sign(block.marker, form)}{':' * form.count('^')} "
        made += called(target.text, target.marks, form)
        before = block
    newline = "\r\n" if b"\r\n" in data else "\n"
    return (made + "\n").replace("\n", newline).encode()


def _both(targets: Sequence[EnglishBlock]) -> Iterator[EnglishBlock]:
    """Give each block before its English; of a table each row before that of the English."""

    def place(numbered: tuple[int, EnglishBlock]) -> str:
        number, each = numbered
        return each.block.marker if each.block.kind is BlockKind.CELL else f"#{number}"

    for _, group in groupby(enumerate(targets), place):
        row = [each for _, each in group]
        yield from (replace(each, text=each.block.text, marks=each.block.marks) for each in row)
        if any(each.changed for each in row):
            for each in row:
                cell = each.block.kind is BlockKind.CELL
                marker = f"{each.block.marker}-en" if cell else ""
                kind = BlockKind.PARAGRAPH if each.block.kind is BlockKind.NOTE else each.block.kind
                block = replace(each.block, marker=marker, kind=kind)
                yield replace(each, block=block, marks=())


def _same_row(before: Block | None, block: Block) -> bool:
    return before is not None and before.kind is block.kind and before.marker == block.marker


def _between(before: Block, block: Block) -> str:
    if block.kind is BlockKind.CELL and before.kind is BlockKind.CELL:
        if before.marker == block.marker:
            return "\t"
        return "\n" if before.marker.split(".")[0] == block.marker.split(".")[0] else "\n\n"
    both_items = block.kind is before.kind is BlockKind.LIST_ITEM
    in_stanza = block.kind is before.kind is BlockKind.VERSE and block.level > 1
    return "\n" if both_items or in_stanza else "\n\n"
