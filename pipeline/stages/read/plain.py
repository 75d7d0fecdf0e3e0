"""Plain text in, a draft out: paragraphs, list items, and short lines that stand alone as headings.

Empty lines part paragraphs. Single line breaks part them too (one paragraph a line is how most
programs save text), unless the lines look hard-wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from pipeline.model import Block, BlockKind
from pipeline.stages.read.draft import Draft, numbered
from pipeline.text import readable

_LIST_ITEM = re.compile(r"(?P<marker>[-*•‣·]|\d{1,3}[.)]|[a-z]\)) +(?P<text>\S.*)")
_DIALOGUE_DASHES = "—–"
_NOT_AFTER_A_HEADING = '.!?…:;,»”")'
_HEADING_CHARS = 90
# Hard-wrapped prose: lines of about this width, none of which leaves much room at its end.
_WRAP_WIDTHS = range(50, 101)
_RAGGED_CHARS = 12


def read_plain(data: bytes, encoding: str) -> Draft:
    """Read plain text; a leading heading has level 1, the others level 2."""
    text, notices = readable(data, encoding)
    groups = [
        lines
        for group in re.split(r"\n\s*\n", text)
        if (lines := [line for raw in group.split("\n") if (line := _tidy(raw))])
    ]
    blocks: list[Block] = []
    for lines in groups:
        stands_alone = len(lines) == 1 and len(groups) > 1
        for line in [" ".join(lines)] if _is_wrapped(lines) else lines:
            blocks.append(_block(line, stands_alone, first=not blocks))
    return Draft(numbered(_without_trailing_headings(blocks)), notices=notices)


def _tidy(line: str) -> str:
    return re.sub(" {2,}", " ", line).strip()


def _block(line: str, stands_alone: bool, first: bool) -> Block:
    item = _LIST_ITEM.fullmatch(line)
    if item:
        return Block(0, BlockKind.LIST_ITEM, item["text"], level=1, marker=item["marker"])
    if (
        stands_alone
        and len(line) <= _HEADING_CHARS
        and line[-1] not in _NOT_AFTER_A_HEADING
        and (line[0].isupper() or line[0].isdigit() or line[0] in "«“")
    ):
        return Block(0, BlockKind.HEADING, line, level=1 if first else 2)
    return Block(0, BlockKind.PARAGRAPH, line)


def _is_wrapped(lines: list[str]) -> bool:
    """Tell wrapped prose from one paragraph a line: no line had room for the next one's word."""
    width = max(map(len, lines))
    return (
        len(lines) > 1
        and width in _WRAP_WIDTHS
        and not any(_LIST_ITEM.fullmatch(line) or line[0] in _DIALOGUE_DASHES for line in lines)
        and all(
            len(line) + 1 + len(following.split()[0]) > width - _RAGGED_CHARS
            for line, following in pairwise(lines)
        )
    )


def _without_trailing_headings(blocks: list[Block]) -> Iterable[Block]:
    """A short last line is a signature or a source note, not a heading with nothing under it."""
    last = len(blocks)
    while last > 1 and blocks[last - 1].kind is BlockKind.HEADING:
        last -= 1
    yield from blocks[:last]
    for block in blocks[last:]:
        yield replace(block, kind=BlockKind.PARAGRAPH, level=0)
