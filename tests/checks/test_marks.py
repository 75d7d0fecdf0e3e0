"""A mark that nothing but its place puts on English words is told of."""

from __future__ import annotations

from pipeline.checks import check_case
from pipeline.checks.base import Case
from pipeline.model import Finding, InlineKind, InlineMark, Origin, Segment, Translation


def found(source: str, target: str, words: str, kind: InlineKind) -> list[Finding]:
    start = source.index(words)
    mark = InlineMark(kind, start, start + len(words), "de" * (kind is InlineKind.LANGUAGE))
    segment = Segment("b0000.s01", 0, 0, len(source), source)
    translation = Translation(segment.id, target, 0.0, True, "x", Origin.ENGINE)
    case = Case(segment, translation, marks=(mark,))
    return [each.finding for each in check_case(case) if each.finding.check == "marks"]


def test_a_mark_whose_words_are_answered_is_not_told_of() -> None:
    source, target = "La maison bleue a été vendue hier.", "The blue house was sold yesterday."
    assert not found(source, target, "bleue", InlineKind.EMPHASIS)
    assert not found(source, target, source, InlineKind.STRONG)


def test_words_in_another_language_that_were_translated_are_told_of() -> None:
    source = "Le Bundesrat a dit non à la presse."
    kind = InlineKind.LANGUAGE
    assert not found(source, "The Bundesrat said no to the press.", "Bundesrat", kind)
    (finding,) = found(source, "The Federal Council said no to the press.", "Bundesrat", kind)
    assert finding.message == (
        "“Bundesrat” is marked as another language (de), but was translated."
    )


def test_a_mark_that_was_guessed_is_told_of_with_where_it_lies() -> None:
    source = "Le préfet a dit zut alors à la presse."
    target = "The prefect cursed in front of the press."
    (finding,) = found(source, target, "zut alors", InlineKind.LINK)
    assert finding.severity.value == "polish"
    assert finding.message == "The place of the link on “zut alors” was guessed: “cursed”."
