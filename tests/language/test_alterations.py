"""Acronyms that the English lost or changed, and how much is done to find out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, product

import pytest

from pipeline.language import alterations
from pipeline.language.alterations import acronyms

# Such as neither dictionary knows: BXB, BXC …
FRENCH, ENGLISH = (
    ["".join(each) for each in islice(product(letters, "X", letters, letters), 400)]
    for letters in ("BCDFGHJKLM", "NPQRSTVWZ")
)


def sentence(names: Sequence[str]) -> str:
    return "a " + " et ".join(f"les membres de {name}" for name in names)


def told(french: Sequence[str], english: Sequence[str]) -> list[str]:
    source = sentence(french)
    return [source[slice(*each.source)] for each in acronyms(source, sentence(english))]


def test_an_acronym_that_is_lost_or_changed_is_told() -> None:
    assert told(["BXBC"], []) == ["BXBC"]
    assert told(["BXBC"], ["BXCB"]) == ["BXBC"]
    assert told(["BXBC"], ["NXNP"]) == []
    assert told(FRENCH[:30], []) == FRENCH[:30]


def test_lists_of_acronyms_are_compared_no_further_than_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared = 0
    near = alterations.is_near

    def counted(one: str, other: str, most: int = 2) -> bool:
        nonlocal compared
        compared += 1
        return near(one, other, most)

    monkeypatch.setattr(alterations, "is_near", counted)
    assert told(FRENCH, ENGLISH) == []
    assert told(FRENCH, ENGLISH[:40]) == []
    assert compared <= 40 * 40
