"""The blocks of a text and what is printed of each in; how its tables are set out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model import Block, BlockKind
from pipeline.stages.publish.render.view import Column, Pair, Side

# So many characters stand on a line of the narrowest side of an edition.
_ROOM = 42
# So many columns find room beside one another, and so many of so short cells.
_COLUMNS, _NARROW_COLUMNS, _NARROW_CHARACTERS = 4, 8, 10
# What parts a column from the next one, and the longest cell that widens its column, in characters.
_GAP, _WIDEST = 2, 30
# A width is a multiple of this, in per cent: each is a rule of the stylesheets.
_STEP = 5
# A line breaks at a space that is no no-break space, and after a hyphen.
_PARTS = re.compile(r"[ \n]|(?<=-)")
_FIGURE = re.compile(r"[^\w]*(?:\d[\d\s.,:/]*(?:[a-zA-Z]{1,3}\b)?[^\w]*)?")


@dataclass(frozen=True, slots=True)
class Table:
    """How a table is set: its columns, the number of its last line, whether its first is a head.

    Where its cells find no room beside one another they are ``stacked``, and ``heads`` say of what
    each column is, where it is known. What is no table has no columns.
    """

    columns: tuple[Column, ...] = ()
    last: int = 0
    headed: bool = False
    stacked: bool = False
    heads: Mapping[int, Pair] = field(default_factory=dict)

    def edges(self, block: Block) -> tuple[str, ...]:
        """Say of which ends of the table the line of a cell is: "first", "last", "head"."""
        if not self.columns:
            return ()
        line = _line(block)
        there = {"first": line == 1, "last": line == self.last, "head": line == 1 and self.headed}
        return tuple(name for name, true in there.items() if true)

    def label(self, block: Block) -> Pair | None:
        """Return what a stacked cell is said to be, None where nothing says it or it leads."""
        if not self.stacked or not self.headed or _line(block) == 1 or block.level == 1:
            return None
        return self.heads.get(block.level)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a table, as it is printed on both sides; lines and columns count from 1."""

    line: int
    column: int
    texts: tuple[str, str]

    @property
    def is_figure(self) -> bool:
        """Whether it holds but a number, an amount, or a dash in place of one."""
        return all(_FIGURE.fullmatch(text) for text in self.texts)


def table_of(block: Block) -> str:
    """Return the name of the table that a block is a cell of, "" where it is none."""
    return block.marker.partition(".")[0] if block.kind is BlockKind.CELL else ""


def tables_of(blocks: Sequence[Block], sides: Sequence[tuple[Side, Side]]) -> dict[str, Table]:
    """Return the tables of a text by name."""
    found: dict[str, list[_Cell]] = defaultdict(list)
    for block, (source, target) in zip(blocks, sides, strict=True):
        if name := table_of(block):
            found[name].append(_Cell(_line(block), block.level, (source.text, target.text)))
    return {name: _set(cells) for name, cells in found.items()}


def _set(cells: Sequence[_Cell]) -> Table:
    """Say how the cells of a table are set; those of a single column are no table."""
    found: dict[int, list[_Cell]] = defaultdict(list)
    for cell in cells:
        found[cell.column].append(cell)
    columns = [found[column] for column in range(1, max(found) + 1)]
    if len(columns) == 1:
        return Table()
    widths = _widths(columns)
    stacked = not widths
    made = tuple(
        Column(width, _has_figures(column))
        for width, column in zip(widths or [0] * len(columns), columns, strict=True)
    )
    last = max(cell.line for cell in cells)
    heads = {
        cell.column: Pair(*(text.rstrip(" \u00a0:") for text in cell.texts))
        for cell in cells
        if cell.line == 1
    }
    return Table(made, last, last > 1 and _has_head(cells, made), stacked, heads)


def _line(block: Block) -> int:
    line = block.marker.partition(".")[2]
    return int(line) if line.isdecimal() else 0


def _widths(columns: Sequence[Sequence[_Cell]]) -> list[int]:
    """Return the widths of columns in per cent, none where they find no room."""
    words, wanted = [], []
    for column in columns:
        texts = [text for cell in column for text in cell.texts]
        words.append(max((len(word) for text in texts for word in _PARTS.split(text)), default=1))
        wanted.append(max(map(len, texts), default=1))
    narrow = max(wanted) <= _NARROW_CHARACTERS
    if len(columns) > (_NARROW_COLUMNS if narrow else _COLUMNS):
        return []
    if sum(words) + _GAP * (len(columns) - 1) > _ROOM:
        return []
    words = [_GAP + each for each in words]
    wanted = [_GAP + min(each, _WIDEST) for each in wanted]
    return _shares(words, wanted)


def _has_figures(cells: Sequence[_Cell]) -> bool:
    """Tell whether a column is one of figures below its head."""
    body = [cell for cell in cells if cell.line > 1] or cells
    return bool(body) and all(cell.is_figure for cell in body)


def _has_head(cells: Iterable[_Cell], columns: tuple[Column, ...]) -> bool:
    """Tell whether the first line of a table says what the columns of figures are."""
    first = [cell for cell in cells if cell.line == 1 and cell.column <= len(columns)]
    return any(columns[cell.column - 1].figures and not cell.is_figure for cell in first)


def _shares(words: list[int], wanted: list[int]) -> list[int]:
    """Give each column its longest word, and of what is left its part of what it wants beyond."""
    more = [most - least for least, most in zip(words, wanted, strict=True)]
    left = max(0, _ROOM - sum(words))
    spread = [left * each / (sum(more) or 1) if left < sum(more) else each for each in more]
    widths = [least + extra for least, extra in zip(words, spread, strict=True)]
    steps = 100 // _STEP
    parts = [max(1, round(steps * width / sum(widths))) for width in widths]
    while sum(parts) != steps:
        # What rounding gave or took is evened out where it is felt least.
        change = 1 if sum(parts) < steps else -1
        parts[parts.index(max(parts))] += change
    return [_STEP * part for part in parts]
