"""Two editions of one text in, as their scorecards and segments; how they differ, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from pipeline.errors import UsageError
from pipeline.service.published import PublishedSegment, Scorecard
from pipeline.stages.score.metrics import PairedMetric, compare_references, similarity


@dataclass(frozen=True, slots=True)
class Published:
    """An edition: a name for people, its scorecard and its segments."""

    name: str
    card: Scorecard
    segments: Sequence[PublishedSegment]


@dataclass(frozen=True, slots=True)
class ComparedEdition:
    """What one of two editions was made with, and what the checks and the glossary say of it."""

    name: str
    engine: str
    glossary: str
    findings: Mapping[str, int]
    checks: Mapping[str, int]
    occurrences: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Different:
    """A segment that two editions render differently, and how alike the two are (chrF++)."""

    segment_id: str
    source: str
    first: str
    second: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions side by side.

    ``metrics`` are empty where the two have no common reference. ``agreement`` is the chrF++ of the
    second's text against the first's. ``different`` are segments, those least alike first.
    """

    first: ComparedEdition
    second: ComparedEdition
    segments: int
    metrics: tuple[PairedMetric, ...]
    agreement: float
    different: tuple[Different, ...]


def compare(first: Published, second: Published) -> Comparison:
    """Compare two editions; raises UsageError unless they are of the same segments."""
    _check_same(first, second)
    pairs = list(zip(first.segments, second.segments, strict=True))
    agreement, likeness = similarity(
        [other.target for _, other in pairs], [one.target for one, _ in pairs]
    )
    different = [
        Different(one.id, one.source, one.target, other.target, alike)
        for (one, other), alike in zip(pairs, likeness, strict=True)
        if one.target != other.target
    ]
    return Comparison(
        _side(first),
        _side(second),
        len(pairs),
        _metrics(first.segments, second.segments),
        agreement,
        tuple(sorted(different, key=lambda each: each.likeness)),
    )


def _check_same(first: Published, second: Published) -> None:
    ones, others = ([(s.id, s.source) for s in side.segments] for side in (first, second))
    if ones == others and ones:
        return
    same = takewhile(lambda pair: pair[0] == pair[1], zip(ones, others, strict=False))
    place = len(list(same)) + 1
    raise UsageError(
        f"{first.name} ({len(ones)} segments) and {second.name} ({len(others)}) are not of the "
        f"same text, from segment {place} on",
        "compare editions of one text",
    )


def _side(published: Published) -> ComparedEdition:
    card = published.card
    return ComparedEdition(
        published.name,
        card.engine,
        ", ".join(card.glossaries) or "none",
        card.findings,
        card.checks,
        card.occurrences,
    )


def _metrics(
    first: Iterable[PublishedSegment], second: Iterable[PublishedSegment]
) -> tuple[PairedMetric, ...]:
    """Test the metrics of two editions against the reference they share, if they share one."""
    ones, others = _by_reference(first), _by_reference(second)
    if not ones or ones.keys() != others.keys():
        return ()
    references = [text for _, text in ones]
    return compare_references(list(ones.values()), list(others.values()), references)


def _by_reference(segments: Iterable[PublishedSegment]) -> dict[tuple[tuple[str, ...], str], str]:
    """Give the text that answers each reference text, which is known by its segments."""
    texts: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for segment in segments:
        if segment.answers:
            texts.setdefault(segment.answers, []).append(segment.target)
    return {key: " ".join(filter(None, parts)) for key, parts in texts.items()}
