"""A translated sentence and another French one in; its English, where only names or numbers differ.

Every other word must be the same, and what differs must stand in the English just once, in a form
that is known: a number in figures, a name as in the French or as the dictionary has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from pipeline.language.dictionary.lookup import dictionary
from pipeline.language.lemmas import known
from pipeline.language.numbers.figures import english_figures

_TOKEN: Final = re.compile(
    r"(?P<number>(?:\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?!\d)|\d+)(?:,\d+)?)"
    r"|(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)|(?P<mark>\S)"
)
# Apostrophes and quotation marks of one kind, as for the memory.
_SAME: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "«": '"', "»": '"', "“": '"', "”": '"'})
_NAMES: Final = "NPA"


class _Token(NamedTuple):
    kind: str
    text: str


def substituted(source: str, old_source: str, old_target: str) -> str:
    """Give the English of a French sentence; "" where more differs from the old one than names.

    Numbers count as names here.
    """
    new, old = _tokens(source), _tokens(old_source)
    if [each.kind for each in new] != [each.kind for each in old]:
        return ""
    places: dict[str, str] = {}
    for one, other in zip(old, new, strict=True):
        if one.kind == "mark" and one != other:
            return ""
        if one.kind != "mark" and places.setdefault(one.text, other.text) != other.text:
            return ""
    found: list[tuple[int, int, str]] = []
    for before, after in places.items():
        if before == after:
            continue
        spans = _spans(before, old_target)
        if len(spans) != 1:
            return ""
        found.append((*spans[0], _english(after)))
    found.sort()
    if any(one[1] > other[0] for one, other in pairwise(found)):
        return ""
    text = old_target
    for start, end, by in reversed(found):
        text = text[:start] + by + text[end:]
    return text if found else ""


@lru_cache(maxsize=1 << 12)
def _tokens(text: str) -> tuple[_Token, ...]:
    """Cut a sentence into numbers, names (runs of words with capitals) and all else, "mark"."""
    joined: list[_Token] = []
    for token in _cut(text.translate(_SAME)):
        if joined and token.kind == joined[-1].kind == "name":
            joined[-1] = _Token("name", f"{joined[-1].text} {token.text}")
        else:
            joined.append(token)
    return tuple(joined)


def _cut(text: str) -> Iterator[_Token]:
    opens = True
    for found in _TOKEN.finditer(text):
        kind, token = found.lastgroup or "", found[0]
        is_name = kind == "word" and token[0].isupper()
        # The capital of a sentence makes no name of a word of the dictionary.
        if is_name and opens and known(token.lower()):
            is_name = False
        if kind == "number":
            yield _Token("number", token)
        elif is_name:
            yield _Token("name", token)
        else:
            yield _Token("mark", token)
        opens = kind == "mark" and (opens or token in '.!?:"')


def _spans(text: str, target: str) -> Sequence[tuple[int, int]]:
    """Give the places of a name or number in the English, in the first form that stands there."""
    forms = [english_figures(text), text, *_listed(text)]
    for form in dict.fromkeys(forms):
        places = [
            match.span()
            for match in re.finditer(rf"(?<![\w.,]){re.escape(form)}(?![\w]|[.,]\d)", target)
        ]
        if places:
            return places
    return ()


def _english(text: str) -> str:
    if text[0].isdigit():
        return english_figures(text)
    return next(iter(_listed(text)), text)


def _listed(name: str) -> list[str]:
    """Give what the dictionary has for a name, the likeliest first; nothing for no name."""
    found = [term for term in dictionary().terms(name) if term.end - term.start == len(name)]
    return [
        each.text for term in found for each in term.renderings if each.kind and each.kind in _NAMES
    ]
