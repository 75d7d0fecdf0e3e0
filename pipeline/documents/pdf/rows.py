"""Lines of letters in; the rows that they make on a page out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from pipeline.documents.pdf.letters import Letter


@dataclass(frozen=True, slots=True)
class Line:
    """Letters side by side on one baseline."""

    letters: tuple[Letter, ...]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.letters[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.letters[-1].right

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        sizes = Counter(round(each.size, 1) for each in self.letters if each.text != " ")
        return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0

    @property
    def baseline(self) -> float:
        """Where most of its letters stand."""
        size = self.size
        return median(each.baseline for each in self.letters if round(each.size, 1) == size)

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(each.text for each in self.letters)

    @property
    def strong(self) -> bool:
        """Whether all of it is strong."""
        return all(each.strong for each in self.letters if each.text != " ")


Row = list[Line]
"""What stands on one baseline of a column: one line, or the cells of a table's row."""


def looks_of(letter: Letter) -> tuple[bool, bool, str]:
    """Give how a letter is printed, and what it links to."""
    return letter.strong, letter.italic, letter.link


def rows_of(chunks: Iterable[Line]) -> list[Row]:
    """Put what stands on one baseline together, from top to bottom and left to right."""
    rows: list[Row] = []
    for line in sorted(chunks, key=lambda line: line.baseline):
        if rows and abs(line.baseline - rows[-1][0].baseline) < 0.3 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def merged(row: Row) -> Line:
    """Give the parts of a row as one line."""
    letters: list[Letter] = list(row[0].letters)
    for before, line in pairwise(row):
        last = before.letters[-1]
        letters.append(
            Letter(" ", last.right, line.left, last.baseline, last.size, *looks_of(last))
        )
        letters += line.letters
    return replace(row[0], letters=tuple(letters))
