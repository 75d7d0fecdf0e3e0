"""The letters of pages in; their lines in reading order, column by column, out.

What stands on every page (running heads, page numbers) is told by repeating, and left out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from pipeline.documents.inline import Mender
from pipeline.documents.pdf.furniture import NUMBER, without_furniture
from pipeline.documents.pdf.letters import Letter, Page
from pipeline.documents.pdf.rows import Line, Row, looks_of, merged, rows_of

# In sizes of the type: the gap that is a space where none is written; the gaps that part a line,
# where a space is written (in narrow columns it may be wide), where pages write theirs but none is
# here, and where they write none; and how far from the baseline raised figures stand.
_SPACE, _WRITTEN_GAP, _BARE_GAP, _UNWRITTEN_GAP, _RAISED = 0.14, 2.5, 0.6, 1.2, 0.5
_COLUMN_GAP = 0.9
_DROP_CAP = 1.7
MARKER = re.compile(r"[•‣▪◦●■–—*-]|\d{1,3}[.)]|[a-z][.)]")
_MARKER_GAP = 4.0
_MOST_PARTS = 4


def columns(pages: Sequence[Page], mender: Mender) -> Iterator[tuple[int, list[Row]]]:
    """Give the rows of each column, in the order in which they are read, with the page's number."""
    found = [_with_beginnings(list(_chunks(page.letters))) for page in pages]
    kept, dropped = without_furniture(pages, found)
    names = [text for text in dict.fromkeys(dropped) if not NUMBER.fullmatch(text)]
    shown = "".join(f" «{text[:60]}»" for text in names[:3])
    mender.count(
        "furniture", "running head(s) and page number(s)", f"left out{shown}", len(dropped)
    )
    gutters = [_gutter(chunks) for chunks in kept]
    usual = Counter(round(each) for each in gutters if each is not None)
    for number, (chunks, gutter) in enumerate(zip(kept, gutters, strict=True)):
        if gutter is None:
            gutter = next((each for each in usual if _is_parted(chunks, each)), None)
        for region in _regions(chunks, gutter):
            yield number, rows_of(region)


def _chunks(letters: Sequence[Letter]) -> Iterator[Line]:
    """Cut the letters of a page where the next stands elsewhere; gaps between words are spaces."""
    spaces = sum(each.text == " " for each in letters)
    bare_gap = _BARE_GAP if 12 * spaces > len(letters) else _UNWRITTEN_GAP
    made: list[Letter] = []
    space = False
    for letter in letters:
        if letter.text == " ":
            space = True
            continue
        if made:
            last = made[-1]
            size = max(last.size, letter.size)
            gap = 0.0 if letter[1:4] == last[1:4] else letter.left - last.right  # of a ligature
            near = abs(letter.baseline - made[0].baseline) < _RAISED * size
            if not near or not -0.4 * size < gap < (_WRITTEN_GAP if space else bare_gap) * size:
                yield from _parted(made)
                made = []
            elif space or gap > _SPACE * size:
                made.append(
                    Letter(" ", last.right, letter.left, last.baseline, last.size, *looks_of(last))
                )
        made.append(letter)
        space = False
    if made:
        yield from _parted(made)


def _parted(letters: Sequence[Letter]) -> Iterator[Line]:
    """Part a line at gaps that are much wider than its others: those between columns."""
    gaps = [
        (number, letter.right - letter.left)
        for number, letter in enumerate(letters)
        if letter.text == " "
    ]
    size = letters[0].size
    usual = median(gap for _, gap in gaps) if len(gaps) > 1 else 0.5 * size
    start = 0
    for number, gap in gaps:
        if gap > max(_COLUMN_GAP * size, 2 * usual):
            yield Line(tuple(letters[start:number]))
            start = number + 1
    yield Line(tuple(letters[start:]))


def _with_beginnings(chunks: list[Line]) -> list[Line]:
    """Put what begins a line in a place of its own to it: marks of lists, tall first letters."""
    chunks = _with_drop_caps(chunks)
    for mark in [line for line in chunks if MARKER.fullmatch(line.text)]:
        after = [
            line
            for line in chunks
            if line is not mark
            and abs(line.baseline - mark.baseline) < 0.3 * line.size
            and 0 < line.left - mark.right < _MARKER_GAP * line.size
            and (line.text[:1].isalpha() or not mark.text[0].isalnum())
        ]
        # A mark that another mark stands before is part of its line by now.
        if after and mark in chunks:
            first = min(after, key=lambda line: line.left)
            chunks[chunks.index(first)] = merged([mark, first])
            chunks.remove(mark)
    return chunks


