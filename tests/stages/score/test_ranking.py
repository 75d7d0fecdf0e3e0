"""The order of risk: what must be mended, then doubts and omissions; percentiles; weak words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.lexicon import unanswered
from pipeline.model import Finding, Rank, Severity, Translation
from pipeline.stages.score.ranking import FEWEST_FOR_PERCENTILE, rank, weak_words


def translation(number: int, *words: float, engine: str = "e", text: str = "") -> Translation:
    text = text or " ".join(["word"] * len(words))
    return Translation(f"s{number}", text, -0.5, True, engine, words=words)


def finding(number: int, severity: Severity) -> Finding:
    return Finding("check", severity, f"s{number}", "message")


def ranked(
    translations: list[Translation], findings: list[Finding] | None = None, source: str = ""
) -> tuple[Rank, ...]:
    sources = {each.segment_id: source for each in translations}
    return rank(sources, translations, findings or [])


def test_blocking_findings_come_first_then_doubt_then_the_order_of_the_text() -> None:
    translations = [
        translation(0, -0.1),
        translation(1, -0.9),
        translation(2, -0.1),
        translation(3, -0.4),
        translation(4),
        translation(5, -0.4),
    ]
    findings = [finding(2, Severity.BLOCK), finding(5, Severity.LOOK), finding(0, Severity.POLISH)]
    order = [each.segment_id for each in ranked(translations, findings)]
    assert order == ["s2", "s1", "s5", "s3", "s0", "s4"]


def test_a_sentence_that_lacks_words_is_worse_than_another_as_sure() -> None:
    source = "Le ministre a rencontré les ambassadeurs à Paris pendant la nuit."
    whole = translation(0, text="The minister met the ambassadors in Paris during the night.")
    cut = translation(1, text="The minister met them.")
    both = [
        Translation(t.segment_id, t.text, -0.5, True, "e", words=(-0.2,) * len(t.text.split()))
        for t in (whole, cut)
    ]
    worse, better = ranked(both, source=source)
    assert (worse.segment_id, better.segment_id) == ("s1", "s0")
    assert worse.unanswered is not None
    assert better.unanswered is not None
    assert worse.unanswered > 0 > better.unanswered
    assert unanswered("12 + 5", "12 + 5") is None


def test_a_sentence_with_added_words_is_worse_than_another_as_sure() -> None:
    source = "Le ministre a rencontré les ambassadeurs."
    whole = "The minister met the ambassadors."
    added = "The minister met the ambassadors and sold three yellow submarines to hungry bakers."
    assert (unanswered(source, added) or 0) > (unanswered(source, whole) or 0)
    texts = {0: whole, 1: added}
    both = [translation(n, *(-0.2,) * len(text.split()), text=text) for n, text in texts.items()]
    assert [each.segment_id for each in ranked(both, source=source)] == ["s1", "s0"]


def test_percentiles_are_among_the_same_engine_and_need_company() -> None:
    many = [translation(n, -n / 10, engine="many") for n in range(FEWEST_FOR_PERCENTILE)]
    few = [translation(100 + n, -9.0, engine="few") for n in range(3)]
    found = {each.segment_id: each.percentile for each in ranked([*many, *few])}
    assert found["s0"] == 97.5
    assert found["s19"] == 2.5
    assert found["s100"] is None
    equal = ranked([translation(n, -1.0) for n in range(FEWEST_FOR_PERCENTILE)])
    assert {each.percentile for each in equal} == {50.0}


def test_copied_segments_are_last_and_have_no_sureness() -> None:
    first, last = ranked([translation(0), translation(1, -0.1)])
    assert (first.segment_id, last.segment_id) == ("s1", "s0")
    assert (last.sureness, last.percentile, last.risk) == (None, None, 0.0)


def test_sureness_is_the_mean_probability_of_the_words() -> None:
    (found,) = ranked([translation(0, 0.0, -0.6931)])
    assert found.sureness == pytest.approx(0.75, abs=1e-4)


def test_the_weakest_words_are_spans_of_the_text() -> None:
    found = weak_words(translation(0, -2.0, -0.1, -4.0, -3.0, -1.6, text="a  bb ccc\ndd e"))
    assert found == ((6, 9), (10, 12), (0, 1))
    assert weak_words(translation(0, -1.0, text="a")) == ()


@given(st.lists(st.lists(st.floats(-20, 0), max_size=4), max_size=30))
def test_every_segment_has_one_place(words: list[list[float]]) -> None:
    translations = [translation(number, *each) for number, each in enumerate(words)]
    ranks = ranked(translations)
    assert sorted(each.segment_id for each in ranks) == sorted(t.segment_id for t in translations)
    assert all(0 <= b.risk <= a.risk <= 1 for a, b in pairwise(ranks))
