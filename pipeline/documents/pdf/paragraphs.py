"""The rows of columns in; paragraphs, whole again over lines, columns and pages, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from pipeline.documents.pdf.layout import MARKER
from pipeline.documents.pdf.rows import Line, Row, merged

_ENDS = re.compile(r"[.!?…:;][»”\")\]\s]*$|[»”\"]$")
_ITEM = re.compile(rf"(?:{MARKER.pattern})\s")
_NOTE = re.compile(r"(?:\[?\d{1,3}\]?[.)]?|[*†‡])\s*\S")
_LEAST_INDENT, _LEADING, _SAME_SIZE = 0.6, 1.4, 0.08
_NOTE_SIZE = 0.95  # of that of the text


@dataclass(slots=True)
class Printed:
    """A paragraph by its lines; or, where it has ``rows``, a table by its cells' lines."""

    lines: list[Line] = field(default_factory=list)
    rows: list[dict[int, list[Line]]] = field(default_factory=list)
    note: bool = False

    @property
    def size(self) -> float:
        """The size of its type."""
        return self.lines[0].size


@dataclass(frozen=True, slots=True)
class _Column:
    left: float
    right: float
    leading: float

    @classmethod
    def of(cls, rows: Sequence[Row]) -> _Column:
        lines = [line for row in rows for line in row]
        steps = [after[0].baseline - before[0].baseline for before, after in pairwise(rows)]
        usual = Counter(round(step, 1) for step in steps if step > 0)
        size = median(line.size for line in lines)
        near = [step for step in usual.elements() if step < 2.2 * size]
        return cls(
            min(line.left for line in lines),
            max(line.right for line in lines),
            median(near) if near else 1.3 * size,
        )


def passages(columns: Iterable[tuple[int, list[Row]]]) -> list[Printed]:
    """Give the paragraphs and tables of columns in their order; notes come after the paragraph."""
    found = list(columns)
    body = body_size(line for _, rows in found for row in rows for line in row)
    made: list[Printed] = []
    waiting: list[Printed] = []
    page = -1
    for number, rows in found:
        text, notes = _without_notes(rows, body)
        fresh = list(_passages(text)) if text else []
        if fresh and made and _goes_over(made[-1], fresh[0]):
            made[-1].lines += fresh.pop(0).lines
        if fresh and number != page:
            made += waiting
            waiting = []
        made += fresh
        waiting += notes
        page = number
    return [*made, *waiting]


