"""What a document says of the language of its words in; the tag of one that is not French out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.language.identify import language_of
from pipeline.language.lemmas import known
from pipeline.language.links import SMALL_FRENCH
from pipeline.model import SOURCE_LANGUAGE

_TAG = re.compile(r"(?P<language>[a-z]{2,3})(?:[-_][a-z0-9]{1,8}){0,4}", re.IGNORECASE)
# No language, one not said, several.
_NONE = frozenset(("zxx", "und", "mul", "none", "x"))
_WORD = re.compile(r"[^\W\d_]+")


def foreign_tag(tag: str) -> str:
    """Give the tag of a language, as in "de" or "en-GB"; "" where it is French or none."""
    match = _TAG.fullmatch(tag.strip())
    if match is None or match["language"].lower() in (SOURCE_LANGUAGE, *_NONE):
        return ""
    first, *rest = tag.strip().replace("_", "-").split("-")
    return "-".join((first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)))


def foreign_to(language: str, common: str) -> str:
    """Give the tag of a language that is neither French nor the one most of the text is in."""
    tag = foreign_tag(language)
    return "" if tag[:2] == common else tag


def commonest(parts: Iterable[tuple[str, int]]) -> str:
    """Give the language that most of a text is said to be in, by those of its parts, with sizes."""
    sizes: dict[str, int] = {}
    for language, size in parts:
        sizes[language] = sizes.get(language, 0) + size
    return max(sizes, key=lambda language: sizes[language], default="")


def reads_as_french(words: str, doubtful: bool = False) -> bool:
    """Whether words that are marked as another language are French all the same.

    Where the mark is ``doubtful`` (it is that of a spelling checker), French words of any number
    are, and what has no words.
    """
    if language_of(words) == SOURCE_LANGUAGE:
        return True
    found = (word.lower() for word in _WORD.findall(words))
    return doubtful and all(word in SMALL_FRENCH or known(word) for word in found)
