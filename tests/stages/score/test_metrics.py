"""Reference metrics: the same figures as sacrebleu's own command line, and no silent truncation."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.stages.score.metrics import compare_references, score_references, similarity

HYPOTHESES = [
    "The minister met the ambassadors on Thursday .",
    "North Korea has sent 10,000 soldiers, the spokesman said.",
    "It's raining in the harbour.",
    "Nothing is decided yet.",
    "",
    "Yes",
]
OTHERS = [
    "The minister met with the ambassadors on Thursday.",
    "The North Korea has sent 10,000 soldiers.",
    "It is raining in harbour.",
    "Nothing has been decided.",
    "Silence.",
    "Yes.",
]
REFERENCES = [
    "The minister met with the ambassadors on Thursday.",
    "North Korea sent about 10,000 troops, said the spokesperson.",
    "It is raining over the harbour.",
    "Nothing has been decided yet.",
    "Silence.",
    "Yes.",
]
METRICS = ["-m", "bleu", "chrf", "ter", "--chrf-word-order", "2"]
DIGITS = 12


@pytest.fixture
def sacrebleu(tmp_path: Path) -> Callable[..., str]:
    """sacrebleu's command line on the texts above; gives what it prints."""
    names = {}
    for name, lines in {"ref": REFERENCES, "hyp": HYPOTHESES, "other": OTHERS}.items():
        names[name] = tmp_path / name
        names[name].write_text("".join(line + "\n" for line in lines), encoding="utf-8")

    def call(*arguments: str, systems: tuple[str, ...] = ("hyp",)) -> str:
        command = [sys.executable, "-m", "sacrebleu", str(names["ref"]), *arguments]
        command += ["-i", *(str(names[system]) for system in systems)]
        command += ["-w", str(DIGITS), "-f", "json"]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
        return done.stdout

    return call


def test_equal_to_the_command_line_to_the_last_digit(sacrebleu: Callable[..., str]) -> None:
    expected = json.loads(sacrebleu(*METRICS, "--confidence"))
    found = score_references(HYPOTHESES, REFERENCES).metrics
    assert [line["name"] for line in expected] == ["BLEU", "chrF2++", "TER"]
    assert [metric.name for metric in found] == ["BLEU", "chrF++", "TER"]
    for metric, line in zip(found, expected, strict=True):
        assert round(metric.score, DIGITS) == line["score"]
        assert round(metric.mean, DIGITS) == line["confidence_mean"]
        assert round(metric.margin, DIGITS) == line["confidence_var"]
        assert metric.signature == line["signature"]


@pytest.mark.parametrize(
    ("place", "options"), [(0, ["bleu"]), (1, ["chrf", "--chrf-word-order", "2"]), (2, ["ter"])]
)
def test_each_text_equals_the_command_line(
    sacrebleu: Callable[..., str], place: int, options: list[str]
) -> None:
    lines = sacrebleu("-m", *options, "--sentence-level").splitlines()
    found = score_references(HYPOTHESES, REFERENCES).texts
    scores = [line.split(" = ")[1].split()[0] for line in lines]
    assert [f"{row[place]:.{DIGITS}f}" for row in found] == scores


def test_the_paired_test_equals_the_command_line(sacrebleu: Callable[..., str]) -> None:
    printed = json.loads(sacrebleu(*METRICS, "--paired-ar", systems=("hyp", "other")))
    baseline, system = printed
    found = compare_references(HYPOTHESES, OTHERS, REFERENCES)
    for metric, name in zip(found, ["BLEU", "chrF2++", "TER"], strict=True):
        assert metric.first == baseline[name]["score"]
        assert (metric.second, metric.p_value) == (
            system[name]["score"],
            system[name]["p_value"],
        )


def test_resamples_may_score_nothing() -> None:
    scored = score_references(["Yes.", "x"], ["Yes.", "No."])
    assert all(0 < metric.mean < 100 for metric in scored.metrics if metric.name != "BLEU")


def test_a_system_against_itself_does_not_differ() -> None:
    found = compare_references(HYPOTHESES, HYPOTHESES, REFERENCES)
    assert [metric.p_value for metric in found] == [1.0, 1.0, 1.0]


def test_a_perfect_translation() -> None:
    scored = score_references(REFERENCES, REFERENCES)
    expected = {"BLEU": 100.0, "chrF++": 100.0, "TER": 0.0}
    assert {m.name: m.score for m in scored.metrics} == pytest.approx(expected)
    assert {m.margin for m in scored.metrics} == {0.0}
    assert similarity(REFERENCES, REFERENCES) == (100.0, [100.0] * len(REFERENCES))


@pytest.mark.parametrize(
    ("hypotheses", "references", "counts"),
    [(["a", "b"], ["a"], "2 translated .* 1 reference"), ([], [], "0 translated .* 0 reference")],
)
def test_unequal_or_empty_lists_are_refused(
    hypotheses: list[str], references: list[str], counts: str
) -> None:
    for score in (score_references, similarity):
        with pytest.raises(InputError, match=counts):
            score(hypotheses, references)
    with pytest.raises(InputError, match=counts):
        compare_references(references, hypotheses, references)


def test_nothing_is_said_on_the_side(capfd: pytest.CaptureFixture[str]) -> None:
    score_references(["A text that looks tokenised ."] * 200, ["A text ."] * 200)
    score_references([""], ["Something."])
    assert capfd.readouterr() == ("", "")
