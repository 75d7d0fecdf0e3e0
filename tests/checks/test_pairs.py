"""French sentences with right and wrong English: what the checks find, and what they leave."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.checks import CheckProfile
from pipeline.model import BlockKind, Segment, Severity, Translation
from tests.support.checking import run_checks

DATA = Path(__file__).parents[1] / "data"
# Table: the checks that answer for it.
TABLES = {
    "number-pairs.txt": {"numbers"},
    "amount-pairs.txt": {"numbers", "coverage"},
    "kind-pairs.txt": {"confusions", "nationalities", "opposites", "repetition"},
    "hedge-pairs.txt": {"hedges", "quotations", "negation"},
    "name-pairs.txt": {"names", "references", "numbers", "leftover"},
}


def _pairs() -> Iterator[tuple[bool, str, str, set[str]]]:
    for name, checks in TABLES.items():
        french = ""
        for line in (DATA / name).read_text(encoding="utf-8").splitlines():
            if line[:2] in ("= ", "! "):
                yield line[0] == "=", french, line[2:], checks
            elif line and not line.startswith("#"):
                french = line


@pytest.mark.parametrize(("right", "french", "english", "checks"), list(_pairs()))
def test_wrong_renderings_are_found_and_right_ones_pass(
    right: bool, french: str, english: str, checks: set[str]
) -> None:
    segment = Segment("b0001.s01", 1, 0, len(french), french)
    translation = Translation(segment.id, english, -0.2, True, "engine")
    found = run_checks(segment, translation, (), BlockKind.PARAGRAPH, CheckProfile())
    alarms = [
        each.message
        for each in found
        if each.severity is not Severity.POLISH and each.check in checks
    ]
    assert bool(alarms) != right, alarms
