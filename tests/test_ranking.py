"""The order of risk: what must be mended, then the engine's doubts; percentiles; weak words."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Finding, Severity, Translation
from pipeline.ranking import FEWEST_FOR_PERCENTILE, rank, weak_words


def translation(number: int, *words: float, engine: str = "e", text: str = "") -> Translation:
    text = text or " ".join(["word"] * len(words))
    return Translation(f"s{number}", text, -0.5, True, engine, words=words)


def finding(number: int, severity: Severity) -> Finding:
    return Finding("check", severity, f"s{number}", "message")


def test_blocking_findings_come_first_then_doubt_then_the_order_of_the_text() -> None:
    translations = [
        translation(0, -0.1),
        translation(1, -0.9),
        translation(2, -0.1),
        translation(3, -0.4),
        translation(4),
        translation(5, -0.35),
    ]
    findings = [
        finding(2, Severity.BLOCK),
        finding(5, Severity.LOOK),
        finding(0, Severity.POLISH),
    ]
    order = [each.segment_id for each in rank(translations, findings)]
    assert order == ["s2", "s1", "s5", "s3", "s0", "s4"]


def test_percentiles_are_among_the_same_engine_and_need_company() -> None:
    many = [translation(n, -n / 10, engine="many") for n in range(FEWEST_FOR_PERCENTILE)]
    few = [translation(100 + n, -9.0, engine="few") for n in range(3)]
    found = {each.segment_id: each.percentile for each in rank([*many, *few], [])}
    assert found["s0"] == 97.5
    assert found["s19"] == 2.5
    assert found["s100"] is None
    equal = rank([translation(n, -1.0) for n in range(FEWEST_FOR_PERCENTILE)], [])
    assert {each.percentile for each in equal} == {50.0}


def test_copied_segments_are_last_and_have_no_sureness() -> None:
    first, last = rank([translation(0), translation(1, -0.1)], [])
    assert (first.segment_id, last.segment_id) == ("s1", "s0")
    assert (last.sureness, last.percentile, last.risk) == (None, None, 0.0)


def test_the_weakest_words_are_spans_of_the_text() -> None:
    found = weak_words(translation(0, -2.0, -0.1, -4.0, -3.0, -1.6, text="a  bb ccc\ndd e"))
    assert found == ((6, 9), (10, 12), (0, 1))
    assert weak_words(translation(0, -1.0, text="a")) == ()


@given(st.lists(st.lists(st.floats(-20, 0), max_size=4), max_size=30))
def test_every_segment_has_one_place(words: list[list[float]]) -> None:
    translations = [translation(number, *each) for number, each in enumerate(words)]
    ranks = rank(translations, [])
    assert sorted(each.segment_id for each in ranks) == sorted(t.segment_id for t in translations)
    assert all(a.risk >= b.risk for a, b in pairwise(ranks))
