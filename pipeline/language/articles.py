"""A text in; the article at its end or its beginning, and which of a and an a word wants, out."""

from __future__ import annotations

import re
from typing import Final

ARTICLES: Final = frozenset({"a", "an", "the"})
ARTICLE_BEFORE: Final = re.compile(r"\b(a|an|the)(\s+)$", re.IGNORECASE)
"""An article at the end of the text before a place."""

FRENCH_ARTICLES: Final = ("le", "la", "les", "un", "une")
_FRENCH: Final = "|".join(FRENCH_ARTICLES)
FRENCH_ARTICLE_BEFORE: Final = re.compile(rf"\b(?:(?:{_FRENCH})\s|l['’])$", re.IGNORECASE)
FRENCH_ARTICLE_OR_CONTRACTION_BEFORE: Final = re.compile(
    rf"\b(?:(?:{_FRENCH}|aux?|du|des)\s|l['’])$", re.IGNORECASE
)
"""A French article at the end of the text before a place; or one that melted with a preposition."""

_OWN: Final = re.compile(r"\A(?:a|an|the)\s+", re.IGNORECASE)
# How words begin in speech where their first letter says otherwise.
_VOWEL_SOUNDS: Final = re.compile(r"hon(?:est|ou?r)|heir|hour|[aeiou]|8|1[18]\b", re.IGNORECASE)
_CONSONANT_SOUNDS: Final = re.compile(
    r"eu|ewe|one\b|once\b|uni(?!n|m|d)|unesco|us(?:e|a[bg]|ual|u)|ut(?:il|op|er)|ubiq|ugand"
    r"|ur(?:an|in|uguay)|uk|u\.",
    re.IGNORECASE,
)
# Acronyms so short, or without a vowel, are spelt: an FBI agent, a NATO officer.
_SPELT: Final = 3
_SAID_WITH_A_VOWEL: Final = frozenset("AEFHILMNORSX")


def without_article(phrase: str) -> str:
    """Return a phrase without the article that it begins with; one that has none stays."""
    return _OWN.sub("", phrase, count=1)


def with_article(before: str, new: str) -> str:
    """Give the text before a word with the "a" or "an" at its end as the word wants it."""
    article = ARTICLE_BEFORE.search(before)
    if article is None or article[1].lower() == "the":
        return before
    wanted = ("an" if begins_with_vowel(new) else "a") + article[2]
    if article[1][0].isupper():
        wanted = wanted[0].upper() + wanted[1:]
    return before[: article.start()] + wanted


def begins_with_vowel(word: str) -> bool:
    """Whether a word begins with a vowel in speech ("hour", "FBI"; not "European", "UK")."""
    first = re.split(r"\W", word, maxsplit=1)[0]
    if first.isupper() and (len(first) <= _SPELT or not re.search(r"[AEIOUY]", first)):
        return first[0] in _SAID_WITH_A_VOWEL
    return bool(_VOWEL_SOUNDS.match(word)) and not _CONSONANT_SOUNDS.match(word)
