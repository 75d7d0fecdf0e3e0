"""A translated text in; findings, the order of risk and, with a reference text, metrics out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.checks import VERSION as CHECKS_VERSION
from pipeline.checks import Case, CheckProfile, by_itself, check_document, judge
from pipeline.checks import measure as measure_case
from pipeline.checks.confidence import ID as CONFIDENCE
from pipeline.decisions import NOTHING_DECIDED, Decided
from pipeline.documents.project import marks_within
from pipeline.errors import InputError, counted
from pipeline.model import (
    Block,
    BlockKind,
    Document,
    Doubt,
    EngineCard,
    Entry,
    Estimate,
    Measured,
    Metric,
    Occurrence,
    Origin,
    ReferenceScore,
    Scores,
    Segment,
    Translated,
    Translation,
)
from pipeline.stages.score.estimator import ENGINE, estimator
from pipeline.stages.score.metrics import score_references
from pipeline.stages.score.ranking import NOTHING_ESTIMATED, Estimates, rank

VERSION = (22, CHECKS_VERSION)

NOTHING_MEASURED: Mapping[str, Measured] = {}

_MARKER = re.compile(r"(?:#{1,6}|>+|[-*+]|[0-9]{1,3}[.)])[ \t]+")
_MARKED = frozenset([BlockKind.HEADING, BlockKind.QUOTE, BlockKind.LIST_ITEM])


def checked_and_scored(
    text: Translated,
    engine: EngineCard,
    entries: Iterable[Entry],
    measured: Mapping[str, Measured],
    known: tuple[Doubt, ...] | None,
    settings: CheckProfile,
    decided: Decided = NOTHING_DECIDED,
    reference: str | None = None,
) -> tuple[tuple[Doubt, ...], Scores]:
    """Return what the checks hold against a text that an engine translated, and its scores.

    Where the doubts are ``known`` from before, no check is asked.
    """
    if known is None:
        entries = tuple(entries)
        measured = measure_all(text, entries, measured)
        estimated = estimates(text, engine, {name: each.doubts for name, each in measured.items()})
        doubts = check(text, entries, estimated, measured)
    else:
        doubts, estimated = known, estimates(text, engine, by_itself(known))
    return doubts, score(text, doubts, settings, decided, reference, estimated)


def measure_all(
    text: Translated,
    entries: Iterable[Entry],
    measured: Mapping[str, Measured] = NOTHING_MEASURED,
) -> dict[str, Measured]:
    """Return by segment what the checks hold against it by itself, however it is delivered.

    What was ``measured`` while it was translated stands where the same is delivered.
    """
    return {case.segment.id: measure_case(case) for case in _cases(text, entries, {}, measured)}


def estimates(
    text: Translated, engine: EngineCard, held: Mapping[str, Sequence[Doubt]]
) -> dict[str, Estimate]:
    """Estimate, by segment, what an engine has translated, if the estimator knows the engine.

    ``held`` is what the checks hold against each segment by itself. It is judged at their own
    thresholds, whoever's will judge the text.
    """
    if engine.name != ENGINE:
        return {}
    usual = CheckProfile()
    return {
        segment.id: estimator().estimate(
            segment.source,
            translation.text,
            translation.words,
            translation.entropies,
            judge(held.get(segment.id, ()), usual),
        )
        for segment, translation in zip(text.segments, text.translations, strict=True)
        if translation.origin is Origin.ENGINE
        and translation.engine == engine.fingerprint
        and translation.words
    }


def check(
    text: Translated,
    entries: Iterable[Entry],
    estimated: Estimates = NOTHING_ESTIMATED,
    measured: Mapping[str, Measured] = NOTHING_MEASURED,
) -> tuple[Doubt, ...]:
    """Return what the checks hold against a text, whoever's thresholds will judge it.

    ``entries`` cover those of the text's occurrences. What was ``measured`` of a segment while it
    was translated, by its id, is measured again only where something else is delivered.
    """
    return check_document(_cases(text, entries, estimated, measured))


def score(
    text: Translated,
    doubts: Iterable[Doubt],
    settings: CheckProfile,
    decided: Decided = NOTHING_DECIDED,
    reference: str | None = None,
    estimated: Estimates = NOTHING_ESTIMATED,
) -> Scores:
    """Judge doubts; return findings, the order of risk, and metrics where there is a reference.

    Findings are in document order, within a segment by check; those that a person dismissed are
    among them, and say so.
    """
    sources = {segment.id: segment.source for segment in text.segments}
    targets = {each.segment_id: each.text for each in text.translations}
    findings = tuple(
        decided.judged(found, sources[found.segment_id], targets[found.segment_id])
        for found in judge(doubts, settings)
    )
    open_ones = [finding for finding in findings if not finding.dismissed]
    # Who dismissed an estimate has read the sentence.
    read = {each.segment_id for each in findings if each.dismissed and each.check == CONFIDENCE}
    doubted = {name: each for name, each in estimated.items() if name not in read}
    ranks = rank(sources, text.translations, open_ones, doubted)
    return Scores(findings, ranks, *(measure(reference, text) if reference is not None else ()))


def _cases(
    text: Translated,
    entries: Iterable[Entry],
    estimated: Estimates,
    measured: Mapping[str, Measured],
) -> list[Case]:
    blocks = {block.index: block for block in text.document.blocks}
    by_id: Mapping[str, Entry] = {entry.id: entry for entry in entries}
    grouped: dict[str, list[Occurrence]] = {}
    for occurrence in text.occurrences:
        grouped.setdefault(occurrence.segment_id, []).append(occurrence)
    return [
        Case(
            segment,
            translation,
            tuple(grouped.get(segment.id, ())),
            blocks[segment.block].kind,
            by_id,
            estimated.get(segment.id),
            measured.get(segment.id),
            tuple(marks_within(blocks[segment.block].marks, segment)),
        )
        for segment, translation in zip(text.segments, text.translations, strict=True)
    ]


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
    blocks = {block.index: block for block in document.blocks}
    used = list(dict.fromkeys(segment.block for segment in segments))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
    if len(lines) == len(segments):
        return Aligned(_unmarked(lines, [blocks[segment.block] for segment in segments]), False)
    for candidates in (paragraphs, lines):
        if len(candidates) == len(used):
            return Aligned(_unmarked(candidates, [blocks[index] for index in used]), True)
    raise InputError(
        f"the reference does not fit the text: the text has {counted(len(segments), 'segment')} in "
        f"{counted(len(used), 'block')}, the reference {counted(len(lines), 'line')} in "
        f"{counted(len(paragraphs), 'paragraph')}",
        "give one line for each segment",
        "one paragraph for each block",
    )


def _unmarked(texts: Sequence[str], blocks: Sequence[Block]) -> tuple[str, ...]:
    return tuple(
        _MARKER.sub("", text, count=1) if block.kind in _MARKED and _MARKER.match(text) else text
        for text, block in zip(texts, blocks, strict=True)
    )


def measure(
    reference: str, text: Translated
) -> tuple[tuple[Metric, ...], tuple[ReferenceScore, ...]]:
    """Score the translations against a reference text; see ``align_reference`` for its form.

    Gives the metrics of the whole, and the scores of each segment or block, as it is aligned.
    """
    aligned = align_reference(reference, text.document, text.segments)
    units: dict[str | int, list[Translation]] = {}
    for segment, translation in zip(text.segments, text.translations, strict=True):
        unit = segment.block if aligned.by_block else segment.id
        units.setdefault(unit, []).append(translation)
    hypotheses = [" ".join(t.text for t in parts if t.text) for parts in units.values()]
    scored = score_references(hypotheses, aligned.references)
    rows = zip(units.values(), aligned.references, scored.texts, strict=True)
    return scored.metrics, tuple(
        ReferenceScore(tuple(t.segment_id for t in parts), answered, *scores)
        for parts, answered, scores in rows
    )
