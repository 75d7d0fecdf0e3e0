"""Tags of HTML in; the open lists and tables, and the kind of block that words are in them, out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline.documents.html_lists import Numbering, numbering, sizes_of_lists
from pipeline.documents.inline import Style
from pipeline.documents.markup import Markup
from pipeline.model import Block, BlockKind


@dataclass(slots=True)
class OpenElement:
    """An open element: its tag, what it marks, and whether it is a block, hides, is verse."""

    name: str
    piece: Markup
    styles: tuple[Style, ...] = ()
    block: bool = False
    hides: bool = False
    verse: bool = False


class Outline:
    """The lists and tables that are open, and the marker that waits for the words behind it.

    ``tables`` counts those that were opened so far.
    """

    def __init__(self, source: str) -> None:
        self.tables = 0
        self.marker = ""
        self._lists: list[Numbering | None] = []
        self._sizes = sizes_of_lists(source)
        self._tables: list[list[int]] = []  # number, row, column of the open ones

    def enter(self, piece: Markup) -> None:
        """Take in the tag that opens an element."""
        match piece.name:
            case "ul" | "menu" | "dir":
                self._lists.append(None)
            case "ol":
                self._lists.append(numbering(piece, self._sizes.get(piece.start, 0)))
            case "li":
                self.marker = "-"
                if self._lists and (counted := self._lists[-1]) is not None:
                    counted = counted.at(piece)
                    self.marker, self._lists[-1] = counted.marker, counted.after()
            case "table":
                self.tables += 1
                self._tables.append([self.tables, 0, 0])
            case "tr" if self._tables:
                self._tables[-1][1:] = [self._tables[-1][1] + 1, 0]
            case "td" | "th" if self._tables:
                self._tables[-1][2] += 1

    def leave(self, name: str) -> None:
        """Take in that an element ends."""
        if name in ("ul", "ol", "menu", "dir") and self._lists:
            self._lists.pop()
        if name == "table" and self._tables:
            self._tables.pop()
        if name == "li":
            self.marker = ""

    def block(self, text: str, opened: Counter[str], in_note: bool) -> Block:
        """Give the block that a text is in the ``opened`` elements, which are counted by name."""
        for rank in range(1, 7):
            if opened[f"h{rank}"]:
                return Block(0, BlockKind.HEADING, text, level=rank)
        if opened["caption"] or opened["figcaption"]:
            return Block(0, BlockKind.CAPTION, text)
        if in_note:
            marker, self.marker = self.marker.strip("-."), ""
            return Block(0, BlockKind.NOTE, text, marker=marker)
        if opened["li"]:
            marker, self.marker = self.marker, ""
            return Block(
                0, BlockKind.LIST_ITEM, text, level=max(1, len(self._lists)), marker=marker
            )
        if self._tables and self._tables[-1][2] and (opened["td"] or opened["th"]):
            table, row, column = self._tables[-1]
            return Block(0, BlockKind.CELL, text, level=column, marker=f"{table}.{row}")
        if opened["blockquote"]:
            return Block(0, BlockKind.QUOTE, text, level=opened["blockquote"])
        return Block(0, BlockKind.PARAGRAPH, text)
