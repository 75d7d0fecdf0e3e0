"""An edition's ``report.json`` and ``segments.jsonl`` in; what is asked of them, typed, out.

They are read here and nowhere else. Editions of earlier versions are read too: a report of schema 1
has neither classes of findings nor an order of risk, and its metrics have no interval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import Act, JobError, Remedy
from pipeline.jsonfile import load_json
from pipeline.model import OccurrenceStatus, Severity
from pipeline.stages.publish.figures import Distribution, FindingRate

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class PublishedMetric:
    """A metric as it was published; ``interval`` is the mean of resamples and its margin."""

    name: str
    score: float
    signature: str
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What an editor asks of an edition first.

    ``titles`` are the French and the English one, ``notices`` what the reader repaired. Findings
    are counted by severity and by check, glossary occurrences by status. ``worst_first`` are ids of
    segments. ``dress`` is that of the edition. ``rates`` are the findings of each check,
    ``classes`` those of each class; ``consistency`` is that of the glossary's renderings.
    """

    titles: tuple[str, str]
    engine: str
    glossaries: tuple[str, ...]
    segments: int
    clean_segments: int
    source_words: int
    target_words: int
    findings: Mapping[str, int]
    checks: Mapping[str, int]
    occurrences: Mapping[str, int]
    metrics: tuple[PublishedMetric, ...] = ()
    notices: tuple[str, ...] = ()
    classes: tuple[FindingRate, ...] = ()
    worst_first: tuple[str, ...] = ()
    estimated: int = 0
    expected_errors: float = 0.0
    dress: str = "review"
    rates: tuple[FindingRate, ...] = ()
    distributions: tuple[Distribution, ...] = ()
    median_sureness: float | None = None
    consistency: float | None = None


@dataclass(frozen=True, slots=True)
class PublishedSegment:
    """A segment as it was published: both texts, and the reference it answers, if there is one.

    ``answers`` are the ids of the segments that the reference translates, and its text.
    """

    id: str
    source: str
    target: str
    answers: tuple[tuple[str, ...], str] | None = None


def read_scorecard(path: Path) -> Scorecard:
    """Read a ``report.json``; raises JobError where it is damaged."""
    with _explained(path):
        return _scorecard(load_json(path.read_bytes()))


def read_segments(path: Path) -> tuple[PublishedSegment, ...]:
    """Read a ``segments.jsonl``; raises JobError where it is damaged."""
    with _explained(path):
        lines = path.read_text(encoding="utf-8").splitlines()
        return tuple(_segment(load_json(line)) for line in lines)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise JobError("… is damaged", Remedy(Act.REBUILD_EDITION), where=path) from None


def _scorecard(report: Any) -> Scorecard:
    card, provenance, title = report["scorecard"], report["provenance"], report["title"]
    quality = report.get("quality", {})
    return Scorecard(
        titles=(str(title["fr"]), str(title["en"])),
        engine=f"{provenance['engine']['title']} {provenance['engine']['version']}",
        glossaries=_all(str, provenance["glossary_names"]),
        segments=int(card["segments"]),
        clean_segments=int(card["segments_without_findings"]),
        estimated=int(card.get("segments_estimated", 0)),
        expected_errors=float(card.get("expected_errors", 0.0)),
        source_words=int(card["source_words"]),
        target_words=int(card["target_words"]),
        findings={tier.value: int(card["findings"][tier]) for tier in Severity},
        checks={str(name): int(count) for name, count in card["checks"].items()},
        occurrences={
            status.value: int(card["occurrences"].get(status, 0)) for status in OccurrenceStatus
        },
        metrics=_all(_metric, report["metrics"]),
        notices=_all(lambda notice: str(notice["message"]), report["notices"]),
        classes=_all(_rate, quality.get("classes", [])),
        worst_first=_all(str, quality.get("worst_first", [])),
        dress=str(report.get("dress", {}).get("name", "review")),
        rates=_all(_rate, quality.get("checks", [])),
        distributions=_all(_distribution, quality.get("distributions", [])),
        median_sureness=_share(quality.get("median_sureness")),
        consistency=_share(quality.get("terms", {}).get("consistency")),
    )


def _share(value: Any) -> float | None:
    return None if value is None else float(value)


def _distribution(value: Any) -> Distribution:
    return Distribution(
        str(value["id"]),
        float(value["low"]),
        float(value["high"]),
        _all(int, value["counts"]),
        float(value["median"]),
        int(value.get("outside", 0)),
    )


def _all(make: Callable[[Any], _Made], values: list[Any]) -> tuple[_Made, ...]:
    return tuple(make(value) for value in values)


def _metric(value: Any) -> PublishedMetric:
    interval = (float(value["mean"]), float(value["margin"])) if "mean" in value else None
    return PublishedMetric(
        str(value["name"]), float(value["score"]), str(value["signature"]), interval
    )


def _rate(value: Any) -> FindingRate:
    return FindingRate(
        str(value["name"]),
        int(value["block"]),
        int(value["look"]),
        int(value["polish"]),
        float(value["per_thousand"]),
    )


def _segment(record: Any) -> PublishedSegment:
    reference = record.get("reference")
    return PublishedSegment(
        str(record["id"]),
        str(record["source"]),
        str(record["target"] or ""),
        (_all(str, reference["segment_ids"]), str(reference["reference"])) if reference else None,
    )
