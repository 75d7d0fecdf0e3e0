"""What was translated is used again with other names and numbers, where these alone differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.substitution import substituted

SIGNED = ("Le ministre a signé 12 accords en 2026.", "The minister signed 12 deals in 2026.")


@pytest.mark.parametrize(
    ("source", "old_source", "old_target", "expected"),
    [
        (
            "Le ministre a signé 1 250,5 accords en 2027.",
            *SIGNED,
            "The minister signed 1,250.5 deals in 2027.",
        ),
        ("En 2026 150 accords.", "En 2025 140 accords.", "In 2025, 140.", "In 2026, 150."),
        (
            "Anne Kask a quitté Londres lundi.",
            "Bo Roy a quitté Genève lundi.",
            "Bo Roy left Geneva on Monday.",
            "Anne Kask left London on Monday.",
        ),
        ("La Russie a dit : « Non »", "La Chine a dit\u00a0: «Non»", "China: “No”", "Russia: “No”"),
        # the same sentence, another word, another name for the same one, a number in words
        (*SIGNED[:1], *SIGNED, ""),
        ("Le ministre a lu 12 accords en 2026.", *SIGNED, ""),
        ("Anne voit Bo.", "Zoé voit Zoé.", "Zoé sees Zoé.", ""),
        ("Il a 7 ans.", "Il a 8 ans.", "He is eight.", ""),
        # a number that stands in the English twice, or as a part of another
        ("Le 12 à Lyon.", "Le 11 à Lyon.", "On 11 in Lyon, 11.", ""),
        ("Le 12 à Lyon.", "Le 11 à Lyon.", "On 11.5 in Lyon.", ""),
        # the first word's capital is the sentence's
        ("Demain, il part.", "Hier, il part.", "Yesterday, he leaves.", ""),
        ("", "", "", ""),
    ],
)
def test_only_names_and_numbers_may_differ(
    source: str, old_source: str, old_target: str, expected: str
) -> None:
    assert substituted(source, old_source, old_target) == expected


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(0, 10**7))
def test_numbers_go_where_they_belong(one: int, two: int, other: int) -> None:
    if len({one, two, other}) < 3:
        return
    old, new = (f"De {a} à {two} voix." for a in (one, other))
    assert substituted(new, old, f"From {one} to {two} votes.") == (f"From {other} to {two} votes.")
