"""A text in; the article at its end or its beginning, and which of a and an a word wants, out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from pipeline.language.small_words import ENGLISH_FUNCTION

ARTICLES: Final = frozenset({"a", "an", "the"})
_BEFORE: Final = re.compile(r"\b(a|an|the)(\s+)$", re.IGNORECASE)
SENTENCE_START: Final = re.compile(r"(?:^|[.!?…:]['”’»)]*\s+)[\s\"“‘«([—–-]*$")
"""The end of the text before a place where a sentence starts."""

FRENCH_ARTICLES: Final = ("le", "la", "les", "un", "une")
_FRENCH: Final = "|".join(FRENCH_ARTICLES)
FRENCH_ARTICLE_BEFORE: Final = re.compile(rf"\b(?:(?:{_FRENCH})\s|l['’])$", re.IGNORECASE)
FRENCH_ARTICLE_OR_CONTRACTION_BEFORE: Final = re.compile(
    rf"\b(?:(?:{_FRENCH}|aux?|du|des)\s|l['’])$", re.IGNORECASE
)
"""A French article at the end of the text before a place; or one that melted with a preposition."""

_OWN: Final = re.compile(r"\A(?:a|an|the)\s+", re.IGNORECASE)
# How words begin in speech where their first letter says otherwise.
_VOWEL_SOUNDS: Final = re.compile(
    r"hon(?:est|ou?r)|heir|hour|[aeiou]|8|1[18](?:\d{2,3})?(?!\d)", re.IGNORECASE
)
_CONSONANT_SOUNDS: Final = re.compile(
    r"eu|ewe|one\b|once\b|uni(?!n|m|d)|us(?:e|a[bg]|ual|u)|ut(?:il|op|er)|ubiq|ugand"
    r"|ur(?:an|in|uguay)|uk|u\.|u[iy]gh"
    # Acronyms with a vowel that are spelt or begin as "unit" does.
    r"|(?:un(?:aids|ctad|ep|esco|fpa|ga|mi[klst]|miss|odc|rwa)|us(?:aid|da)|uefa|ucla)\b",
    re.IGNORECASE,
)
_ARTICLE_AND_WORD: Final = re.compile(r"(?<![\w'’.-])(an?|\AAn?)( )([A-Za-z][a-z]{2,})\b")
# Beginnings whose sound a word has to be known for.
_DOUBTFUL: Final = re.compile(
    r"[hx]|y|eu|ew|on[ce]|oui|u(?!l[ctn]|m|n(?!i|anim|ary)|p|r[bgn]|sh|t[mt]|gl)"
)
# Acronyms so short, or without a vowel behind their first letter, are spelt: an FBI agent, a NATO
# officer, a UNHCR official.
_SPELT: Final = 3
_SAID_WITH_A_VOWEL: Final = frozenset("AEFHILMNORSX")


def without_article(phrase: str) -> str:
    """Return a phrase without the article that it begins with; one that has none stays."""
    return _OWN.sub("", phrase, count=1)


def article_before(before: str) -> re.Match[str] | None:
    """Find the article at the end of the text before a place; "Hepatitis A" ends in a letter."""
    article = _BEFORE.search(before)
    if article is None or article[1] != "A" or before.isupper():
        return article
    return article if SENTENCE_START.search(before[: article.start()]) else None


def with_article(before: str, new: str, capitals: bool = False) -> str:
    """Give the text before a word with the "a" or "an" at its end as the word wants it.

    ``capitals``: the text has no small letters.
    """
    article = article_before(before)
    if article is None or article[1].lower() == "the":
        return before
    wanted = ("an" if begins_with_vowel(new) else "a") + article[2]
    if capitals:
        wanted = wanted.upper()
    elif article[1][0].isupper():
        wanted = wanted[0].upper() + wanted[1:]
    return before[: article.start()] + wanted


def with_right_articles(text: str, is_word: Callable[[str], bool]) -> str:
    """Give a text with "a" and "an" as the words behind them want them ("a Alsatian bank").

    Only before what ``is_word`` knows or has a capital: other words may be French (« il a aimé »).
    """

    def right(found: re.Match[str]) -> str:
        article, space, word = found.groups()
        small = word.lower()
        if small in ENGLISH_FUNCTION or _DOUBTFUL.match(small):
            return found[0]
        if article[0].isupper() if word[0].isupper() else not is_word(word):
            return found[0]
        return article[0] + ("n" if small[0] in "aeiou" else "") + space + word

    return _ARTICLE_AND_WORD.sub(right, text)


def begins_with_vowel(word: str) -> bool:
    """Whether a word begins with a vowel in speech ("hour", "FBI"; not "European", "UK")."""
    first = re.split(r"\W", word, maxsplit=1)[0]
    if first.isupper() and (len(first) <= _SPELT or not re.search(r"[AEIOUY]", first[1:])):
        return first[0] in _SAID_WITH_A_VOWEL
    return bool(_VOWEL_SOUNDS.match(word)) and not _CONSONANT_SOUNDS.match(word)
