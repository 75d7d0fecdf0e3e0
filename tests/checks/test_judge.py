"""Doubts are judged by anyone's thresholds: what stands, at which step, and how gravely."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks import (
    CHECKS,
    Case,
    CheckProfile,
    check_case,
    judge,
    measure,
    thresholds,
)
from pipeline.model import (
    BlockKind,
    Doubt,
    Entry,
    Estimate,
    Finding,
    Method,
    Occurrence,
    OccurrenceStatus,
    Origin,
    Segment,
    Severity,
    Translation,
    Verdict,
)

SOURCE = "Le ministre a rencontré trois ambassadeurs à Rome le 12 mars."
SHORT = "The minister met three."
MIXED = "The minister said que le gouvernement de la République would not answer."
FRENCH = "Le ministre a dit que le gouvernement de la République ne répondrait pas."


def found(
    source: str, target: str, check: str, confidence: float = -0.2, **limits: float
) -> list[tuple[Severity, str]]:
    segment = Segment("b0001.s01", 1, 0, len(source), source)
    translation = Translation(segment.id, target, confidence, True, "engine")
    doubts = check_case(Case(segment, translation, (), BlockKind.PARAGRAPH))
    thresholds = {name.replace("_", "."): limit for name, limit in limits.items()}
    findings = judge(doubts, CheckProfile(thresholds=thresholds))
    return [(each.severity, each.message) for each in findings if each.check == check]


@pytest.mark.parametrize(
    ("limits", "severities"),
    [
        ({"length_short": 0.9}, [Severity.BLOCK]),
        ({"length_short": 0.0, "length": 1.0, "length_look": 1.0}, [Severity.LOOK]),
        ({"length_short": 0.0, "length": 1.0, "length_look": 50.0}, [Severity.POLISH]),
        ({"length_short": 0.0, "length": 50.0, "length_look": 1.0}, []),
    ],
)
def test_the_gravest_step_that_stands_is_the_finding(
    limits: dict[str, float], severities: list[Severity]
) -> None:
    assert [severity for severity, _ in found(SOURCE, SHORT, "length", **limits)] == severities


@pytest.mark.parametrize(
    ("limits", "severities"),
    [
        ({"coverage_omission": -50, "coverage_look": -50}, [Severity.LOOK]),
        ({"coverage_omission": -50, "coverage_look": 90}, [Severity.POLISH]),
        ({"coverage_omission": 90, "coverage_addition": 90}, []),
    ],
)
def test_an_omission_is_graver_the_more_speaks_for_it(
    limits: dict[str, float], severities: list[Severity]
) -> None:
    assert [severity for severity, _ in found(SOURCE, SHORT, "coverage", **limits)] == severities


def test_of_french_left_in_the_longest_runs_count_first() -> None:
    (left,) = found(FRENCH, MIXED, "leftover")
    assert left == (Severity.LOOK, "Left in French: “que le gouvernement de la République”.")
    assert found(FRENCH, MIXED, "leftover", leftover_run=6, leftover=0.9) != [left]
    whole = FRENCH.replace("Le ministre", "Minister")
    assert found(FRENCH, whole, "leftover")[0][0] is Severity.BLOCK


def test_a_doubt_without_a_raw_value_never_stands() -> None:
    finding = Finding("length", Severity.LOOK, "s", "m")
    assert judge([Doubt(finding, (("length", None),))], CheckProfile()) == ()
    assert judge([Doubt(finding, (("length", 9.0),))], CheckProfile()) == (finding,)
    off = CheckProfile(disabled=frozenset(["length"]))
    assert judge([Doubt(finding, (("length", 9.0),))], off) == ()


@given(
    st.text(alphabet="aelmnorst '.é", max_size=80),
    st.text(alphabet="aelmnorst '.é", max_size=80),
    st.dictionaries(st.sampled_from(sorted(thresholds())), st.floats(-20, 20), max_size=9),
)
def test_every_finding_rests_on_values_beyond_their_limits(
    source: str, target: str, limits: dict[str, float]
) -> None:
    segment = Segment("b0001.s01", 1, 0, len(source), source)
    case = Case(segment, Translation(segment.id, target, -0.2, True, "engine"))
    profile = CheckProfile(thresholds=limits)
    doubts = check_case(case)
    for finding in judge(doubts, profile):
        assert any(
            all(
                thresholds()[name].exceeded(value, profile.limits()[name])
                for name, value in doubt.beyond
            )
            for doubt in doubts
            if doubt.finding == finding
        )


def case(target: str, delivered: bool = False, shift: int = 0) -> Case:
    """A case as it is while the engine searches, or with all that is known when it is delivered."""
    segment = Segment("b0002.s01" if delivered else "b0001.s01", 1, 0, len(SOURCE), SOURCE)
    start = SOURCE.index("Rome")
    occurrence = Occurrence(
        segment.id, "e", start, start + 4, "Rome", OccurrenceStatus.MISSING, target_start=shift
    )
    translation = Translation(segment.id, target, -0.2, True, "engine")
    known = Case(segment, translation, (occurrence,), entries={"e": Entry("e", "Rome", "Roma")})
    if not delivered:
        return known
    return replace(
        known,
        translation=replace(translation, confidence=-9.0, origin=Origin.PERSON, words=(-9.0,)),
        occurrences=(replace(occurrence, method=Method.EDITED, decision=Verdict.ACCEPTED),),
        estimate=Estimate(0.99),
    )


@pytest.mark.parametrize("target", [SHORT, MIXED, FRENCH, "", "The  minister has not met 4 (four"])
def test_what_was_measured_of_a_text_stands_for_it_however_it_is_delivered(target: str) -> None:
    before, after = case(target), case(target, delivered=True)
    known = measure(before)
    assert check_case(replace(after, measured=known)) == check_case(after)
    asked = {each.finding.check for each in known.doubts}
    assert not asked & {each.id for each in CHECKS.values() if each.of_delivery}


@pytest.mark.parametrize(
    "other",
    [
        case(SHORT + "!"),
        case(SHORT, shift=3),
        replace(case(SHORT), translation=Translation("b0001.s01", SHORT, -0.2, False, "engine")),
    ],
)
def test_of_another_text_nothing_stands(other: Case) -> None:
    before = case(SHORT)
    stale = replace(measure(before), doubts=())
    assert check_case(replace(other, measured=stale)) == check_case(other)
    assert len(check_case(replace(before, measured=stale))) < len(check_case(before))
