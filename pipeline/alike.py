"""Texts in, how alike they are out: the measure of revisions and of the memory's fuzzy matches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

_WORD = re.compile(r"\w+|[^\w\s]")


def ranked(
    text: str, others: Sequence[str], least: float, limit: int = 1
) -> list[tuple[int, float]]:
    """Give the places of the texts most like this one, and how alike they are, from 0 to 1.

    Likeness is 1 − the edit distance of letters, insertions and deletions, over both lengths. What
    is less alike than ``least`` is left out; of equals the first comes first.
    """
    from rapidfuzz import fuzz, process

    found = process.extract(text, others, scorer=fuzz.ratio, score_cutoff=100 * least, limit=limit)
    return [(place, score / 100) for _, score, place in found]


def shared(one: Iterable[str], other: Iterable[str]) -> float:
    """Give the share of the shorter of two texts' pairs of neighbouring words that both have.

    Texts are given as their sentences, whose order does not count: what was moved is still there.
    """
    ours, theirs = _pairs(one), _pairs(other)
    fewest = min(ours.total(), theirs.total())
    return (ours & theirs).total() / fewest if fewest else 0.0


def _pairs(sentences: Iterable[str]) -> Counter[tuple[str, str]]:
    pairs: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        words = ["", *_WORD.findall(sentence.casefold()), ""]
        pairs.update(pairwise(words))
    return pairs
