"""Renderings in the person of the French: whose a possessive is, and forms in -ing."""

from __future__ import annotations

import pytest

from pipeline.language.dictionary import dictionary
from tests.language.test_dictionary import found


@pytest.mark.parametrize(
    ("text", "surface", "whose"),
    [
        ("Ils ont annoncé la couleur.", "annoncé la couleur", ["their"]),
        ("Les élus annoncent la couleur.", "annoncent la couleur", ["their"]),
        ("Nous annonçons la couleur.", "annonçons la couleur", ["our"]),
        ("Vous annoncez la couleur.", "annoncez la couleur", ["your"]),
        ("J'annonce la couleur.", "annonce la couleur", ["my"]),
        ("Elle annonce la couleur.", "annonce la couleur", ["her", "its"]),
        ("Le maire annonce la couleur.", "annonce la couleur", ["his", "her", "its"]),
        ("Le maire a annoncé la couleur.", "annoncé la couleur", ["his", "her", "its"]),
        ("Il faut annoncer la couleur.", "annoncer la couleur", ["his", "her", "its"]),
        ("Annoncer la couleur suffit.", "Annoncer la couleur", ["his", "her", "their"]),
        ("Nous devons annoncer la couleur.", "annoncer la couleur", ["our"]),
        ("Le maire nous annonce la couleur.", "annonce la couleur", ["his", "her", "its"]),
        ("Vous nous annoncez la couleur.", "annoncez la couleur", ["your"]),
        ("J'ai annoncé la couleur.", "annoncé la couleur", ["my"]),
        ("Tu as déjà annoncé la couleur.", "annoncé la couleur", ["your"]),
        ("Je lui annonce la couleur.", "annonce la couleur", ["my"]),
        ("On annonce la couleur.", "annonce la couleur", ["their", "our"]),
    ],
)
def test_the_verb_tells_whose_it_is(text: str, surface: str, whose: list[str]) -> None:
    term = found(text, surface)
    texts = [each.text for each in term.renderings]
    assert [text.split()[1] for text in texts[: len(whose)]] == whose
    assert not any("one's" in text for text in texts)
    assert term.open == (len(whose) > 1)  # none of several is asked for


@pytest.mark.parametrize(
    ("text", "surface", "english"),
    [
        (
            "Ils partent à leurs risques et périls.",
            "à leurs risques et périls",
            "at their own risk",
        ),
        (
            "Ils ont vendu chèrement leur peau.",
            "vendu chèrement leur peau",
            "put up a fierce fight",
        ),
        ("Elles se sont fait connaître.", "se sont fait connaître", "made themselves known"),
        ("Je me suis fait connaître.", "me suis fait connaître", "made myself known"),
        ("Ils vivent à leur guise.", "à leur guise", "as they please"),
        ("La police est à leurs trousses.", "à leurs trousses", "after them"),
    ],
)
def test_a_possessive_of_the_french_tells_too(text: str, surface: str, english: str) -> None:
    assert english in [each.text for each in found(text, surface).renderings]


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("À bout de nerfs, une trentaine de riverains ont bloqué l'accès.", ["their"]),
        ("À bout de nerfs, elles renoncent.", ["their"]),
        ("À bout de nerfs, elle renonce.", ["her", "its"]),
        ("À bout de nerfs, le maire a renoncé.", ["his", "her", "their"]),
    ],
)
def test_the_subject_behind_a_phrase_that_opens_a_sentence_tells(
    text: str, whose: list[str]
) -> None:
    texts = [each.text for each in found(text, "À bout de nerfs").renderings]
    assert texts[: len(whose)] == [f"at the end of {each} tether" for each in whose]


def test_a_phrase_of_one_person_is_none_of_another() -> None:
    assert "nowadays" in [
        each.text for each in found("De nos jours, non.", "De nos jours").renderings
    ]
    assert all(" " not in term.surface for term in dictionary().terms("La fin de ses jours."))


@pytest.mark.parametrize(
    ("text", "surface", "english"),
    [
        ("Au lieu de claquer la porte, il reste.", "claquer la porte", "walking out"),
        ("Accusée d'espionner son voisin.", "espionner", "spying on"),
        ("Elle crie avant de rabrouer son frère.", "rabrouer", "snubbing"),
        ("Il promet de rabrouer son frère.", "rabrouer", "snub"),
        ("Au lieu de le rabrouer, il sourit.", "rabrouer", "snubbing"),
        ("Sans jamais rabrouer son frère.", "rabrouer", "snubbing"),
        ("Ils risquaient de claquer la porte.", "claquer la porte", "walking out"),
        ("Il est forcé de claquer la porte.", "claquer la porte", "walk out"),
        ("Il est parti sans se faire connaître.", "se faire connaître", "coming forward"),
        ("Elle veut se faire connaître.", "se faire connaître", "come forward"),
        ("Il faut l'emporter sur eux.", "l'emporter sur", "outweigh"),
    ],
)
def test_english_does_where_french_has_an_infinitive(text: str, surface: str, english: str) -> None:
    assert found(text, surface).renderings[0].text == english


@pytest.mark.parametrize(
    ("text", "surface", "english"),
    [
        ("Les maïs sont couchés.", "maïs", "maize"),
        ("Des rançongiciels.", "rançongiciels", "ransomware"),
    ],
)
def test_what_has_no_plural_stays(text: str, surface: str, english: str) -> None:
    assert found(text, surface).renderings[0].text == english


def test_any_possessive_answers() -> None:
    answers = dictionary().answered("Ils ont tenu leurs promesses.", "They kept his promises.")
    assert not answers.unanswered
