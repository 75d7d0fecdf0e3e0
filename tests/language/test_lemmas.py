"""What a word may be, by the French lexicon: no word is too short or too strange to be asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.dictionary import dictionary
from pipeline.language.lemmas import (
    english_base,
    is_adverb,
    is_infinitive,
    known,
    lemma,
    may_be_participle,
)

# Words that are nothing but an ending: « ment » is of mentir, « ait » of avoir, « er » of nothing.
ENDINGS = (
    "ment emment amment er ir ïr re ent ait ant eait issait yait a s ez ons é ée és ées i u it is "
    "rons ra e x aux al eux euse trice teur tion"
).split()
SMALL = ["il", "tient", "prend", "fait", "met", "mène", "en", "bon", "soin", "face", "bateau", "de"]


@pytest.mark.parametrize("word", ["", *ENDINGS])
def test_an_ending_alone_is_a_word_like_others(word: str) -> None:
    assert lemma(word) or not word
    for tell in (known, is_adverb, is_infinitive, may_be_participle, english_base):
        tell(word)
    assert not is_adverb(word)


@given(st.text(max_size=8))
def test_any_word_has_a_lemma(word: str) -> None:
    assert lemma(word) or not word
    for tell in (known, is_adverb, is_infinitive, may_be_participle, english_base):
        tell(word)


@given(st.lists(st.sampled_from(SMALL + ENDINGS), max_size=9))
def test_any_words_in_any_order_are_read(words: list[str]) -> None:
    text = " ".join(words)
    for term in dictionary().terms(text):
        assert text[term.start : term.end] == term.surface


def test_who_lies_is_no_adverb() -> None:
    (take, truth, lie) = dictionary().terms("Il prend toujours soin de la vérité et ment.")
    assert [take.lemma, truth.lemma, lie.lemma] == ["prendre soin de", "vérité", "mentir"]
    assert is_adverb("rapidement")
    assert is_adverb("récemment")
    assert not is_adverb("gouvernement")
