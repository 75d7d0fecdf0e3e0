"""The lines of pages in; the same without running heads and page numbers, and these, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from pipeline.documents.pdf.letters import Page
from pipeline.documents.pdf.rows import Line, Row, rows_of

NUMBER = re.compile(
    r"[-–—|·\s]*(?:page|p\.|folio)?\s*(?:\d{1,4}|(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3}))"
    r"(?:\s*(?:/|sur|de|of)\s*\d{1,4})?[-–—|·\s]*",
    re.IGNORECASE,
)
_EDGE_LINES = 3
_APART = 1.4  # times the usual step from line to line
_EDGE_SHARE = 0.2  # of a page's height, in which what stands on every page does


def without_furniture(
    pages: Sequence[Page], found: Sequence[list[Line]]
) -> tuple[list[list[Line]], list[str]]:
    """Take away what repeats at the edges of pages, and page numbers; give what that was."""
    parted = [rows_of(chunks) for chunks in found]
    steps = [step for rows in parted for step in _steps(rows)]
    usual = median(steps) if steps else 0.0
    edges = [list(_edge(page, rows, usual)) for page, rows in zip(pages, parted, strict=True)]
    seen: Counter[tuple[str, int]] = Counter()
    for rows in edges:
        seen.update({(_bare(line.text), _height(line)) for row in rows for line in row})
    often = min(3, max(2, round(0.4 * len(pages))))

    def is_furniture(line: Line) -> bool:
        words = _bare(line.text)
        near = (_height(line) + step for step in (-1, 0, 1))
        return bool(words) and max(seen[words, height] for height in near) >= often

    kept: list[list[Line]] = []
    dropped: list[str] = []
    for chunks, rows in zip(found, edges, strict=True):
        gone: dict[int, str] = {}
        for row in rows:
            rest = [line for line in row if not is_furniture(line)]
            numbers = rest if len(rest) == 1 and NUMBER.fullmatch(rest[0].text) else []
            gone |= {id(line): line.text for line in row if line in numbers or line not in rest}
        dropped += gone.values()
        kept.append([line for line in chunks if id(line) not in gone])
    return kept, dropped


def _height(line: Line) -> int:
    return round(line.baseline / 12)


def _bare(text: str) -> str:
    return re.sub(r"[\d\s]+", "", text).casefold()


def _edge(page: Page, rows: Sequence[Row], usual: float) -> Iterator[Row]:
    """Give the first and last rows of a page, as far as they stand apart from the others."""
    steps = _steps(rows)
    for number, step in enumerate(steps[:_EDGE_LINES], 1):
        if step > _APART * usual:
            if rows[number - 1][0].baseline < _EDGE_SHARE * page.height:
                yield from rows[:number]
            break
    for number, step in enumerate(steps[: -_EDGE_LINES - 1 : -1], 1):
        if step > _APART * usual:
            if rows[-number][0].baseline > (1 - _EDGE_SHARE) * page.height:
                yield from rows[-number:]
            break


def _steps(rows: Sequence[Row]) -> list[float]:
    return [after[0].baseline - row[0].baseline for row, after in pairwise(rows)]
