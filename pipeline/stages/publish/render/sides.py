"""Sentences with marked spans and the space between them in; one typeset column out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.documents.foreign import foreign_tag
from pipeline.language.quotes import STYLES, requoted
from pipeline.language.spelling import respelt
from pipeline.language.typography import printable, typeset
from pipeline.model import InlineKind, InlineMark
from pipeline.stages.publish.render.addresses import safe_address
from pipeline.stages.publish.render.view import CALL, Run, Sentence, Side

_LETTER = "x"


@dataclass(frozen=True, slots=True)
class Mark:
    """A glossary occurrence in a sentence: its span, the entry's number, and what became of it."""

    start: int
    end: int
    term: int
    status: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence of a column before typesetting; ``gap`` is the space up to the next one.

    ``inline`` is what the text itself marks in it, ``doubts`` are the spans of suspicious words.
    """

    segment_id: str
    anchor: str
    text: str
    marks: tuple[Mark, ...]
    notes: tuple[int, ...]
    gap: str
    inline: tuple[InlineMark, ...] = ()
    doubts: tuple[tuple[int, int], ...] = ()


def typeset_side(pieces: Sequence[Piece], language: str, english: str = "as-written") -> Side:
    """Return a column, typeset as the one text it is; language "" leaves every space as it is.

    ``english`` is the country whose spelling and quotation marks it gets. What the glossary asks
    for keeps its own.
    """
    printed = set_pieces(pieces, language, english)
    sentences = []
    start = 0
    for piece in pieces:
        end = start + len(piece.text)
        stop = end + len(piece.gap)
        sentences.append(
            Sentence(
                segment_id=piece.segment_id,
                anchor=piece.anchor,
                runs=tuple(_runs(printed[start:end], piece)),
                notes=piece.notes,
                gap="".join(printed[end:stop]),
            )
        )
        start = stop
    return Side(tuple(sentences))


def set_pieces(
    pieces: Sequence[Piece], language: str, english: str = "as-written"
) -> tuple[str, ...]:
    """Return what is printed for each character of a column, as ``typeset_side`` sets it."""
    text = printable("".join(piece.text + piece.gap for piece in pieces))
    if not language:
        return tuple(text)
    code = _offsets(pieces, _code)
    # A word without quotation marks stands for code, which nothing may change or pair with.
    masked = "".join(_LETTER if place in code else each for place, each in enumerate(text))
    printed = typeset(masked, language)
    if language == "en":
        printed = _spelt(masked, printed, english, code | _offsets(pieces, _terms))
    return tuple(text[place] if place in code else each for place, each in enumerate(printed))


def spelt(text: str, printed: Sequence[str], english: str) -> tuple[str, ...]:
    """Return what is printed for each character, spelling and quotation marks a country's own."""
    return _spelt(text, printed, english, frozenset())


def _spelt(
    text: str, printed: Sequence[str], english: str, kept: frozenset[int]
) -> tuple[str, ...]:
    if english not in STYLES:
        return tuple(printed)
    result = list(printed)
    for start, end, word in respelt(text, english):
        if kept.isdisjoint(range(start, end)):
            result[start:end] = [word, *[""] * (end - start - 1)]
    for place, mark in list(requoted(result, english)):
        if place not in kept:
            result[place] = mark
    return tuple(result)


def _terms(piece: Piece) -> Iterator[Mark | InlineMark]:
    yield from piece.marks


def _code(piece: Piece) -> Iterator[Mark | InlineMark]:
    return (each for each in piece.inline if each.kind is InlineKind.CODE)


def _offsets(
    pieces: Sequence[Piece], spans_of: Callable[[Piece], Iterable[Mark | InlineMark]]
) -> frozenset[int]:
    """Return the offsets of what the glossary asked for, or of code."""
    offsets: set[int] = set()
    start = 0
    for piece in pieces:
        for each in spans_of(piece):
            offsets.update(range(start + each.start, start + each.end))
        start += len(piece.text) + len(piece.gap)
    return frozenset(offsets)


def _runs(printed: Sequence[str], piece: Piece) -> Iterator[Run]:
    """Cut a sentence at its marks; where those of terms overlap, the first and longest is shown."""
    done = 0
    for mark in sorted(piece.marks, key=lambda mark: (mark.start, -mark.end)):
        if mark.start < done or mark.start == mark.end:
            continue
        yield from _styled(printed, done, mark.start, piece)
        for run in _styled(printed, mark.start, mark.end, piece):
            yield replace(run, term=mark.term, status=mark.status)
        done = mark.end
    yield from _styled(printed, done, len(printed), piece)


def _styled(printed: Sequence[str], start: int, end: int, piece: Piece) -> Iterator[Run]:
    """Cut a stretch where what the text marks, or what is doubtful, begins or ends."""
    spans = [*((mark.start, mark.end) for mark in piece.inline), *piece.doubts]
    calls = [mark for mark in piece.inline if mark.kind is InlineKind.NOTE]
    spans += [(mark.start, mark.end) for mark in calls]
    places = {place for span in spans for place in span if start < place < end}
    yield from (_call(mark) for mark in calls if mark.start == start == 0)
    for first, last in pairwise(sorted({start, end, *places})):
        over = [mark for mark in piece.inline if mark.start <= first and mark.end >= last]
        doubtful = any(begin <= first and stop >= last for begin, stop in piece.doubts)
        # Of a word that is spelt anew all letters stand in the place of the first.
        if text := "".join(printed[first:last]):
            styles = (*_styles(over), *(["doubtful"] if doubtful else []))
            yield Run(text, link=_link(over), styles=styles, language=_language(over))
        yield from (_call(mark) for mark in calls if 0 < mark.start == last)


def _call(mark: InlineMark) -> Run:
    """Give the call for a note; one inside the text ("*1") has no number of its own."""
    return Run(printable(mark.value.lstrip("*")) or "*", styles=(CALL,))


def _link(over: Sequence[InlineMark]) -> str:
    links = (safe_address(mark.value) for mark in over if mark.kind is InlineKind.LINK)
    return next(filter(None, links), "")


def _language(over: Sequence[InlineMark]) -> str:
    tags = (foreign_tag(mark.value) for mark in over if mark.kind is InlineKind.LANGUAGE)
    return next(filter(None, tags), "")


def _styles(over: Sequence[InlineMark]) -> tuple[str, ...]:
    kinds = {mark.kind for mark in over} - {InlineKind.LINK, InlineKind.NOTE, InlineKind.LANGUAGE}
    return tuple(kind.value for kind in InlineKind if kind in kinds)


def set_line(text: str, language: str) -> str:
    """Return a text that stands alone, such as a title, printable and typeset on one line."""
    return "".join(typeset(printable(" ".join(text.split())), language))
