"""Translated segments in, findings in document order out; with a reference text, metrics too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.checks import Case, CheckProfile, check_document
from pipeline.decisions import NOTHING_DECIDED, Decided
from pipeline.errors import InputError
from pipeline.model import (
    Block,
    BlockKind,
    Document,
    Entry,
    Finding,
    Metric,
    Occurrence,
    ReferenceScore,
    Segment,
    Translation,
)
from pipeline.stages.score.metrics import score_references

VERSION: int = 6

_MARKER = re.compile(r"(?:#{1,6}|>+|[-*+]|[0-9]{1,3}[.)])[ \t]+")
_MARKED = frozenset([BlockKind.HEADING, BlockKind.QUOTE, BlockKind.LIST_ITEM])


def score(
    document: Document,
    segments: Sequence[Segment],
    translations: Sequence[Translation],
    occurrences: Iterable[Occurrence],
    entries: Iterable[Entry],
    settings: CheckProfile,
    decided: Decided = NOTHING_DECIDED,
) -> tuple[Finding, ...]:
    """Return the findings of all checks, in document order and within a segment by check.

    Those that a person dismissed are among them, and say so. ``segments`` and ``translations`` run
    in parallel; ``entries`` cover those of ``occurrences``.
    """
    kinds = {block.index: block.kind for block in document.blocks}
    by_id: Mapping[str, Entry] = {entry.id: entry for entry in entries}
    grouped: dict[str, list[Occurrence]] = {}
    for occurrence in occurrences:
        grouped.setdefault(occurrence.segment_id, []).append(occurrence)
    cases = [
        Case(segment, translation, tuple(grouped.get(segment.id, ())), kinds[segment.block], by_id)
        for segment, translation in zip(segments, translations, strict=True)
    ]
    texts = {case.segment.id: (case.source, case.target) for case in cases}
    return tuple(
        decided.judged(finding, *texts[finding.segment_id])
        for finding in check_document(cases, settings)
    )


@dataclass(frozen=True, slots=True)
class Aligned:
    """The texts of a reference, one a block (``by_block``) or one a segment."""

    references: tuple[str, ...]
    by_block: bool


def align_reference(text: str, document: Document, segments: Sequence[Segment]) -> Aligned:
    """Part a reference text by segment or by block, whichever count fits.

    The reference has one line a segment, or one paragraph (parted by blank lines) or line a block.
    A Markdown marker at its start is dropped where the source block is a heading, quotation or
    list item. Raises InputError, naming the counts, where none of the three fits.
    """
    kinds = {block.index: block for block in document.blocks}
    used = list(dict.fromkeys(segment.block for segment in segments))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
    if len(lines) == len(segments):
        return Aligned(_unmarked(lines, [kinds[segment.block] for segment in segments]), False)
    for candidates in (paragraphs, lines):
        if len(candidates) == len(used):
            return Aligned(_unmarked(candidates, [kinds[index] for index in used]), True)
    raise InputError(
        f"the reference does not fit the text: the text has {len(segments)} segments in "
        f"{len(used)} blocks, the reference {len(lines)} lines in {len(paragraphs)} paragraphs; "
        "give one line for each segment, or one paragraph for each block"
    )


def _unmarked(texts: Sequence[str], blocks: Sequence[Block]) -> tuple[str, ...]:
    return tuple(
        _MARKER.sub("", text, count=1) if block.kind in _MARKED and _MARKER.match(text) else text
        for text, block in zip(texts, blocks, strict=True)
    )


def measure(
    reference: str,
    document: Document,
    segments: Sequence[Segment],
    translations: Sequence[Translation],
) -> tuple[tuple[Metric, ...], tuple[ReferenceScore, ...]]:
    """Score the translations against a reference text; see ``align_reference`` for its form.

    Gives the metrics of the whole, and the scores of each segment or block, as it is aligned.
    """
    aligned = align_reference(reference, document, segments)
    units: dict[str | int, list[Translation]] = {}
    for segment, translation in zip(segments, translations, strict=True):
        unit = segment.block if aligned.by_block else segment.id
        units.setdefault(unit, []).append(translation)
    hypotheses = [" ".join(t.text for t in parts if t.text) for parts in units.values()]
    scored = score_references(hypotheses, aligned.references)
    rows = zip(units.values(), aligned.references, scored.texts, strict=True)
    return scored.metrics, tuple(
        ReferenceScore(tuple(t.segment_id for t in parts), text, *scores)
        for parts, text, scores in rows
    )
