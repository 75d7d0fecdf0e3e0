"""The figures of ``benchmarks/real_errors.py`` on translations whose errors are known."""

import json
from pathlib import Path

import pytest

from benchmarks.marked import SERIOUS, Error, Marked, read
from benchmarks.real_errors import (
    Judged,
    area,
    calibration_error,
    figures,
    reliability,
    words,
)
from pipeline.model import Rank, Severity

SOURCE, TARGET = "Un ouragan a tué dix phoques.", "A ouragan killed ten walruses."
CRITICAL = Error("critical", "", None, (17, 21))
MAJOR = Error("major", "word-form", (3, 10), (2, 9))
MINOR = Error("minor", "", None, None)


def _judged(place: int, risk: float, *errors: Error, tier: str = "") -> Judged:
    tiers = frozenset({Severity(tier)} if tier else ())
    rank = Rank(f"b{place:04}.s01", risk, None, None, None, ((2, 9),))
    return Judged(Marked(SOURCE, TARGET, errors), tiers, rank, place)


JUDGED = [
    _judged(0, 0.95, CRITICAL, MINOR, tier="block"),
    _judged(1, 0.85, MINOR, tier="look"),
    _judged(2, 0.85, MAJOR, tier="polish"),
    _judged(3, 0.05),
]


def test_shares_of_segments_with_a_finding_to_look_at() -> None:
    found = figures(JUDGED, bins=10)
    assert found["critical_found"] == 1
    assert found["serious_found"] == 0.5
    assert found["minor_flagged"] == 1
    assert found["clean_flagged"] == 0


def test_the_order_counts_how_often_a_serious_segment_stands_first() -> None:
    assert area(JUDGED) == 0.75


def test_a_probability_is_compared_with_the_share_of_serious_segments() -> None:
    bins = reliability(JUDGED, 10)
    assert [(each.count, each.share) for each in bins] == [(1, 0.0), (2, 0.5), (1, 1.0)]
    assert calibration_error(bins) == pytest.approx((0.05 + 2 * 0.35 + 0.05) / 4)


def test_suspicious_words_are_compared_with_those_of_errors() -> None:
    counts = words(JUDGED, SERIOUS)
    assert (counts.all, counts.wrong, counts.suspected, counts.both) == (20, 2, 4, 1)
    assert counts.f1 == pytest.approx(1 / 3)
    assert counts.mcc == pytest.approx((20 - 8) / (2 * 18 * 4 * 16) ** 0.5)


def test_a_file_of_marks_is_read(tmp_path: Path) -> None:
    places = {"source_span": [3, 10], "target_span": [2, 9]}
    errors = [{"severity": "major", "category": "word-form", **places}]
    path = tmp_path / "marks.jsonl"
    path.write_text(json.dumps({"source": SOURCE, "target": TARGET, "errors": errors}) + "\n")
    (marked,) = read(path)
    assert marked == Marked(SOURCE, TARGET, (MAJOR,))
    assert marked.worst == "major"
    assert marked.wrong(SERIOUS) == [False, True, False, False, False]
