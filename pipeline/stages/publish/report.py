"""The content of an edition in, its numbers out: a report, and one record a segment, as plain data.

Both are documented in docs/formats.md; other programs rely on their keys.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from operator import attrgetter
from statistics import median
from typing import Any, TypeVar

from pipeline.model import (
    EditionContent,
    Finding,
    Occurrence,
    OccurrenceStatus,
    Origin,
    Reviewed,
    Scores,
    SentenceState,
    Severity,
    Translated,
    Translation,
)
from pipeline.stages.publish.figures import Quality

SCHEMA = 2

# What the records call the origins, the engine's apart.
_NOTES = {Origin.PERSON: "edited", Origin.MEMORY: "memory", Origin.COPIED: "copied"}

_Noted = TypeVar("_Noted", Occurrence, Finding)


def segment_records(
    text: Translated, scores: Scores, reviewed: Iterable[Reviewed] = ()
) -> list[dict[str, Any]]:
    """Give one record a segment, in order; what comes of translating is None where it is not.

    Of the findings, those that a person dismissed stand apart and count for nothing.

    Where a reference text answers a whole block, the records of its segments share its scores.
    """
    translated = {translation.segment_id: translation for translation in text.translations}
    counted = [finding for finding in scores.findings if not finding.dismissed]
    occurring, found = _by_segment(text.occurrences), _by_segment(counted)
    dismissed = _by_segment(finding for finding in scores.findings if finding.dismissed)
    measured = {each: score for score in scores.reference_scores for each in score.segment_ids}
    states = {each.segment_id: each for each in reviewed}
    ranked = {
        each.segment_id: {"place": place} | _without_segment(asdict(each))
        for place, each in enumerate(scores.ranks, 1)
    }
    records = []
    for segment in text.segments:
        translation, read = translated.get(segment.id), states.get(segment.id)
        records.append(
            {
                **asdict(segment),
                "target": translation.text if translation else None,
                "confidence": round(translation.confidence, 4) if translation else None,
                "words": list(translation.words) if translation else None,
                "finished": translation.finished if translation else None,
                "note": note(translation) if translation else "",
                "state": read.state if read else SentenceState.OPEN,
                "reviewer": read.reviewer if read else "",
                "occurrences": occurring[segment.id],
                "findings": found[segment.id],
                "dismissed": dismissed[segment.id],
                "rank": ranked.get(segment.id),
                "reference": asdict(measured[segment.id]) if segment.id in measured else None,
            }
        )
    return records


def note(translation: Translation) -> str:
    """Say what was special about a translation: who made it, if not the engine; else how."""
    if translation.origin is not Origin.ENGINE:
        return _NOTES[translation.origin]
    said = [name for name in ("split", "retried") if getattr(translation, name)]
    said += [f"lexicon: {hint.source} → {hint.target}" for hint in translation.lexicon]
    return ", ".join(said)


def _by_segment(rows: Iterable[_Noted]) -> defaultdict[str, list[dict[str, Any]]]:
    grouped: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row.segment_id].append(_without_segment(asdict(row)))
    return grouped


def _without_segment(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in ("segment_id", "dismissed")}


def report(content: EditionContent, quality: Quality) -> dict[str, Any]:
    """Give an edition's report: what it was made from, the scorecard, the glossary, the metrics."""
    written = {each.segment_id for each in content.translations if each.origin is Origin.PERSON}
    return {
        "schema": SCHEMA,
        "title": {"fr": content.document.title, "en": content.target_title},
        "dress": {
            "name": content.dress.name,
            "parts": sorted(content.dress.parts),
            "notices": content.dress.notices,
        },
        "provenance": asdict(content.provenance),
        "notices": [asdict(notice) for notice in content.document.notices],
        "scorecard": _scorecard(content, quality),
        "glossary": _glossary(content),
        "metrics": [asdict(metric) for metric in content.metrics],
        "quality": {
            "findings_per_thousand": quality.per_thousand,
            "classes": [asdict(rate) for rate in quality.classes],
            "checks": [asdict(rate) for rate in quality.checks],
            "terms": asdict(quality.terms),
            "median_sureness": quality.median_sureness,
            "distributions": [asdict(each) for each in quality.distributions],
            "worst_first": [
                each.segment_id for each in content.ranks if each.segment_id not in written
            ],
        },
        "dismissed": [
            {
                "id": each.id,
                "segment_id": each.segment_id,
                "check": each.check,
                "severity": each.severity,
                "message": each.message,
            }
            for each in content.dismissed
        ],
    }


def _glossary(content: EditionContent) -> list[dict[str, Any]]:
    """Give what became of each entry that occurs; consistency is the most used rendering's share.

    Capitals aside, any other rendering counts as another, the plural too.
    """
    found: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in content.occurrences:
        found[occurrence.entry_id].append(occurrence)
    rows: list[dict[str, Any]] = []
    for entry in content.entries:
        uses = found[entry.id]
        statuses = Counter(each.status for each in uses)
        present = [each for each in uses if each.status is OccurrenceStatus.PRESENT]
        folded = Counter(each.rendering.casefold() for each in present)
        rows.append(
            {
                "id": entry.id,
                "source": entry.source,
                "target": entry.target,
                "kind": entry.kind,
                **{status: statuses[status] for status in OccurrenceStatus},
                "rungs": dict(Counter(each.method for each in present)),
                "renderings": dict(Counter(each.rendering for each in present)),
                "consistency": round(max(folded.values()) / len(present), 4) if present else None,
                "first_segment": uses[0].segment_id,
            }
        )
    return rows


def _scorecard(content: EditionContent, quality: Quality) -> dict[str, Any]:
    """Count what an editor asks first: segments, words, findings by severity and check, terms."""
    severities = Counter(finding.severity for finding in content.findings)
    statuses = Counter(occurrence.status for occurrence in content.occurrences)
    return {
        "segments": quality.segments,
        "source_words": quality.source_words,
        "target_words": quality.target_words,
        "segments_without_findings": quality.clean_segments,
        "segments_estimated": quality.estimated,
        "expected_errors": quality.expected_errors,
        "findings": {severity: severities[severity] for severity in Severity},
        "checks": {
            rate.name: rate.count for rate in sorted(quality.checks, key=attrgetter("name"))
        },
        "occurrences": {status: statuses[status] for status in OccurrenceStatus},
        "edited": sum(item.origin is Origin.PERSON for item in content.translations),
        "read": len(content.reviewed),
        "signed_off": sum(item.state is SentenceState.SIGNED_OFF for item in content.reviewed),
        "reviewers": sorted({item.reviewer for item in content.reviewed}),
        "median_confidence": _median_confidence(content.translations),
    }


def _median_confidence(translations: Sequence[Translation]) -> float | None:
    """Give the median over what an engine translated; None where everything was copied."""
    known = [translation.confidence for translation in translations if translation.confidence]
    return round(median(known), 4) if known else None
