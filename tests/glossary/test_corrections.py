"""What people change in the English alike becomes proposals for the glossary, and nothing else."""

from __future__ import annotations

from itertools import product

import pytest

from pipeline.glossary.changes import Correction
from pipeline.glossary.corrections import learned
from pipeline.glossary.match import Matcher
from pipeline.model import Entry, EntryKind, Match

TEXTS = [
    (
        "Les troupes nord-coréennes ont gagné la zone de front.",
        "The North Korean troops reached a region.",
        "The North Korean troops reached the front-line area.",
    ),
    (
        "Une zone de front plus calme a été visitée par Kiev.",
        "A region that was calmer was visited by Kiev.",
        "A front-line area that was calmer was visited by Kyiv.",
    ),
    (
        "Le changement climatique menace la pêche.",
        "Climatic change threatens fishing.",
        "Climate change is a threat to fishing.",
    ),
    (
        "Face au changement climatique, la pêche souffre.",
        "Faced with climatic change, fishing suffers.",
        "Faced with climate change, fishing is suffering.",
    ),
    (
        "M. Lefèvre a reçu le ministre des Affaires étrangères.",
        "Mr Leferve received the Minister of Foreign Affairs.",
        "Mr Lefèvre received the Foreign Minister.",
    ),
    (
        "Le ministre des Affaires étrangères a quitté Séoul.",
        "The Minister of Foreign Affairs left Seoul.",
        "The Foreign Minister has left Seoul.",
    ),
    ("Le conseil a voté.", "The council voted.", "The board voted."),
]
CORRECTIONS = [Correction(f"b{n:04}.s01", *text) for n, text in enumerate(TEXTS)]


def test_a_term_changed_alike_twice_and_a_name_changed_once_are_proposed() -> None:
    found = {each.entry.source: each for each in learned(CORRECTIONS)}
    assert {source: each.entry.target for source, each in found.items()} == {
        "zone de front": "front-line area",
        "changement climatique": "climate change",
        "ministre des Affaires étrangères": "Foreign Minister",
        "Kiev": "Kyiv",
        "Lefèvre": "Lefèvre",
    }
    assert found["Kiev"].entry.kind is EntryKind.NAME
    area = found["zone de front"]
    assert area.comment == "corrected 2 times, from region (2)"
    assert [each.place for each in area.examples] == ["b0000.s01", "b0001.s01"]


def test_what_the_glossary_asks_for_is_not_proposed_and_what_differs_says_so() -> None:
    known = [
        Entry("1", "Kiev", "Kyiv", EntryKind.NAME),
        Entry("2", "zone de front", "front", variants=("front",)),
    ]
    found = {each.entry.source: each for each in learned(CORRECTIONS, known)}
    assert "Kiev" not in found
    assert found["zone de front"].comment.endswith("; a glossary has front")


def test_what_people_render_in_several_ways_is_no_term() -> None:
    others = [
        Correction(f"c{n}", "Le conseil a voté.", "The council voted.", f"The {said} voted.")
        for n, said in enumerate(["board", "board", "cabinet", "senate", "panel"])
    ]
    assert learned(others) == []
    assert [each.against for each in learned(others[:4])] == [2]


def test_sentences_that_were_written_anew_teach_nothing() -> None:
    anew = [
        Correction(
            f"d{n}",
            "La pluie est tombée sans cesse sur le village pendant trois jours.",
            "The rain fell without end on the village for three days.",
            "For three whole days on end it never once stopped raining there.",
        )
        for n in range(3)
    ]
    assert learned(anew) == []
    assert learned([Correction("e", "Oui.", "Yes.", "")]) == []
    assert learned([Correction("e", "12", "", "12")]) == []


def test_the_capital_of_a_longer_name_is_not_the_term_s() -> None:
    def corrections(*pairs: tuple[str, str, str]) -> list[Correction]:
        return [Correction(f"f{n}", *pair) for n, pair in enumerate(pairs)]

    name = corrections(
        ("L'accord de Paris est là.", "The Paris deal is here.", "The Paris Agreement is here."),
        ("Lisez l'accord de Paris.", "Read the Paris deal.", "Read the Paris Agreement."),
    )
    assert [(each.entry.source, each.entry.target) for each in learned(name)] == [
        ("accord", "agreement")
    ]
    capitals = corrections(
        *((each.source, each.after.replace("A", "a"), each.after) for each in name)
    )
    assert learned(capitals) == []
    house_style = corrections(
        ("Le comité est là.", "The committee is here.", "The Committee is here."),
        ("Lisez le comité.", "Read the committee.", "Read the Committee."),
    )
    assert [each.entry.target for each in learned(house_style)] == ["Committee"]


def test_what_is_rendered_otherwise_is_found_in_every_form() -> None:
    said = [("Le travail est là.", "The {} is here."), ("Les travaux sont là.", "The {} is here.")]
    sentences = [said[0], said[0], said[1], said[1]]
    found = learned(
        [
            Correction(f"g{n}", french, english.format("labour"), english.format(word))
            for n, ((french, english), word) in enumerate(
                zip(sentences, ("work", "work", "toil", "graft"), strict=True)
            )
        ]
    )
    assert [(each.entry.target, each.against) for each in found] == [("work", 2)]


def test_the_time_grows_with_the_corrections(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0
    matches = Matcher.matches

    def counted(self: Matcher, text: str) -> tuple[Match, ...]:
        nonlocal looked
        looked += 1
        return matches(self, text)

    monkeypatch.setattr(Matcher, "matches", counted)
    names = ["".join(pair) + "ov" for pair in product(("Ka", "Lo", "Mi", "Pe"), ("ra", "to", "vu"))]
    found = learned(
        [
            Correction(name, f"Hier {name} a parlé.", f"{name}a spoke.", f"{name} spoke.")
            for name in names
        ]
    )
    assert len(found) == len(names)
    assert looked == len(names)
