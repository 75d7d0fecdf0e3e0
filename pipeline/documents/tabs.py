"""A line of an office document in; its pieces that tabs part, and what stands between them, out.

Tabs set columns without a table, put the parts of a header left, middle and right, follow a number
or a bullet that was typed, and begin paragraphs. What they part is text of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.documents.draft import versed
from pipeline.documents.inline import LINE, TAB, Mender, Stretch, flow, has_tab, lines_of
from pipeline.model import Block, BlockKind

# In these tabs part texts; elsewhere they are spaces.
_PARTED = (BlockKind.PARAGRAPH, BlockKind.FURNITURE, BlockKind.CELL, BlockKind.NOTE)
# Behind so many words a small letter goes on with their sentence, in spite of a tab.
_SENTENCE = 4
# Characters of the longest text that is taken for a table's cell.
_CELL = 120
_ENDS = re.compile(r"[.!?…:;,»)]\s*$")
_BULLET = re.compile(r"\s*[•●▪■○◦‣⁃–—*·o§\uf0a7\uf0b7\uf0d8-]\s*")
_NUMBER = re.compile(r"\s*((?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)°]|\d{1,2}(?:\.\d{1,2})+\.?)\s*")


@dataclass(frozen=True, slots=True)
class TabPiece:
    """Runs of one text, and those before it that are tabs and signs; ``marker`` is a list's."""

    gap: tuple[Stretch, ...]
    runs: tuple[Stretch, ...]
    marker: str = ""


def whole(line: Sequence[Stretch]) -> list[TabPiece]:
    """Give a line as one piece; tabs at its edges stand beside it, those inside are spaces."""
    places = [place for place, run in enumerate(line) if run.text.strip() or run.styles]
    if not places:
        return [TabPiece(tuple(line), ())]
    first, last = places[0], places[-1] + 1
    inner = TabPiece(tuple(line[:first]), tuple(line[first:last]))
    return [inner, TabPiece(tuple(line[last:]), ())] if line[last:] else [inner]


def tabbed(line: Sequence[Stretch]) -> list[TabPiece]:
    """Give the pieces of a line that tabs part; the last may be but tabs."""
    if not has_tab(line):
        return [TabPiece((), tuple(line))]
    cells: list[tuple[list[Stretch], list[Stretch]]] = [([], [])]
    for run in line:
        if run.text == TAB:
            if cells[-1][1]:
                cells.append(([], []))
            cells[-1][0].append(run)
        else:
            cells[-1][1].append(run)
    made: list[TabPiece] = []
    gap: list[Stretch] = []
    for number, (before, runs) in enumerate(cells):
        gap += before
        marker = _marker(_said(runs)) if not made and number < len(cells) - 1 else ""
        numbered = marker not in ("", "-")
        if (numbered and len(cells) - number == 2) or not any(map(str.isalnum, _said(runs))):
            gap += runs
            pending = marker or ("-" if _BULLET.fullmatch(_said(runs)) and not made else "")
            made += [TabPiece((), (), pending)] if pending else []
            continue
        marked = made.pop().marker if made and not made[-1].runs else ""
        made.append(TabPiece(tuple(gap), tuple(runs), marked))
        gap = []
    made = [piece for piece in made if piece.runs]
    if _goes_on(made):
        return whole(line)
    return [*made, TabPiece(tuple(gap), ())] if gap else made


@dataclass(slots=True)
class TabTables:
    """Counts the tables of a document, and the rows of the one that is being set with tabs."""

    tables: int = 0
    row: int = 0

    def laid_out(
        self,
        stretches: Sequence[Stretch],
        block_of: Callable[[str], Block],
        mender: Mender,
        verse: bool,
    ) -> tuple[list[Block], list[list[Stretch]]]:
        """Give the blocks of a paragraph; and what stands before each of them and behind all."""
        kind = block_of("").kind
        part = whole if verse or kind not in _PARTED else tabbed
        blocks: list[Block] = []
        gaps: list[list[Stretch]] = [[]]
        markers, lines = [], []
        for number, line in enumerate(lines_of(stretches)):
            gaps[-1] += [Stretch(LINE)] if number else []
            for piece in part(line):
                gaps[-1] += piece.gap
                text, marks = flow(piece.runs, mender)
                if text:
                    block = block_of(text)
                    block = versed(block, len(blocks) + 1) if verse else block
                    blocks.append(replace(block, marks=marks))
                    gaps.append([])
                    markers.append(piece.marker)
                    lines.append(number)
        if kind is BlockKind.PARAGRAPH and not verse:
            blocks = self._set_out(blocks, markers, lines)
        return blocks, gaps

    def _set_out(
        self, blocks: list[Block], markers: Sequence[str], lines: Sequence[int]
    ) -> list[Block]:
        """Make cells of blocks that tabs part in their lines, list items of those with a mark."""
        if len(set(lines)) == len(lines) or any(len(block.text) > _CELL for block in blocks):
            self.row = 0
            return [
                replace(block, kind=BlockKind.LIST_ITEM, level=1, marker=marker)
                if marker
                else block
                for block, marker in zip(blocks, markers, strict=True)
            ]
        self.tables += not self.row
        made: list[Block] = []
        for number, (block, line) in enumerate(zip(blocks, lines, strict=True)):
            new = not number or line != lines[number - 1]
            self.row += new
            column = 1 if new else made[-1].level + 1
            marker = f"{self.tables}.{self.row}"
            made.append(replace(block, kind=BlockKind.CELL, level=column, marker=marker))
        return made


def _said(runs: Sequence[Stretch]) -> str:
    return "".join(run.text for run in runs)


def _marker(text: str) -> str:
    if _BULLET.fullmatch(text):
        return "-"
    found = _NUMBER.fullmatch(text)
    return found[1] if found else ""


def _goes_on(pieces: Sequence[TabPiece]) -> bool:
    """Whether the one tab of a line stands where a space should, within a sentence."""
    if len(pieces) != 2 or len(pieces[1].gap) > 1:
        return False
    before, after = (_said(piece.runs) for piece in pieces)
    return (
        len(before.split()) >= _SENTENCE
        and not _ENDS.search(before)
        and after.lstrip()[:1].islower()
    )
