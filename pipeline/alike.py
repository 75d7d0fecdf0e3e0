"""Texts in, how alike they are and where they differ out: of revisions and of fuzzy matches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

_WORD = re.compile(r"\w+|[^\w\s]")
_PIECE = re.compile(r"\s*(?:\w+|[^\w\s])|\s+$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of two texts laid over each other: the ``kind`` is "same", "gone" or "new"."""

    text: str
    kind: str


def differences(old: str, new: str) -> list[Passage]:
    """Lay one text over another by words; without what is gone the passages are the new one."""
    ours, theirs = _PIECE.findall(old), _PIECE.findall(new)
    found = []
    for what, start, end, first, last in SequenceMatcher(None, ours, theirs, False).get_opcodes():
        if what == "equal":
            found.append(Passage("".join(theirs[first:last]), "same"))
            continue
        gone, come = "".join(ours[start:end]), "".join(theirs[first:last])
        word = come.lstrip()
        parted = [(gone, "gone"), (come[: len(come) - len(word)], "same"), (word, "new")]
        found += [Passage(text, kind) for text, kind in parted if text]
    return found


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
