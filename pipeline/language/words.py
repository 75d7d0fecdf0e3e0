"""A text in, its words with spans out; and the small closed word lists the checks share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.text import fold

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits: ``lower`` is its text in lower case."""

    start: int
    end: int
    text: str
    lower: str


@lru_cache(maxsize=512)
def words(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order; apostrophes and hyphens part words.

    Most checks ask for the same two texts, so the last few are remembered.
    """
    return tuple(Word(*match.span(), match[0], match[0].lower()) for match in _WORD.finditer(text))


def blanked(text: str, phrases: re.Pattern[str]) -> str:
    """Return a text with spaces in place of phrases, so that all else keeps its place."""
    return phrases.sub(lambda match: " " * len(match[0]), text)


# French function words that are not English words.
_FRENCH_ONLY_WORDS = (
    "le la les du des de et est une dans pour que qui avec aux ce cette ces cet il elle ils "
    "elles nous vous je tu ne pas sont était étaient être avoir ont leur leurs ses sa mais ou "
    "où donc sous chez vers depuis très aussi même comme cela ça été fait faire selon afin "
    "lors dont ainsi alors sans tout tous toute toutes après avant contre pendant au sur par "
    "plus se y si en son qu lui eux elles nos vos mes tes notre votre quand puis entre jusqu "
    "déjà encore peu peut doit font vont avait avaient sera seront serait serais aurait ceux "
    "celle celles celui"
)
FRENCH_ONLY = frozenset(_FRENCH_ONLY_WORDS.split()) - frozenset(
    ["par", "son", "fait", "font", "entre", "plus", "sans", "vs", "y", "pas", "ou", "si"]
)

# English words that carry little meaning of their own: their repetition is no loop.
_ENGLISH_COMMON_WORDS = (
    "a an the and or but nor so yet of to in on at by for from with without into onto over "
    "under as than that this these those there here it its he she his her hers him they them "
    "their we us our you your i me my who whom whose which what when where why how is are was "
    "were be been being am do does did done have has had having will would shall should can "
    "could may might must not no if then also more most less least very such same other "
    "another each every all any some one two both few many much own up down out off about "
    "after before between during through while because until only just even still again once "
    "now s t ll re ve d m"
)
ENGLISH_COMMON = frozenset(_ENGLISH_COMMON_WORDS.split())

# French words that carry little meaning of their own.
FRENCH_COMMON = frozenset(_FRENCH_ONLY_WORDS.split()) | frozenset(
    map(fold, _FRENCH_ONLY_WORDS.split())
)
FRENCH_COMMON |= frozenset("un est suis sommes êtes es as ai avons avez auront soit soient".split())
