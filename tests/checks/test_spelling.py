"""Two countries' spellings in one text: what a whole document shows and no segment does."""

from __future__ import annotations

from pipeline.checks import Case, CheckProfile, check_document, judge
from pipeline.model import (
    Entry,
    EntryKind,
    Finding,
    Occurrence,
    OccurrenceStatus,
    Segment,
    Severity,
    Translation,
)


def mixed(*texts: str, occurrences: tuple[Occurrence, ...] = ()) -> list[Finding]:
    cases = []
    for number, text in enumerate(texts, 1):
        segment = Segment(f"b{number:04}.s01", number, 0, 3, "Oui")
        entry = Entry("e", "centre", "center", EntryKind.TERM)
        cases.append(
            Case(
                segment,
                Translation(segment.id, text, -0.2, True, "engine"),
                tuple(each for each in occurrences if each.segment_id == segment.id),
                entries={"e": entry},
            )
        )
    found = judge(check_document(cases), CheckProfile())
    return [each for each in found if each.check == "spelling"]


def test_the_words_of_the_rarer_country_are_reported_where_they_stand() -> None:
    texts = "The colour of labour.", "The center of defense.", "It is grey and has a harbour."
    first, second = mixed(*texts)
    assert (first.severity, first.segment_id) == (Severity.POLISH, "b0002.s01")
    assert first.message == (
        "“center” is American spelling; the text mostly has British, as in “colour”."
    )
    assert first.target_span is not None
    assert second.target_span is not None
    assert texts[1][slice(*second.target_span)] == "defense"


def test_one_spelling_throughout_and_books_with_ize_are_left_alone() -> None:
    assert not mixed("The center of labor.", "It is gray.")
    assert not mixed("The organization of labour.", "They realized its colour.")


def test_names_and_what_the_glossary_asks_for_are_left_alone() -> None:
    assert not mixed("He saw the Labor Day parade.", "It is grey.")
    rendered = Occurrence(
        "b0001.s01", "e", 0, 3, "Oui", OccurrenceStatus.PRESENT, target_start=4, target_end=10
    )
    assert not mixed("The center is here.", "It is grey.", occurrences=(rendered,))
    assert mixed("The center is here.", "It is grey.")
