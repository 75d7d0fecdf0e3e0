"""Spaces that the model forgot before a word that it copied are put back, and no others."""

from __future__ import annotations

import pytest

from pipeline.engines.embedded.spaces import parted

HINTED = [["arter", "ies"], ["British"], ["man"], ["land"]]


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["▁tubes", "▁called", "arter", "ies", "."], "▁tubes▁called▁arteries."),
        (["▁the", "British", "Trav", "eller"], "▁the▁British▁Traveller"),
        (["▁the", "▁city", "▁of", "Oak", "land"], "▁the▁city▁of▁Oakland"),
        # A whole word, and what the French joins itself.
        (["▁ar", "ter", "ies"], "▁arteries"),
        (["▁the", "▁i", "Phone", "▁of", "▁Mc", "Donald"], "▁the▁iPhone▁of▁McDonald"),
        # A word that English has ends as a hint does, or is written otherwise in the French.
        (["▁a", "▁fisher", "man", "▁of", "▁grass", "land", "."], "▁a▁fisherman▁of▁grassland."),
        (["▁on", "▁You", "Tube"], "▁on▁YouTube"),
        # After a mark, a figure, a single letter or a capital nothing is missing.
        (["▁anti", "-", "British", "▁(", "British", ")"], "▁anti-British▁(British)"),
        (["▁A", "1", "GP", "▁e", "Bay", "▁NA", "TO"], "▁A1GP▁eBay▁NATO"),
        ([], ""),
    ],
)
def test_a_word_that_is_joined_is_parted(pieces: list[str], text: str) -> None:
    source = (
        "Des artères à Oakland : l’iPhone de McDonald, anti-britannique, A1GP, eBay, OTAN, Youtube."
    )
    found = parted(pieces, HINTED, source)
    assert "".join(found) == text
    assert [piece.removeprefix("▁") for piece in found] == [p.removeprefix("▁") for p in pieces]
