"""A Markdown text in; where in it its tokens, and the words of its blocks, stand, out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from pipeline.documents.html_slots import Slot
from pipeline.documents.markdown_images import Place
from pipeline.model import Block

if TYPE_CHECKING:
    from pipeline.documents.markdown_parser import Token


@dataclass(frozen=True, slots=True)
class MarkdownSlot:
    """A block, and the place of its words in the text; -1 where that is not known.

    The lines of one paragraph share a place. ``page`` is the block's slot in HTML, ``kept`` are the
    places of the images among its words, ``extra`` says that it is a note inside another's words,
    ``signed`` that its calls for notes are written with the signs of Markdown. ``titles`` are those
    of its links by their addresses. Of an image in Markdown ``tail`` is what follows its words.
    """

    block: Block
    start: int = -1
    end: int = -1
    page: Slot | None = None
    kept: tuple[Place, ...] = ()
    extra: bool = False
    signed: bool = True
    titles: tuple[tuple[str, str], ...] = ()
    tail: str = ""


class SourceLines:
    """The lines of a text, and where each of them begins."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.starts = [0, *accumulate(len(line) + 1 for line in self.lines)]

    def of(self, token: Token) -> Callable[[int], int]:
        """Give what tells where a place in an inline token's text stands in the whole; or -1."""
        lines = token.content.split("\n")
        starts = [0, *accumulate(len(line) + 1 for line in lines)]
        begun = self._begun(lines, token.map[0] if token.map else len(self.lines))

        def at(place: int) -> int:
            line = bisect_right(starts, place, hi=len(lines)) - 1
            return begun[line] + place - starts[line] if begun[line] >= 0 else -1

        return at

    def _begun(self, lines: Sequence[str], first: int) -> list[int]:
        """Give where lines begin, behind the marks that they stand in; ``first``: that of one."""
        begun = []
        for number, line in enumerate(lines):
            text = self.lines[first + number] if first + number < len(self.lines) else ""
            at = text.rfind(line) if number else text.find(line)
            known = first + number < len(self.lines) and at >= 0
            begun.append(self.starts[first + number] + at if known else -1)
        return begun


def cells_of(row: str) -> Iterator[tuple[str, int, int]]:
    """Give the cells of a row of a table and where they stand; every one, whatever its head has."""
    start = len(row) - len(row.lstrip())
    start += row[start : start + 1] == "|"
    end = len(row.rstrip())
    if row[:end].endswith("|") and not row[:end].endswith("\\|"):
        end -= 1
    places = [
        start,
        *(match.end() for match in re.finditer(r"(?<!\\)\|", row[:end]) if match.start() >= start),
        end + 1,
    ]
    for first, after in pairwise(places):
        cell = row[first : after - 1]
        head = first + len(cell) - len(cell.lstrip())
        tail = max(head, first + len(cell.rstrip()))
        yield row[head:tail].replace("\\|", "|"), head, tail


def in_row(bars: Sequence[int], start: int, place: int) -> int:
    """Give where a place in the text of a cell stands: in its row these bars are escaped."""
    return start + place + bisect_left(bars, place)
