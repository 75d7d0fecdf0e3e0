"""A term that was put in, and what became of the words before it."""

import pytest

from pipeline.checks import CheckProfile
from pipeline.model import (
    BlockKind,
    Method,
    Occurrence,
    OccurrenceStatus,
    Segment,
    Severity,
    Translation,
)
from tests.support.checking import run_checks

PUNITIVE = "Le gouvernement veut appliquer des mesures punitives aux banques."
BUDGET = "Le conseil a examiné le projet de budget hier."


@pytest.mark.parametrize(
    ("french", "english", "term", "rendering", "lost"),
    [
        (
            PUNITIVE,
            "The government wants to punitive measures against the banks.",
            "mesures punitives",
            "punitive measures",
            "appliquer",
        ),
        (
            PUNITIVE,
            "The government wants to apply punitive measures to the banks.",
            "mesures punitives",
            "punitive measures",
            None,
        ),
        (
            PUNITIVE,
            "The government wants to slap punitive measures on the banks.",
            "mesures punitives",
            "punitive measures",
            None,
        ),
        (
            BUDGET,
            "The council the draft budget yesterday.",
            "projet de budget",
            "draft budget",
            "examiné",
        ),
        (
            BUDGET,
            "Yesterday the council looked at the draft budget.",
            "projet de budget",
            "draft budget",
            None,
        ),
    ],
)
def test_a_verb_that_a_term_took_the_place_of_is_found(
    french: str, english: str, term: str, rendering: str, lost: str | None
) -> None:
    start, placed = french.index(term), english.index(rendering)
    occurrence = Occurrence(
        "b0001.s01",
        "entry",
        start,
        start + len(term),
        term,
        OccurrenceStatus.PRESENT,
        target_start=placed,
        target_end=placed + len(rendering),
        rendering=rendering,
        method=Method.REPLACED,
    )
    segment = Segment("b0001.s01", 1, 0, len(french), french)
    translation = Translation(segment.id, english, -0.2, True, "engine")
    found = [
        each
        for each in run_checks(
            segment, translation, (occurrence,), BlockKind.PARAGRAPH, CheckProfile()
        )
        if each.check == "terms"
    ]
    assert [(each.severity, french[slice(*(each.source_span or (0, 0)))]) for each in found] == (
        [(Severity.LOOK, lost)] if lost else []
    )
