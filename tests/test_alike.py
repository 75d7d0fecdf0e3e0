"""Texts laid over each other by words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alike import differences


@pytest.mark.parametrize(
    ("old", "new", "stretches"),
    [
        ("Il pleut.", "Il pleut.", [("Il pleut.", "same")]),
        (
            "Il pleut mardi.",
            "Il neige mardi.",
            [
                ("Il", "same"),
                (" pleut", "gone"),
                (" ", "same"),
                ("neige", "new"),
                (" mardi.", "same"),
            ],
        ),
        ("Il pleut fort.", "Il pleut.", [("Il pleut", "same"), (" fort", "gone"), (".", "same")]),
        ("", "Il", [("Il", "new")]),
    ],
)
def test_words_that_differ_are_told_apart(
    old: str, new: str, stretches: list[tuple[str, str]]
) -> None:
    assert [(each.text, each.kind) for each in differences(old, new)] == stretches


@given(st.text("ab ,’\n\u00a0", max_size=20), st.text("ab ,’\n\u00a0", max_size=20))
def test_without_what_is_gone_it_is_the_new_text(old: str, new: str) -> None:
    kept = "".join(each.text for each in differences(old, new) if each.kind != "gone")
    assert kept == new
