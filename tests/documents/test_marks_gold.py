"""Marks are carried to the right English words, and none is lost: 300 sentences marked by hand."""

from __future__ import annotations

from benchmarks.marks import carried, score


def test_marks_cover_the_right_words_and_none_is_lost() -> None:
    sentences = list(carried())
    assert len(sentences) == 300
    assert sum(each.lost for each in sentences) == 0
    assert score(sentences)[2] >= 0.95
