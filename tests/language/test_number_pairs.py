"""Numbers as people write them: a table of French sentences with right and wrong English ones."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.checks import CheckProfile, run_checks
from pipeline.model import BlockKind, Segment, Severity, Translation

TABLE = Path(__file__).parents[1] / "data" / "number-pairs.txt"


def _pairs() -> Iterator[tuple[bool, str, str]]:
    french = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line[:2] in ("= ", "! "):
            yield line[0] == "=", french, line[2:]
        elif line and not line.startswith("#"):
            french = line


@pytest.mark.parametrize(("right", "french", "english"), list(_pairs()))
def test_wrong_numbers_are_found_and_right_ones_pass(
    right: bool, french: str, english: str
) -> None:
    segment = Segment("b0001.s01", 1, 0, len(french), french)
    translation = Translation(segment.id, english, -0.2, True, "engine")
    found = run_checks(segment, translation, (), BlockKind.PARAGRAPH, CheckProfile())
    alarms = [
        each.message
        for each in found
        if each.severity is not Severity.POLISH and each.check == "numbers"
    ]
    assert bool(alarms) != right, alarms
