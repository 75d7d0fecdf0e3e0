"""A word in; whether its letters or the bundled lists say that it is French, out."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.language.data import data_lines
from pipeline.language.lexicon import lexicon, stem_of
from pipeline.language.small_words import FRENCH_ONLY
from pipeline.text import fold

# Letters and endings of French words; English words that have them too are known to the lexicon.
_FRENCH_LOOK = re.compile(
    r"[éèêëàâîïôûùçœ]|(?:iques?|elles?|[ao]ires?|eurs?|eux|euses?|ismes?|istes?|[ie]ennes?|aux"
    r"|ait|aient|ifs?|ions?nes?)$"
)


def may_be_french(word: str) -> bool:
    """Whether the lexicon has a word in French, or its letters are French."""
    return stem_of(fold(word)) in lexicon().french or _FRENCH_LOOK.search(word) is not None


def looks_french(word: str, *, seen: bool = True) -> bool:
    """Whether a lower-case word is French by the lexicon, or by its letters.

    ``seen``: French texts have it, so that its stem may speak for it.
    """
    table = lexicon()
    stem = stem_of(fold(word))
    known = word in FRENCH_ONLY or (stem in table.french and stem not in table.english)
    return (seen and known) or _FRENCH_LOOK.search(word) is not None


@lru_cache(maxsize=1)
def borrowed() -> frozenset[str]:
    """Return the French words that an English dictionary has, read on first use."""
    return frozenset(data_lines("borrowed.txt"))
