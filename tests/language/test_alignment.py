"""Marked French words are found again in the English."""

from __future__ import annotations

import pytest

from pipeline.documents.project import projected
from pipeline.language.alignment import place_after, project
from pipeline.model import InlineKind, InlineMark


@pytest.mark.parametrize(
    ("source", "marked", "target", "wanted"),
    [
        (
            "Le conseil municipal a voté mardi soir l’aménagement du quartier.",
            "conseil municipal",
            "The city council voted on Tuesday evening for the development of the district.",
            "city council",
        ),
        (
            "Selon la maire, la traversée sera gratuite pour les habitants de l’île.",
            "la traversée sera gratuite",
            "According to the mayor, the crossing will be free for the inhabitants of the island.",
            "the crossing will be free",
        ),
        (
            "Le calendrier est publié sur le site de la commune.",
            "site de la commune",
            "The calendar is published on the commune's website.",
            "commune's website",
        ),
        ("Le billet s’achète à bord.", "à bord", "The ticket is bought on board.", "on board"),
        (
            "Il cite Jean Dupont et Le Monde.",
            "Le Monde",
            "He quotes Jean Dupont and Le Monde.",
            "Le Monde",
        ),
        (
            "La loi de 2024 a coûté 3 millions.",
            "3 millions",
            "The 2024 law cost 3 million.",
            "3 million",
        ),
    ],
)
def test_a_stretch_lies_where_its_words_lie(
    source: str, marked: str, target: str, wanted: str
) -> None:
    start = source.index(marked)
    placed = project(source, target, start, start + len(marked))
    assert target[placed.start : placed.end] == wanted
    assert placed.sure


def test_a_call_for_a_note_stands_behind_its_word_and_the_point() -> None:
    source, target = "Le maire a voté le budget.", "The mayor voted the budget."
    assert target[: place_after(source, target, source.index(" a voté"))] == "The mayor"
    assert place_after(source, target, source.index(".")) == len(target)


def test_marks_of_a_sentence_and_of_its_words() -> None:
    source, target = "Le 1er mai, du CO2 partout.", "On 1 May, CO2 everywhere."
    whole = InlineMark(InlineKind.EMPHASIS, 0, len(source) - 1)
    ordinal = InlineMark(InlineKind.SUPERSCRIPT, 4, 6)
    figure = InlineMark(InlineKind.SUBSCRIPT, source.index("2 p"), source.index("2 p") + 1)
    made = projected(source, target, [whole, ordinal, figure])
    assert [(m.kind, target[m.start : m.end]) for m in made] == [
        (InlineKind.EMPHASIS, target),
        (InlineKind.SUBSCRIPT, "2"),
    ]
    assert projected(source, source, [whole, ordinal]) == (whole, ordinal)