def _with_drop_caps(chunks: list[Line]) -> list[Line]:
    """Put a first letter that is several lines high to the line that it begins."""
    sizes = [line.size for line in chunks]
    usual = median(sizes) if sizes else 0.0
    for cap in [line for line in chunks if len(line.text) <= 2 and line.size > _DROP_CAP * usual]:
        beside = [
            line
            for line in chunks
            if line is not cap
            and cap.baseline - cap.size < line.baseline < cap.baseline + 0.2 * cap.size
            and -0.3 * cap.size < line.left - cap.right < cap.size
            and cap.text.isalpha()
            and line.text[:1].isalpha()
        ]
        if len(beside) > 1 and cap in chunks:
            first = min(beside, key=lambda line: line.baseline)
            base = first.letters[0]
            letters = [
                each._replace(size=base.size, baseline=base.baseline) for each in cap.letters
            ]
            place = chunks.index(first)
            chunks[place] = Line((*letters, *first.letters))
            chunks.remove(cap)
    return chunks


def _regions(chunks: Sequence[Line], gutter: float | None, depth: int = 0) -> Iterator[list[Line]]:
    """Part a page into columns, in reading order; lines across them part the page above them."""
    if gutter is None:
        if chunks:
            yield list(chunks)
        return
    left: list[Line] = []
    right: list[Line] = []
    across: list[Line] = []
    for line in sorted(chunks, key=lambda line: line.baseline):
        if line.left < gutter - 1 and line.right > gutter + 1:
            yield from _sides(left, right, depth)
            left, right = [], []
            across.append(line)
            continue
        if across:
            yield across
            across = []
        (left if line.right <= gutter + 1 else right).append(line)
    yield from _sides(left, right, depth)
    if across:
        yield across


def _sides(left: Sequence[Line], right: Sequence[Line], depth: int) -> Iterator[list[Line]]:
    for side in (left, right):
        yield from _regions(side, _gutter(side) if depth < _MOST_PARTS else None, depth + 1)


def _is_parted(chunks: Sequence[Line], gutter: float) -> bool:
    """Whether the few lines of a page stand on both sides of where other pages are parted."""
    left = [line for line in chunks if line.right <= gutter + 1]
    right = [line for line in chunks if line.left >= gutter - 1]
    texts = all(median(len(line.text) for line in side) > 14 for side in (left, right) if side)
    return bool(left and right) and len(left) + len(right) == len(chunks) and texts


def _gutter(chunks: Sequence[Line]) -> float | None:
    """Give where two columns of running text are parted; None where there is one, or a table."""
    if len(chunks) < 8:
        return None
    first = min(line.left for line in chunks)
    last = max(line.right for line in chunks)
    width = last - first
    size = median(line.size for line in chunks)
    crossing: dict[int, int] = defaultdict(int)
    for line in chunks:
        for x in range(int(line.left), int(line.right) + 1):
            crossing[x] += 1
    middle = range(int(first + 0.15 * width), int(last - 0.15 * width))
    if not middle:
        return None
    fewest = min(crossing[x] for x in middle)
    places = [x for x in middle if crossing[x] == fewest]
    runs: list[list[int]] = []
    for x in places:
        if runs and x == runs[-1][-1] + 1:
            runs[-1].append(x)
        else:
            runs.append([x])
    widest = max(runs, key=len)
    gutter = (widest[0] + widest[-1] + 1) / 2
    if len(widest) < 0.5 * size or fewest > 0.3 * len(chunks):
        return None
    sides = (
        [line for line in chunks if line.right <= gutter + 1],
        [line for line in chunks if line.left >= gutter - 1],
    )
    running = all(_is_running(side) or _gutter(side) is not None for side in sides)
    return gutter if running and _overlap(*sides) else None


def _is_running(lines: Sequence[Line]) -> bool:
    """Whether lines are those of running text: most fill their column."""
    if len(lines) < 3:
        return False
    width = max(line.right for line in lines) - min(line.left for line in lines)
    filled = median(line.right - line.left for line in lines)
    return filled > 0.6 * width and median(len(line.text) for line in lines) > 14


def _overlap(one: Sequence[Line], other: Sequence[Line]) -> bool:
    """Whether two columns stand beside each other, not one below the other."""
    top = max(min(line.baseline for line in side) for side in (one, other))
    bottom = min(max(line.baseline for line in side) for side in (one, other))
    return bottom - top > 2 * one[0].size
