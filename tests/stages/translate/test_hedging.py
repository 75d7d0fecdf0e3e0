"""What the French says without being sure of it, the engine is asked to say so too."""

from __future__ import annotations

import pytest

from pipeline.model import Hint, Hypothesis, Segment
from pipeline.stages.translate.hedging import hedges
from pipeline.stages.translate.part import Candidate


def asked(source: str, target: str) -> tuple[Hint, ...]:
    segment = Segment("b0000.s01", 0, 0, len(source), source)
    return hedges(Candidate(segment, (), Hypothesis(target, -0.3, True)))


@pytest.mark.parametrize(
    ("source", "target", "french", "english"),
    [
        (
            "L’homme aurait conduit un camion.",
            "The man would have driven a lorry.",
            "aurait conduit un camion",
            "reportedly drove a lorry",
        ),
        (
            "Les rebelles auraient pris le contrôle de l’aéroport.",
            "The rebels took control of the airport.",
            "auraient pris le contrôle",
            "reportedly took control",
        ),
        (
            "Deux des victimes auraient été tuées.",
            "Two of the victims were killed.",
            "auraient été tuées",
            "were reportedly killed",
        ),
        (
            "Deux des victimes auraient été tuées sur le coup.",
            "Two of the victims had been killed on purpose.",
            "auraient été tuées sur le coup",
            "were reportedly killed instantly",
        ),
        # What somebody is said to have been; a participle stays one.
        (
            "Le journaliste aurait été victime d’une agression.",
            "The journalist was the victim of an assault.",
            "aurait été victime",
            "was reportedly the victim",
        ),
        (
            "Les deux hommes auraient été à l’origine de la fuite.",
            "Both men were behind the leak.",
            "auraient été à l’origine de",
            "were reportedly behind",
        ),
        (
            "Il aurait été relaxé mardi.",
            "He was acquitted on Tuesday.",
            "aurait été relaxé",
            "was reportedly acquitted",
        ),
        # Nothing but no-break spaces parts the words.
        (
            "Il\u00a0aurait\u00a0conduit.",
            "He would have driven.",
            "aurait\u00a0conduit",
            "reportedly drove",
        ),
        # The engine lost the verb itself.
        (
            "Le groupe aurait perdu trois hommes.",
            "The group had three men.",
            "aurait perdu",
            "reportedly lost",
        ),
        (
            "Elle serait née au Sénégal.",
            "She was born in Senegal.",
            "serait née",
            "was reportedly born",
        ),
        (
            "Les jumelles seraient nées en Syrie.",
            "The twins were born in Syria.",
            "seraient nées",
            "were reportedly born",
        ),
        # Participles that alone are read as nouns or adjectives.
        (
            "La police aurait saisi des armes.",
            "The police would have seized weapons.",
            "aurait saisi",
            "reportedly seized",
        ),
        (
            "Deux pêcheurs auraient disparu.",
            "Two fishermen went missing.",
            "auraient disparu",
            "reportedly went missing",
        ),
        (
            "L’armée aurait commis des crimes.",
            "The army perpetrated crimes.",
            "aurait commis",
            "reportedly perpetrated",
        ),
        # Reflexive verbs, by what they are with « se », or as the candidate says.
        (
            "Le suspect se serait enfui.",
            "The suspect would have run.",
            "se serait enfui",
            "reportedly fled",
        ),
        (
            "L’accident se serait produit lundi.",
            "The accident happened on Monday.",
            "se serait produit",
            "reportedly happened",
        ),
        # What is, not what was.
        (
            "Dix soldats seraient détenus au Nord.",
            "Ten soldiers are detained in the North.",
            "seraient détenus",
            "are reportedly detained",
        ),
        (
            "Un mégot serait à l’origine du feu.",
            "A cigarette butt is behind the fire.",
            "serait",
            "is reportedly",
        ),
        (
            "L’incendie serait dû à un mégot.",
            "The fire is due to a cigarette butt.",
            "serait",
            "is reportedly",
        ),
        (
            "Ces mariages ne sont légaux que dans le Sud.",
            "These marriages are legal in the South.",
            "que",
            "only",
        ),
        (
            "Trois soldats sont morts, selon un officier.",
            "Three soldiers died, an officer.",
            "selon",
            "according to",
        ),
    ],
)
def test_what_is_told_as_a_fact_is_asked_as_it_is(
    source: str, target: str, french: str, english: str
) -> None:
    assert asked(source, target) == (Hint(french, english),)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("L’homme aurait conduit un camion.", "The man reportedly drove a lorry."),
        ("S’il avait su, il aurait conduit.", "Had he known, he would have driven."),
        ("Selon la police, il aurait tiré.", "According to the police, he fired."),
        ("Le texte n’entrera en vigueur que lundi.", "It will not come into force until Monday."),
        # What was not is too much to ask; what one should have done is no rumour.
        ("Le commandant n’aurait pas répondu.", "The commander did not reply."),
        ("Il aurait dû partir.", "He left."),
        # « Se perdre » is not « perdre ».
        ("La note se serait perdue.", "The memo went astray."),
        # No participle, or none of whose verbs is known to be meant.
        ("Il aurait trois enfants.", "He has three children."),
        ("Il aurait droit à une prime.", "He is entitled to a bonus."),
        ("L’homme aurait tiré.", "The man ate."),
    ],
)
def test_what_hedges_already_or_cannot_be_told_is_left_alone(source: str, target: str) -> None:
    assert asked(source, target) == ()
