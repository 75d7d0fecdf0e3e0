"""Texts in, how alike they are out: the measure of revisions and of the memory's fuzzy matches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

_WORD = re.compile(r"\w+|[^\w\s]")


def nearest(text: str, others: Sequence[str], least: float) -> tuple[int, float] | None:
    """Give the place of the text most like this one, and how alike they are, from 0 to 1.

    Likeness is 1 − the edit distance of letters, insertions and deletions, over both lengths. None
    where no other is at least so much alike; the first of several.
    """
    from rapidfuzz import fuzz, process

    found = process.extractOne(text, others, scorer=fuzz.ratio, score_cutoff=100 * least)
    return (found[2], found[1] / 100) if found else None


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
