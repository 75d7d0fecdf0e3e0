"""The score stage: findings in document order, and reference texts that fit or are refused."""

import pytest

from pipeline.checks import CheckProfile
from pipeline.decisions import Decided, dismiss
from pipeline.errors import InputError
from pipeline.model import (
    Block,
    BlockKind,
    Document,
    Entry,
    EntryKind,
    Occurrence,
    OccurrenceStatus,
    Segment,
    Translated,
    Translation,
)
from pipeline.stages.score import stage as score

BLOCKS = (
    Block(0, BlockKind.HEADING, "Le titre", 1),
    Block(1, BlockKind.PARAGRAPH, "Il a 12 ans. Elle part."),
    Block(2, BlockKind.CODE, "n = 12"),
)
DOCUMENT = Document("0" * 64, "Le titre", BLOCKS)
SEGMENTS = (
    Segment("b0000.s01", 0, 0, 8, "Le titre"),
    Segment("b0001.s01", 1, 0, 12, "Il a 12 ans."),
    Segment("b0001.s02", 1, 13, 23, "Elle part."),
    Segment("b0002.s01", 2, 0, 6, "n = 12"),
)
TARGETS = ("The title", "He is 13.", "", "n = 13")
TRANSLATIONS = tuple(
    Translation(segment.id, target, -0.1, True, "engine")
    for segment, target in zip(SEGMENTS, TARGETS, strict=True)
)
ENTRY = Entry("e1", "titre", "heading", EntryKind.TERM)
OCCURRENCE = Occurrence("b0000.s01", "e1", 3, 8, "titre", OccurrenceStatus.MISSING)
TEXT = Translated(DOCUMENT, SEGMENTS, TRANSLATIONS, (OCCURRENCE,))
DOUBTS = score.check(TEXT, [ENTRY])


def test_findings_come_in_document_order() -> None:
    found = score.score(TEXT, DOUBTS, CheckProfile()).findings
    assert [(f.segment_id, f.check) for f in found] == [
        ("b0000.s01", "terms"),
        ("b0001.s01", "numbers"),
        ("b0001.s02", "finished"),
    ]
    assert "heading" in found[0].message


def test_what_must_be_mended_is_ranked_first_and_what_was_dismissed_does_not_count() -> None:
    scores = score.score(TEXT, DOUBTS, CheckProfile())
    assert [rank.segment_id for rank in scores.ranks[:2]] == ["b0001.s01", "b0001.s02"]
    wrong = scores.findings[1]
    decided = Decided.of([dismiss(wrong, "Il a 12 ans.", "He is 13.")])
    ranks = score.score(TEXT, DOUBTS, CheckProfile(), decided).ranks
    assert [rank.segment_id for rank in ranks[:2]] == ["b0001.s02", "b0000.s01"]


@pytest.mark.parametrize(
    ("text", "by_block", "references"),
    [
        ("The title\nHe is 12.\nShe leaves.\nn = 12\n", False, 4),
        ("# The title\n\nHe is 12.\n\nShe leaves.\n\nn = 12\n", False, 4),
        ("The title\n\nHe is 12.\nShe\nleaves.\n\nn = 12\n", True, 3),
        ("The title\nHe is 12. She leaves.\nn = 12", True, 3),
        ("The title\r\nHe is 12. She leaves.\r\nn = 12\r\n", True, 3),
    ],
)
def test_a_reference_is_paired_by_count(text: str, by_block: bool, references: int) -> None:
    aligned = score.align_reference(text, DOCUMENT, SEGMENTS)
    assert aligned.by_block == by_block
    assert len(aligned.references) == references
    assert aligned.references[0] == "The title"


def test_a_reference_by_block() -> None:
    text = "The title\n\nHe is 12. She leaves.\n\nn = 12"
    aligned = score.align_reference(text, DOCUMENT, SEGMENTS)
    assert aligned.references == ("The title", "He is 12. She leaves.", "n = 12")


@pytest.mark.parametrize("text", ["", "One line only.", "a\n\nb\n\nc\n\nd\n\ne"])
def test_a_reference_that_does_not_fit_is_explained(text: str) -> None:
    with pytest.raises(InputError, match="4 segments in 3 blocks, the reference"):
        score.align_reference(text, DOCUMENT, SEGMENTS)


def test_metrics_of_a_reference() -> None:
    reference = "The title\nHe is 13.\nShe leaves.\nn = 13"
    metrics, scores = score.measure(reference, TEXT)
    assert [m.name for m in metrics] == ["BLEU", "chrF++", "TER"]
    assert [each.segment_ids for each in scores] == [(segment.id,) for segment in SEGMENTS]
    assert [each.reference for each in scores] == reference.splitlines()
    assert [each.chrf for each in scores] == [100.0, 100.0, 0.0, 100.0]


def test_a_reference_by_block_scores_blocks() -> None:
    reference = "The title\n\nHe is 13.\n\nn = 13"
    _, scores = score.measure(reference, TEXT)
    assert [(each.segment_ids, each.ter) for each in scores] == [
        (("b0000.s01",), 0.0),
        (("b0001.s01", "b0001.s02"), 0.0),
        (("b0002.s01",), 0.0),
    ]
