"""Cleaning keeps what is visible and reports the rest."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import clean, fingerprint, slug


@pytest.mark.parametrize(
    ("text", "cleaned", "codes"),
    [
        ("a\r\nb\rc\x0bd\x0ce\x85f\u2028g", "a\nb\nc\nd\ne\nf\ng", []),
        ("a\u2029b", "a\n\nb", []),
        ("a\tb", "a b", []),
        ("a\x00\x07b\x9f", "ab", ["control"]),
        ("\u202eabc\u202c\u2066d\u200f", "abcd", ["bidi"]),
        ("co\u00adop\u200bé\ufeff", "coopé", ["invisible"]),
        ("a\ud800b", "a\ufffdb", ["surrogate"]),
        ("a\ufffdb", "a\ufffdb", ["replacement"]),
        ("a\uffffb\U0001fffe", "ab", ["noncharacter"]),
        ("e\u0301te\u0301", "été", []),
        ("« 1\u202f000\u00a0€ » — l’œuvre…", "« 1\u202f000\u00a0€ » — l’œuvre…", []),
    ],
)
def test_cleans_and_reports(text: str, cleaned: str, codes: list[str]) -> None:
    result, notices = clean(text)
    assert result == cleaned
    assert [notice.code for notice in notices] == codes


def test_a_notice_counts_and_names_the_first_line() -> None:
    _, (notice,) = clean("un\ndeux\x00\ntrois\x01")
    assert (notice.line, notice.message) == (2, "2 control characters removed, first on line 2")


@given(st.text(st.characters(codec=None)))
def test_clean_text_can_be_printed_and_stays_as_it_is(text: str) -> None:
    cleaned, _ = clean(text)
    cleaned.encode()
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c != "\n" for c in cleaned)
    assert clean(cleaned)[0] == cleaned


# Letters to Unicode, of which nothing is seen: fillers of Korean syllables.
BLANK_LETTERS = "\u115f\u1160\u3164\uffa0"


@given(
    st.text(st.characters(categories=["L", "N", "P", "Sc", "Zs"], exclude_characters=BLANK_LETTERS))
)
def test_cleaning_loses_nothing_visible(text: str) -> None:
    assert clean(text)[0] == unicodedata.normalize("NFC", text)


@given(st.text())
def test_a_slug_is_a_safe_file_name(name: str) -> None:
    made = slug(name)
    assert 1 <= len(made) <= 40
    assert made.isascii()
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not made.startswith("-")


def test_fingerprints_depend_on_values_and_not_on_key_order() -> None:
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
