"""A French text with marks and its English in; the marks of the English out, none of them lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.language.alignment import place_after, project, verbatim
from pipeline.model import InlineKind, InlineMark, Segment

_POINTS = (InlineKind.NOTE,)


def marks_within(marks: Iterable[InlineMark], segment: Segment) -> Iterator[InlineMark]:
    """Give the marks on a segment, cut to it; a point belongs to the segment that it ends."""
    for mark in marks:
        point = mark.kind in _POINTS
        inside = (
            segment.start < mark.start <= segment.end or mark.start == segment.start == 0
            if point
            else mark.start < segment.end and mark.end > segment.start
        )
        if inside:
            start = max(mark.start, segment.start) - segment.start
            end = min(mark.end, segment.end) - segment.start
            yield InlineMark(mark.kind, start, end, mark.value)


def projected(source: str, target: str, marks: Sequence[InlineMark]) -> tuple[InlineMark, ...]:
    """Give the marks of one sentence of a text for its translation.

    A mark on the whole sentence is on the whole English; one on a part of a word (1er, CO2) is on
    the same word if it is in the English, else dropped with the letters that it was for.
    """
    if source == target:
        return tuple(marks)
    return tuple(sorted(_projected(source, target, marks), key=lambda m: (m.start, -m.end)))


def _projected(source: str, target: str, marks: Sequence[InlineMark]) -> Iterator[InlineMark]:
    for mark in marks:
        if mark.kind in _POINTS:
            place = place_after(source, target, mark.start)
            yield InlineMark(mark.kind, place, place, mark.value)
        elif mark.kind is InlineKind.LANGUAGE:
            # Words that were translated are English, whatever they were before.
            place = verbatim(source, target, mark.start, mark.end)
            if place >= 0:
                end = place + mark.end - mark.start
                yield InlineMark(mark.kind, place, end, mark.value)
        elif _is_whole(source, mark):
            start, end = _bare(target)
            yield InlineMark(mark.kind, start, end, mark.value)
        elif mark.kind in (InlineKind.SUPERSCRIPT, InlineKind.SUBSCRIPT) and _in_word(source, mark):
            yield from _same_word(source, target, mark)
        else:
            placed = project(source, target, mark.start, mark.end)
            if placed.start < placed.end:
                yield InlineMark(mark.kind, placed.start, placed.end, mark.value)


def _is_whole(source: str, mark: InlineMark) -> bool:
    return not any(map(str.isalnum, source[: mark.start] + source[mark.end :]))


def _bare(text: str) -> tuple[int, int]:
    return len(text) - len(text.lstrip()), len(text.rstrip())


def _in_word(source: str, mark: InlineMark) -> bool:
    return mark.start > 0 and source[mark.start - 1].isalnum()


def _same_word(source: str, target: str, mark: InlineMark) -> Iterator[InlineMark]:
    start, end = mark.start, mark.end
    while start and source[start - 1].isalnum():
        start -= 1
    while end < len(source) and source[end].isalnum():
        end += 1
    place = target.find(source[start:end])
    if place >= 0:
        moved = place - start
        yield InlineMark(mark.kind, mark.start + moved, mark.end + moved, mark.value)
