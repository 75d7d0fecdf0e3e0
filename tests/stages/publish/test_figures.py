"""The figures of a translation, and that report, quality page and colophon show the same ones."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import (
    EditionContent,
    Finding,
    InlineKind,
    InlineMark,
    OccurrenceStatus,
    Origin,
    ReferenceScore,
    Severity,
)
from pipeline.stages.publish.figures import assess
from pipeline.stages.publish.render import build_edition, render_quality
from pipeline.stages.publish.report import report
from tests.support.render_sample import SAMPLE, P, make_content, ranked


def with_words(content: EditionContent, score: float = -0.4) -> EditionContent:
    translations = tuple(
        replace(each, words=tuple(score for _ in each.text.split()))
        for each in content.translations
    )
    return ranked(replace(content, translations=translations))


def page(content: EditionContent) -> str:
    return render_quality(content, build_edition(content), assess(content))


class Texts(HTMLParser):
    """Collects the text nodes and the names of elements and attributes of a page's body."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.names: set[str] = set()
        self.feed(html.split("</style>")[1])

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(f"{tag} {name}" for name, _ in attrs)}

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def test_rates_are_for_a_thousand_french_words() -> None:
    content = make_content(
        [(P, 0, "", [("un deux trois quatre", "one two three four")])] * 5,
        findings=[
            (0, Severity.BLOCK, "numbers", "m"),
            (1, Severity.LOOK, "names", "m"),
            (1, Severity.LOOK, "terms", "m"),
            (2, Severity.POLISH, "punctuation", "m"),
            (3, Severity.POLISH, "a check of yesterday", "m"),
        ],
    )
    quality = assess(content)
    assert (quality.source_words, quality.clean_segments) == (20, 3)
    rates = {rate.name: (rate.block, rate.look, rate.polish) for rate in quality.classes}
    assert rates == {
        "accuracy": (1, 1, 0),
        "terminology": (0, 1, 0),
        "locale": (0, 0, 1),
        "other": (0, 0, 1),
    }
    assert [rate.per_thousand for rate in quality.checks] == [50.0] * 5


def test_consistency_is_the_share_of_the_commonest_rendering() -> None:
    occurrence = next(o for o in SAMPLE.occurrences if o.status is OccurrenceStatus.PRESENT)
    renderings = ["Ministry", "ministry", "Department", "Ministry"]
    content = replace(
        SAMPLE,
        occurrences=tuple(replace(occurrence, rendering=each) for each in renderings),
    )
    assert assess(content).terms.consistency == 0.75
    assert assess(replace(SAMPLE, occurrences=(occurrence,))).terms.consistency is None


def test_distributions_count_every_value_once() -> None:
    segments = SAMPLE.segments
    content = replace(
        with_words(SAMPLE, -7.0),
        reference_scores=tuple(
            ReferenceScore((segment.id,), "r", 1.0, 100.0 * place / (len(segments) - 1), 1.0)
            for place, segment in enumerate(segments)
        ),
    )
    found = {each.id: each for each in assess(content).distributions}
    assert found["sureness"].counts[0] == sum(found["sureness"].counts)
    short = replace(content, translations=tuple(replace(t, text="x") for t in content.translations))
    (lengths,) = [each for each in assess(short).distributions if each.id == "length"]
    assert lengths.counts[0] >= lengths.outside > 0
    assert sum(found["chrf"].counts) == len(segments)
    assert found["chrf"].outside == 0
    assert found["chrf"].median == pytest.approx(50.0)