def body_size(lines: Iterable[Line]) -> float:
    """Give the size of most letters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.letters)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _without_notes(rows: Sequence[Row], body: float) -> tuple[list[Row], list[Printed]]:
    """Part the notes below a column from its text: smaller type that begins with a figure."""
    place = len(rows)
    while place and all(line.size <= _NOTE_SIZE * body for line in rows[place - 1]):
        place -= 1
    while place < len(rows) and not _NOTE.match(merged(rows[place]).text):
        place += 1
    notes: list[Printed] = []
    for row in rows[place:]:
        line = merged(row)
        last = notes[-1].lines[-1] if notes else None
        begins = _NOTE.match(line.text) and (
            last is None or line.letters[0].size < 0.85 * line.size or _ENDS.search(last.text)
        )
        if begins:
            notes.append(Printed(note=True))
        notes[-1].lines.append(line)
    return list(rows[:place]), notes


def _passages(rows: Sequence[Row]) -> Iterator[Printed]:
    column = _Column.of(rows)
    made = Printed()
    place = 0
    while place < len(rows):
        length = _table_length(rows[place:], column)
        if length:
            if made.lines:
                yield made
            made = Printed()
            yield _table(rows[place : place + length], column)
            place += length
            continue
        line = merged(rows[place])
        if made.lines and _begins(made, line, column):
            yield made
            made = Printed()
        made.lines.append(line)
        place += 1
    if made.lines:
        yield made


def _begins(passage: Printed, line: Line, column: _Column) -> bool:
    """Whether a line begins a paragraph."""
    first, last = passage.lines[0], passage.lines[-1]
    size = max(line.size, last.size)
    if abs(line.size - last.size) > _SAME_SIZE * size or line.strong != last.strong:
        return True
    step = line.baseline - last.baseline
    if step > max(_LEADING * column.leading, 1.05 * size) or step < 0:
        return True
    word = line.text.split()[0]
    room = column.right - last.right - len(word) * _letter_width(line) - 0.3 * size
    ended = bool(_ENDS.search(last.text))
    if _ITEM.match(line.text) and (ended or room > 0 or _ITEM.match(first.text)):
        return True
    item = bool(_ITEM.match(first.text))
    indented = line.left - column.left > _LEAST_INDENT * size
    begun = last.left - column.left < _LEAST_INDENT * size / 2
    centred = abs(line.left + line.right - last.left - last.right) < size
    if indented and begun and not item and not centred:
        return ended or room > 0
    if item and line.left < first.left + 0.3 * size and len(passage.lines) > 1:
        hanging = passage.lines[1].left > first.left + 0.3 * size
        if hanging:
            return True
    if room <= 0:
        return False
    lower = line.text[:1].islower()
    if centred and indented and not ended:
        return False
    return ended or not lower or room > 0.5 * (column.right - column.left)


def _letter_width(line: Line) -> float:
    return (line.right - line.left) / max(1, len(line.text))


def _goes_over(before: Printed, after: Printed) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    if before.rows or after.rows or before.note:
        return False
    last, first = before.lines[-1], after.lines[0]
    if abs(last.size - first.size) > _SAME_SIZE * first.size or last.strong != first.strong:
        return False
    if _ENDS.search(last.text) or _ITEM.match(first.text):
        return False
    filled = last.right - last.left > 0.85 * max(line.right - line.left for line in before.lines)
    return first.text[:1].islower() or (filled and len(before.lines) > 1)


def _table_length(rows: Sequence[Row], column: _Column) -> int:
    """Give how many rows of a table begin here, 0 where none does."""
    length = 0
    for number, row in enumerate(rows):
        step = row[0].baseline - rows[number - 1][0].baseline if number else 0.0
        if step > 3.5 * column.leading:
            break
        if len(row) > 1:
            length = number + 1
        elif not number or not _in_a_cell(row[0], rows[:length], column):
            break
        elif (
            number == length and step < 1.2 * column.leading and _goes_on(row[0], rows[number - 1])
        ):
            length = number + 1
    return length if _aligned(rows[:length]) else 0


def _goes_on(line: Line, above: Row) -> bool:
    """Whether a line goes on with what a cell above it says."""
    over = next((each for each in above if each.left < line.right and each.right > line.left), None)
    return over is not None and not _ENDS.search(over.text) and line.text[:1].islower()


def _aligned(rows: Sequence[Row]) -> bool:
    """Whether two cells stand under one another: gaps of justified lines do not."""
    cells = [[(line.left, line.right) for line in row[1:]] for row in rows]
    return any(
        min(abs(left - other_left), abs(right - other_right)) < 2
        for number, row in enumerate(cells)
        for other in cells[:number]
        for left, right in row
        for other_left, other_right in other
    )


def _in_a_cell(line: Line, rows: Sequence[Row], column: _Column) -> bool:
    """Whether a line goes on in one cell of the rows above."""
    wide = line.right - line.left > 0.6 * (column.right - column.left)
    spans = [(each.left, each.right) for row in rows for each in row if len(row) > 1]
    return not wide and any(line.left < right and line.right > left for left, right in spans)


def _table(rows: Sequence[Row], column: _Column) -> Printed:
    """Put cells into columns: what overlaps from row to row is one."""
    spans: list[list[float]] = []
    for line in sorted((line for row in rows for line in row), key=lambda line: line.left):
        if spans and line.left < spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], line.right)
        else:
            spans.append([line.left, line.right])
    made = Printed()
    last = 0.0
    for row in rows:
        near = row[0].baseline - last < 1.15 * column.leading
        if not (made.rows and len(row) < len(spans) and len(row) == 1 and near):
            made.rows.append({})
        for line in row:
            number = next(n for n, (_, right) in enumerate(spans, 1) if line.left < right)
            made.rows[-1].setdefault(number, []).append(line)
        last = row[0].baseline
    return made
