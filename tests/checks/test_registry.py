"""The registry: what it promises to settings, documentation and the stages above it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.checks import CHECKS, Case, CheckProfile, thresholds
from pipeline.model import BlockKind, Finding, Segment, Translation
from tests.support.checking import run_checks
from tests.support.paths import ROOT
from tools.checks_page import checks_page

FRENCH = "Le ministre a rencontré trois ambassadeurs à Rome le 12 mars."
ENGLISH = "The minister met three ambassadors in Rome on March 15."


def run(
    source: str,
    target: str,
    settings: CheckProfile | None = None,
    kind: BlockKind = BlockKind.PARAGRAPH,
) -> tuple[Finding, ...]:
    segment = Segment("b0001.s01", 1, 0, len(source), source)
    translation = Translation(segment.id, target, -0.2, True, "engine")
    return run_checks(segment, translation, (), kind, settings or CheckProfile())


def test_every_check_is_filed_under_its_id_and_explains_itself() -> None:
    for name, check in CHECKS.items():
        assert check.id == name
        assert check.title
        assert check.formula.endswith(".")
        assert all(t.id == name or t.id.startswith(f"{name}.") for t in check.thresholds)


def test_the_page_in_docs_is_the_one_the_registry_makes() -> None:
    page = ROOT / "docs" / "checks.md"
    assert page.read_text(encoding="utf-8") == checks_page()


def test_a_disabled_check_is_silent() -> None:
    assert [f.check for f in run(FRENCH, ENGLISH)] == ["numbers"]
    assert run(FRENCH, ENGLISH, CheckProfile(frozenset(["numbers"]))) == ()


def test_a_threshold_changes_the_decision_not_the_value() -> None:
    case = Case(
        Segment("b0001.s01", 1, 0, len(FRENCH), FRENCH),
        Translation("b0001.s01", ENGLISH, -0.9, True, "engine"),
    )
    assert thresholds()["confidence"].measure(case) == -0.9
    strict = CheckProfile(thresholds={"confidence": -0.5, "length": 0.1})
    segment, translation = case.segment, case.translation
    found = run_checks(segment, translation, (), BlockKind.PARAGRAPH, strict)
    assert {f.check for f in found} == {"numbers", "confidence", "length"}


def test_code_is_not_checked() -> None:
    assert run("print(12)", "imprimer(13) le la les", kind=BlockKind.CODE) == ()


@pytest.mark.parametrize(
    "same",
    ["https://exemple.fr/12?a=3", "12 345,6", "Jean-Luc Dupont", "Conclusion", "ONU – UE", "…"],
)
def test_what_is_the_same_in_both_languages_may_stay(same: str) -> None:
    assert [f for f in run(same, same) if f.severity != "polish" and f.check != "numbers"] == []


@given(st.text(max_size=120), st.text(max_size=120))
@example("", "NONE")
@example("\n", "not")
def test_any_text_is_taken_and_spans_lie_inside(source: str, target: str) -> None:
    for finding in run(source, target):
        for span, text in ((finding.source_span, source), (finding.target_span, target)):
            if span is not None:
                assert 0 <= span[0] <= span[1] <= len(text)


PIECES = ["a", "a ", "Koursk ", "le la ", "ne pas ", "(", '"', "1 ", ". ", "\u0301", "\ufffd "]
PIECES += ["L'", "Xy-", "not t'", "\u202e", "aé ", "not "]


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_text_ends(piece: str) -> None:
    text = piece * (8_000 // len(piece))
    run(text, text)
    run("Bonjour.", text)
    run(text, "Hello.")


def test_a_megabyte_without_a_space_ends() -> None:
    run("a" * 1_000_000, "ab" * 500_000)


def test_thresholds_have_one_owner_each() -> None:
    assert len(thresholds()) == sum(len(check.thresholds) for check in CHECKS.values())
