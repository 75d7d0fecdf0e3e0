"""The sentences of a block in; what the edition prints for each of their characters, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pipeline.documents.project import marks_within, projected
from pipeline.model import Block, BlockKind, InlineKind, Occurrence, Segment
from pipeline.stages.publish.render.sides import Mark, Piece, set_pieces

Printed = tuple[str, ...]
# A sentence, its English, and the terms that stand in it.
Line = tuple[Segment, str, tuple[Occurrence, ...]]


def printed_block(
    block: Block, lines: Sequence[Line], english: str
) -> tuple[tuple[Printed, ...], tuple[Printed, ...]]:
    """Give what is printed of the French and of the English, spelt as ``english`` says."""
    is_code = block.kind is BlockKind.CODE
    french, target = (tuple(side) for side in zip(*_pieces(block, lines), strict=True))
    return (
        _set(french, "" if is_code else "fr", "as-written"),
        _set(target, "" if is_code else "en", english),
    )


def _pieces(block: Block, lines: Sequence[Line]) -> Iterator[tuple[Piece, Piece]]:
    """Give each sentence on both sides, with the space after it, as the edition is made of them."""
    starts = [segment.start for segment, _, _ in lines[1:]]
    for (segment, text, terms), end in zip(lines, [*starts, len(block.text)], strict=True):
        gap = block.text[segment.end : end]
        is_last = segment is lines[-1][0]
        code = [each for each in marks_within(block.marks, segment) if each.kind is InlineKind.CODE]
        inline = projected(segment.source, text, code) if code and text else ()
        yield (
            Piece(segment.id, "", segment.source, (), (), gap, tuple(code)),
            Piece(
                segment.id,
                "",
                text,
                tuple(_marks(terms)),
                (),
                gap if gap or is_last else " ",
                inline,
            ),
        )


def _marks(terms: Iterable[Occurrence]) -> Iterator[Mark]:
    """Give where renderings of terms stand: they keep their spelling."""
    for each in terms:
        if each.target_start is not None and each.target_end is not None:
            yield Mark(each.target_start, each.target_end, 0, "")


@lru_cache(maxsize=4096)
def _set(pieces: tuple[Piece, ...], language: str, english: str) -> tuple[Printed, ...]:
    printed, start, found = set_pieces(pieces, language, english), 0, []
    for piece in pieces:
        found.append(printed[start : start + len(piece.text)])
        start += len(piece.text) + len(piece.gap)
    return tuple(found)