def test_the_page_shows_the_figures_of_the_report() -> None:
    content = with_words(SAMPLE)
    text, figures = Texts(page(content)).text, report(content, assess(content))
    card = figures["scorecard"]
    assert f"{card['segments']}, {card['segments_without_findings']} with nothing" in text
    assert f"{card['findings']['block']} to mend, {card['findings']['look']} to look at" in text
    assert f"{card['source_words']} French, {card['target_words']} English" in text
    colophon = " ".join(build_edition(content).summary)
    assert f"{figures['quality']['findings_per_thousand']:.1f} for each thousand" in colophon
    for rate in figures["quality"]["checks"]:
        assert f"{rate['name']}{rate['block']}{rate['look']}{rate['polish']}" in text
    for metric in figures["metrics"]:
        assert f"{metric['score']:.1f} (μ = {metric['mean']:.1f}" in text
        assert metric["signature"] in text


def test_the_worst_segments_come_first_with_their_findings_and_weak_words() -> None:
    content = make_content(
        [(P, 0, "", [(f"Phrase {number}.", f"Sentence {number} here.")]) for number in range(40)],
        findings=[(30, Severity.BLOCK, "numbers", "It is wrong.")],
    )
    content = replace(
        content,
        translations=tuple(
            replace(each, words=(-0.1, -3.0 if number == 7 else -0.2, -0.1))
            for number, each in enumerate(content.translations)
        ),
    )
    html = page(ranked(content))
    places = re.findall(r'<p class="place">(\d+)</p><div>\s*<div class="pair"><p[^>]*>(.*?)<', html)
    assert places[:2] == [("1", "Phrase 30."), ("2", "Phrase 7.")]
    assert len(places) == 10
    assert '<mark class="weak">7</mark>' in html
    assert "It is wrong." in html
    assert 'href="edition.html#en-31-1"' in html
    assert "30 better ones are not shown" in Texts(html).text


def test_what_a_person_wrote_and_must_be_mended_is_among_the_worst() -> None:
    content = make_content(
        [(P, 0, "", [(f"Phrase {number}.", f"Sentence {number} here.")]) for number in range(40)],
        findings=[(30, Severity.BLOCK, "numbers", "It is wrong.")],
    )
    written = tuple(
        replace(each, origin=Origin.PERSON) if number in (30, 31) else each
        for number, each in enumerate(content.translations)
    )
    html = page(ranked(replace(content, translations=written)))
    places = re.findall(r'<p class="place">(\d+)</p><div>\s*<div class="pair"><p[^>]*>(.*?)<', html)
    assert places[0] == ("1", "Phrase 30.")
    assert len(places) == 10
    assert "29 better ones are not shown" in Texts(html).text


def test_code_in_a_sentence_is_shown_as_it_is_written() -> None:
    content = make_content([(P, 0, "", [("Tapez a ; b.", "Type a ; b.")])])
    block = content.document.blocks[0]
    code = replace(block, marks=(InlineMark(InlineKind.CODE, 6, 11),))
    content = replace(content, document=replace(content.document, blocks=(code,)))
    assert "Tapez a ; b." in page(ranked(content))


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    html = page(SAMPLE)
    assert "<script" not in html
    policy = unescape(re.search('Policy" content="([^"]*)"', html)[1])  # type: ignore[index]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not re.findall(r'(?:src|href)="(?!#|edition\.html)', html)
    assert " style=" not in html.split("</style>")[1]


def test_the_page_of_an_empty_text_says_so() -> None:
    content = make_content([(P, 0, "", [])], title="Vide", target_title="Empty")
    assert "There are no segments." in Texts(page(content)).text


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=40), st.text(max_size=40))
def test_texts_stay_texts(source: str, target: str) -> None:
    content = make_content([(P, 0, "", [(source, target)])], title="T", target_title="T")
    weird = replace(
        with_words(content, -3.0),
        findings=(Finding("numbers", Severity.BLOCK, content.segments[0].id, target or "x"),),
    )
    plain = with_words(
        make_content([(P, 0, "", [("a b c", "a b c")])], title="T", target_title="T")
    )
    plain = replace(
        plain, findings=(Finding("numbers", Severity.BLOCK, plain.segments[0].id, "x"),)
    )
    allowed = {"mark", "mark class", "em", "em class"}
    assert Texts(page(weird)).names <= Texts(page(plain)).names | allowed
