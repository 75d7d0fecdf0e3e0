"""The rows of an ``Edition`` in; the chapters of a book, and which of them open a part, out.

Chapters begin at headings of the highest rank there is below the title. Where these are named parts
("Première partie", "Livre II"), or each is followed at once by a heading one rank lower, they are
parts and their chapters the headings of that rank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.stages.publish.render.view import Edition, Pair, Row

_PART = re.compile(r"\b(?:partie|livre|tome|volume)\b", re.IGNORECASE)
# So long a name is a title in which the word stands for something else.
_PART_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: the heading of the part that begins with it, its own, and its rows.

    What stands before the first heading has no heading. ``rows`` begin with the chapter's own.
    """

    part: Row | None
    heading: Row | None
    rows: tuple[Row, ...]

    @property
    def titles(self) -> Pair | None:
        """Its title in both languages; None where it has none."""
        return titles_of(self.heading) if self.heading else None


def titles_of(row: Row) -> Pair:
    """Return what a heading says in both languages."""
    return Pair(row.source.text, row.target.text)


def chapters_of(edition: Edition) -> tuple[Chapter, ...]:
    """Return the chapters of a text, in order; one without a heading where it has none."""
    rows = [row for section in edition.sections for row in section]
    parts, rank = _ranks(rows)
    return tuple(_chapters(rows, parts, rank))


def _ranks(rows: Sequence[Row]) -> tuple[int, int]:
    """Return the ranks of parts, 0 where there are none, and of chapters."""
    ranks = sorted({row.heading for row in rows if row.heading})
    if len(ranks) < 2:
        return 0, ranks[0] if ranks else 0
    top, below = ranks[:2]
    tops = [row for row in rows if row.heading == top]
    followed = {row.number for row, after in pairwise(rows) if after.heading == below}
    named = sum(
        bool(_PART.search(row.source.text)) and len(row.source.text) <= _PART_CHARACTERS
        for row in tops
    )
    parted = len(tops) > 1 and all(row.number in followed for row in tops)
    return (top, below) if parted or named * 2 > len(tops) else (0, top)


def _chapters(rows: Sequence[Row], parts: int, rank: int) -> Iterator[Chapter]:
    part: Row | None = None
    heading: Row | None = None
    inside: list[Row] = []
    for place, row in enumerate(rows):
        opens = bool(row.heading) and row.heading in (parts, rank)
        if opens and inside:
            yield Chapter(part, heading, tuple(inside))
            part, heading, inside = None, None, []
        # A part without chapters is a chapter, such as the conclusion.
        if opens and row.heading == parts and _heading_at(rows, place + 1) == rank:
            part = row
            continue
        heading = row if opens else heading
        inside.append(row)
    if inside:
        yield Chapter(part, heading, tuple(inside))


def _heading_at(rows: Sequence[Row], place: int) -> int:
    return rows[place].heading if place < len(rows) else 0
