"""Numbers in words are read as two programs not ours write and read them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from num2words import num2words
from text_to_num import text2num

from pipeline.language.numbers import extract

UP_TO_A_MILLION = st.integers(0, 2000) | st.integers(0, 10**6)
SENTENCES = {"fr": "Il y en a {} ici.", "en": "There are {} here."}


def written(value: int, language: str, kind: str = "cardinal") -> str:
    """Write a number as num2words does, but for a comma in English and two faults in French.

    "One thousand, one hundred" may be two numbers; text2num does not read it as one either. It is
    « centième » and « quatre-vingtième », and not « centsième ».
    """
    words: str = num2words(value, lang=language, to=kind)
    return words.replace(",", "").replace("tsième", "tième")


def read(words: str, language: str) -> list[str]:
    """Give the readings of the only number in a sentence; of several, an empty list."""
    found = extract(SENTENCES[language].format(words), language)
    return sorted(found[0].readings) if len(found) == 1 else []


@pytest.mark.parametrize("language", ["fr", "en"])
@given(value=UP_TO_A_MILLION)
@example(value=0)
@example(value=71_080)
@example(value=280_000)
@example(value=999_999)
@example(value=10**6)
def test_a_number_in_words_is_read_as_it_was_meant(language: str, value: int) -> None:
    words = written(value, language)
    assert f"n{value}" in read(words, language), words
    assert text2num(words, language) == value


@pytest.mark.parametrize("language", ["fr", "en"])
@given(value=UP_TO_A_MILLION.filter(bool))
@example(value=80)
@example(value=480_280)
def test_an_ordinal_in_words_is_read_as_it_was_meant(language: str, value: int) -> None:
    words = written(value, language, "ordinal")
    assert f"n{value}" in read(words, language), words


@pytest.mark.parametrize("language", ["fr_BE", "fr_CH"])
@given(value=UP_TO_A_MILLION)
@example(value=80)
def test_the_french_of_belgium_and_switzerland_is_read_too(language: str, value: int) -> None:
    words = written(value, language)
    assert f"n{value}" in read(words, "fr"), words
