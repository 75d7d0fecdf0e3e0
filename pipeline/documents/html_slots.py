"""Lines of HTML in; their blocks, where these stand in the source and with which tags, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.documents.html_places import (
    LANGUAGE_SPAN,
    NO_TAGS,
    Pair,
    extent,
    raised,
    shared,
    unworded,
    with_notes,
)
from pipeline.documents.inline import LINE, Mender, Stretch, Style, flow
from pipeline.model import Block, BlockKind, InlineKind

# The quotation marks of such an element are in the text.
_Q = re.compile(r"^<(?:\w+:)?q\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slot:
    """A block and where it stands: what of the source its English replaces, and with which tags.

    ``kept`` is markup inside that bears no words (images, page breaks), which stands at the places
    ``objects``; it is put behind the English, and so are ``anchors``, the names of elements to
    which links lead. An ``attribute`` is written between quotes.
    """

    block: Block
    start: int
    end: int
    tags: dict[Style, tuple[str, str]] = field(default_factory=dict)
    kept: str = ""
    objects: tuple[tuple[int, int], ...] = ()
    anchors: tuple[str, ...] = ()
    attribute: bool = False


def slot_of(
    line: Sequence[Stretch],
    pairs: Sequence[Pair],
    objects: Sequence[tuple[int, int]],
    source: str,
    mender: Mender,
    block_of: Callable[[str], Block],
) -> Iterator[Slot]:
    """Give the slot of a line, where it has words, with the tags of its marks."""
    start, end = extent(source, line)
    grown = True
    while grown:
        grown = False
        for opening, closing, _ in pairs:
            if not opening or not closing or opening.end > end or closing.start < start:
                continue
            if opening.start < start <= closing.start < end:
                start, grown = opening.start, True
            elif start < opening.start < end < closing.end:
                end, grown = closing.end, True
    tags: dict[Style, tuple[str, str]] = {}
    notes: dict[int, tuple[int, str]] = {}
    for opening, closing, styles in pairs:
        if opening is None or not styles:
            continue
        if opening.start < start and (closing is None or closing.end > end):
            # Its tags stand around the slot already.
            tags.update(dict.fromkeys(styles, NO_TAGS))
        elif opening.start >= start and closing is not None and closing.end <= end:
            raw = _Q.sub("<span", source[opening.start : opening.end])
            for style, opened in zip(styles, shared(raw, styles), strict=True):
                is_span = opening.name == "q" or opened == LANGUAGE_SPAN.format(style[1])
                name = "span" if is_span else opening.name
                tags.setdefault(style, (opened, f"</{name}>"))
            if styles[0][0] is InlineKind.NOTE:
                first, last = raised(opening, closing, pairs)
                notes[opening.end] = closing.start, source[first:last]
    runs = with_notes(line, notes, tags, source)
    spans, anchors = unworded(line, objects, pairs, (start, end), source)
    kept = "".join(source[first:last] for first, last in spans)
    text, marks = flow(runs, mender)
    if text:
        block = replace(block_of(text), marks=marks)
        yield Slot(block, start, end, tags, kept, spans, anchors)


def code_slot(runs: Sequence[Stretch], source: str, mender: Mender) -> Iterator[Slot]:
    """Give the slot of preformatted lines, where they have words."""
    text = "".join("\n" if run.text == LINE else run.text for run in runs)
    text = mender.clean(text).strip("\n")
    if text.strip():
        yield Slot(Block(0, BlockKind.CODE, text), *extent(source, runs))
