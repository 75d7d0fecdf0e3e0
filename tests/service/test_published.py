"""A published edition is read in one place: what publish wrote comes back, damage is one line."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import JobError
from pipeline.model import Origin, ReferenceScore, Scores, Translated
from pipeline.service.published import (
    PublishedMetric,
    PublishedSegment,
    read_scorecard,
    read_segments,
)
from pipeline.stages.publish.figures import assess
from pipeline.stages.publish.report import report, segment_records
from tests.support.render_sample import SAMPLE

QUALITY = assess(SAMPLE)
REPORT: dict[str, Any] = json.loads(json.dumps(report(SAMPLE, QUALITY)))


def test_the_scorecard_has_the_figures_of_the_report(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(json.dumps(REPORT), "utf-8")
    card = read_scorecard(path)
    assert (card.segments, card.clean_segments) == (QUALITY.segments, QUALITY.clean_segments)
    assert (card.source_words, card.target_words) == (QUALITY.source_words, QUALITY.target_words)
    assert card.findings == {"block": 1, "look": 2, "polish": 1}
    assert card.classes == QUALITY.classes
    assert card.worst_first == tuple(rank.segment_id for rank in SAMPLE.ranks)
    (metric,) = SAMPLE.metrics
    expected = PublishedMetric(metric.name, metric.score, metric.signature, (31.5, 1.9))
    assert card.metrics == (expected,)


def test_a_report_of_schema_1_is_read(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    metric = {"name": "BLEU", "score": 30.0, "signature": "s"}
    old = {name: value for name, value in REPORT.items() if name not in ("quality", "dismissed")}
    path.write_text(json.dumps(old | {"schema": 1, "metrics": [metric]}), "utf-8")
    card = read_scorecard(path)
    assert (card.classes, card.worst_first) == ((), ())
    assert card.metrics == (PublishedMetric("BLEU", 30.0, "s", None),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '"a"',
        "[" * 100_000,
        json.dumps(REPORT | {"scorecard": None}),
        json.dumps(REPORT | {"scorecard": REPORT["scorecard"] | {"findings": {}}}),
        json.dumps(REPORT | {"metrics": [1]}),
        json.dumps(REPORT | {"quality": {"classes": [{"name": "x"}]}}),
        json.dumps(REPORT | {"scorecard": REPORT["scorecard"] | {"segments": math.inf}}),
    ],
    ids=range(10),
)
def test_a_damaged_report_is_one_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(text, "utf-8")
    with pytest.raises(JobError, match="is damaged; rebuild") as caught:
        read_scorecard(path)
    assert "\n" not in str(caught.value)
    with pytest.raises(JobError, match="is damaged; rebuild"):
        read_scorecard(tmp_path / "none.json")


def test_segments_come_back_with_the_reference_they_answer(tmp_path: Path) -> None:
    first, second, *_ = SAMPLE.segments
    score = ReferenceScore((first.id, second.id), "One. Two.", 1.0, 2.0, 3.0)
    content = replace(SAMPLE, reference_scores=(score,))
    text = Translated(content.document, content.segments, content.translations, ())
    records = segment_records(text, Scores((), content.ranks, (), content.reference_scores))
    path = tmp_path / "segments.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    found = read_segments(path)
    answers = ((first.id, second.id), "One. Two.")
    target = SAMPLE.translations[0].text
    assert found[0] == PublishedSegment(first.id, first.source, target, answers)
    assert [each.answers for each in found[1:3]] == [answers, None]
    path.write_text('{"id": "b0000.s01"}\n', "utf-8")
    with pytest.raises(JobError, match="is damaged"):
        read_segments(path)


def test_what_a_person_wrote_is_not_among_the_worst() -> None:
    first, *others = (rank.segment_id for rank in SAMPLE.ranks)
    written = tuple(
        replace(each, origin=Origin.PERSON) if each.segment_id == first else each
        for each in SAMPLE.translations
    )
    content = replace(SAMPLE, translations=written)
    assert report(content, assess(content))["quality"]["worst_first"] == others
