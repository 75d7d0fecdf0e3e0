"""Two editions of one text in, as their reports and segment records; how they differ, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from pipeline.errors import UsageError
from pipeline.stages.score.metrics import PairedMetric, compare_references, similarity

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Published:
    """An edition: a name for people, its ``report.json`` and the records of its segments."""

    name: str
    report: Record
    records: Sequence[Record]


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
    pairs = list(zip(first.records, second.records, strict=True))
    agreement, likeness = similarity(
        [other["target"] or "" for _, other in pairs], [one["target"] or "" for one, _ in pairs]
    )
    different = [
        Different(one["id"], one["source"], one["target"] or "", other["target"] or "", alike)
        for (one, other), alike in zip(pairs, likeness, strict=True)
        if one["target"] != other["target"]
    ]
    return Comparison(
        _side(first),
        _side(second),
        len(pairs),
        _metrics(first.records, second.records),
        agreement,
        tuple(sorted(different, key=lambda each: each.likeness)),
    )


def _check_same(first: Published, second: Published) -> None:
    ones, others = ([(r["id"], r["source"]) for r in side.records] for side in (first, second))
    if ones == others and ones:
        return
    same = takewhile(lambda pair: pair[0] == pair[1], zip(ones, others, strict=False))
    place = len(list(same)) + 1
    raise UsageError(
        f"{first.name} ({len(ones)} segments) and {second.name} ({len(others)}) are not of the "
        f"same text, from segment {place} on; compare editions of one text"
    )


def _side(published: Published) -> ComparedEdition:
    report = published.report
    provenance, card = report["provenance"], report["scorecard"]
    engine, names = provenance["engine"], provenance["glossary_names"]
    return ComparedEdition(
        published.name,
        f"{engine['title']} {engine['version']}",
        ", ".join(names) or "none",
        card["findings"],
        card["checks"],
        card["occurrences"],
    )


def _metrics(first: Sequence[Record], second: Sequence[Record]) -> tuple[PairedMetric, ...]:
    """Test the metrics of two editions against the reference they share, if they share one."""
    ones, others = _by_reference(first), _by_reference(second)
    if not ones or ones.keys() != others.keys():
        return ()
    references = [text for _, text in ones]
    return compare_references(list(ones.values()), list(others.values()), references)


def _by_reference(records: Sequence[Record]) -> dict[tuple[tuple[str, ...], str], str]:
    """Give the text that answers each reference text, which is known by its segments."""
    texts: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for record in records:
        # Reports of schema 1 have none.
        if reference := record.get("reference"):
            key = tuple(reference["segment_ids"]), reference["reference"]
            texts.setdefault(key, []).append(record["target"] or "")
    return {key: " ".join(filter(None, parts)) for key, parts in texts.items()}
