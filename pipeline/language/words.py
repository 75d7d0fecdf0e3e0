"""A text in, its words with spans out: runs of letters and digits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

WORD: Final = re.compile(r"[^\W_]+")


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
    return tuple(Word(*match.span(), match[0], match[0].lower()) for match in WORD.finditer(text))


def blanked(text: str, phrases: re.Pattern[str]) -> str:
    """Return a text with spaces in place of phrases, so that all else keeps its place."""
    return phrases.sub(lambda match: " " * len(match[0]), text)
