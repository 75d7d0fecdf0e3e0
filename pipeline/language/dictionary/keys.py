"""A French or English text in; its words, their keys, and which of them carry meaning, out.

The tool that builds the dictionary and the module that reads it share these rules.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.language.small_words import ENGLISH_FUNCTION, FRENCH_FUNCTION
from pipeline.text import fold

# What may stand between two words of one term: nothing but a space, a hyphen or an apostrophe.
GAP: Final = re.compile(r"[ \u00a0\u202f\u2009]?['’ʼ\-‐‑ \u00a0\u202f\u2009]")
LONGEST: Final = 8  # words of a term
# « Vendre chèrement sa peau », « vendu chèrement leur peau »; « de nos jours » has no others.
_POSSESSIVES: Final = frozenset("son sa ses leur leurs".split())


class Place(NamedTuple):
    """A word of a text and where it stands: ``lower`` is composed, without ligatures."""

    text: str
    lower: str
    start: int
    end: int


def plain(text: str) -> str:
    """The text composed, in lower case, without ligatures: œ and æ are two letters."""
    return unicodedata.normalize("NFC", text).lower().replace("œ", "oe").replace("æ", "ae")


def places(text: str) -> list[Place]:
    """The words of a text with their spans in the text as it was given."""
    return [Place(m[0], _plain_word(m[0]), *m.span()) for m in _SPANS.finditer(text)]


# Words of texts that were not composed hold combining accents.
_SPANS: Final = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f\u00ad])*")


@lru_cache(maxsize=1 << 12)
def _plain_word(word: str) -> str:
    return plain(word.replace("\u00ad", ""))


@lru_cache(maxsize=1 << 12)
def stem(lower: str) -> str:
    """A French word without accents and without the endings of plurals and feminines.

    "décisives" and "décisive" → "decisiv", "chevaux" → "cheval"; only ever compared with itself.
    """
    for ending in ("ées", "ée", "és"):
        if lower.endswith(ending):  # déboutées, as débouté
            lower = lower.removesuffix(ending) + "é"
    folded = fold(lower)
    if len(folded) > 4 and folded.endswith("aux") and not folded.endswith("eaux"):
        return folded[:-2] + "l"
    if len(folded) > 2 and folded[-1] in "sx":
        folded = folded[:-1]
    if len(folded) > 3 and folded[-1] == "e":
        folded = folded[:-1]
    return folded


def phrase_stem(lower: str) -> str:
    """A word in the key of a term of several words: third persons' possessives are alike."""
    return "son" if lower in _POSSESSIVES else stem(lower)


def phrase_key(words: Iterable[str]) -> str:
    """The key of a term of several words, equal for singular and plural, whosever it is."""
    return " ".join(map(phrase_stem, words))


def is_content(lower: str, french: bool) -> bool:
    """Whether a word, in lower case, carries meaning of its own: letters, not a function word."""
    if len(lower) < 2 or not lower.isalpha():
        return False
    return lower not in (FRENCH_FUNCTION if french else ENGLISH_FUNCTION)
