"""Reference metrics: the same figures as sacrebleu's own command line, and no silent truncation."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.metrics import score_references

HYPOTHESES = [
    "The minister met the ambassadors on Thursday .",
    "North Korea has sent 10,000 soldiers, the spokesman said.",
    "It's raining in the harbour.",
    "Nothing is decided yet.",
]
REFERENCES = [
    "The minister met with the ambassadors on Thursday.",
    "North Korea sent about 10,000 troops, said the spokesperson.",
    "It is raining over the harbour.",
    "Nothing has been decided yet.",
]


def test_equal_to_the_command_line_to_the_last_digit(tmp_path: Path) -> None:
    hypotheses, references = tmp_path / "hypotheses", tmp_path / "references"
    hypotheses.write_text("\n".join(HYPOTHESES) + "\n", encoding="utf-8")
    references.write_text("\n".join(REFERENCES) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "sacrebleu", str(references), "-i", str(hypotheses)]
    command += ["-m", "bleu", "chrf", "ter", "--chrf-word-order", "2", "-w", "12", "-f", "json"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    expected = json.loads(output)
    found = score_references(HYPOTHESES, REFERENCES)
    assert [line["name"] for line in expected] == ["BLEU", "chrF2++", "TER"]
    assert [metric.name for metric in found] == ["BLEU", "chrF++", "TER"]
    for metric, line in zip(found, expected, strict=True):
        assert round(metric.score, 12) == line["score"]
        assert metric.signature == line["signature"]


def test_a_perfect_translation() -> None:
    scores = {m.name: m.score for m in score_references(REFERENCES, REFERENCES)}
    assert scores == pytest.approx({"BLEU": 100.0, "chrF++": 100.0, "TER": 0.0})


@pytest.mark.parametrize(
    ("hypotheses", "references", "counts"),
    [(["a", "b"], ["a"], "2 translated .* 1 reference"), ([], [], "0 translated .* 0 reference")],
)
def test_unequal_or_empty_lists_are_refused(
    hypotheses: list[str], references: list[str], counts: str
) -> None:
    with pytest.raises(InputError, match=counts):
        score_references(hypotheses, references)


def test_nothing_is_said_on_the_side(capfd: pytest.CaptureFixture[str]) -> None:
    score_references(["A text that looks tokenised ."] * 200, ["A text ."] * 200)
    score_references([""], ["Something."])
    assert capfd.readouterr() == ("", "")
