"""Parallel texts in; how often French and English word forms translate each other, out.

IBM Model 1 (Brown et al. 1993) with a preference for the diagonal (Dyer et al. 2013), trained in
both directions at once so that they agree (Liang et al. 2006): a pair of words counts for the
product of its two posteriors. Only words that carry meaning are aligned.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpus import lines
from pipeline.language.dictionary.keys import is_content, plain
from pipeline.language.words import WORD

HELD_OUT = 1000  # pairs of each source, for measuring
NOT_SHIPPED = frozenset(["books_lieues20k"])
LONGEST = 45  # content words
RARE = 2  # a word must occur
ROUNDS = 5
CHUNK = 40_000  # sentences worked on at a time
STEEP = 4.0  # the weight of a pair of words falls with e to this, from corner to corner
EMPTY = 0.02  # weight of the empty word beside a pair of words

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Side:
    """The content words of all sentences on one side, as numbers; where each sentence begins."""

    words: list[str]  # by number
    counts: NDArray[np.int64]  # occurrences, by number
    tokens: Ints
    starts: NDArray[np.int64]


def learnable(paths: list[Path]) -> Iterator[tuple[int, str, str]]:
    """Yield the pairs to learn from, with the number of their file."""
    for number, path in enumerate(paths):
        seen: Counter[str] = Counter()
        for line in lines(path):
            name, french, english = line.split("\t")
            seen[name] += 1
            if seen[name] > HELD_OUT and name not in NOT_SHIPPED:
                yield number, french, english


class Reader:
    """Numbers words as they come; words that never carry meaning are left out."""

    def __init__(self, french: bool) -> None:
        self.french = french
        self.words: list[str] = []
        self.numbers: dict[str, int] = {}  # -1: carries no meaning
        self.tokens = array("i")
        self.starts = array("q", [0])

    def read(self, text: str) -> None:
        """Add a sentence."""
        numbers = self.numbers
        for word in WORD.findall(plain(text)):
            number = numbers.get(word)
            if number is None:
                number = -1
                if is_content(word, self.french):
                    number = len(self.words)
                    self.words.append(word)
                numbers[word] = number
            if number >= 0:
                self.tokens.append(number)
        self.starts.append(len(self.tokens))

    def side(self) -> Side:
        """What was read, with rare words left out and words numbered by frequency."""
        words = self.words
        tokens = np.frombuffer(self.tokens, dtype=np.int32)
        counts = np.bincount(tokens, minlength=len(words))
        order = np.argsort(-counts, kind="stable")
        order = order[counts[order] >= RARE]
        renumber = np.full(len(words), -1, dtype=np.int32)
        renumber[order] = np.arange(len(order), dtype=np.int32)
        tokens = renumber[tokens]
        kept = np.concatenate([[0], np.cumsum(tokens >= 0)])
        starts = kept[np.frombuffer(self.starts, dtype=np.int64)]
        return Side(
            [words[i] for i in order], counts[order], tokens[tokens >= 0], starts.astype(np.int64)
        )


def read(paths: list[Path]) -> tuple[Side, Side]:
    """Read the content words of the pairs to learn from."""
    french, english = Reader(True), Reader(False)
    for _, source, target in learnable(paths):
        french.read(source)
        english.read(target)
    return french.side(), english.side()


@dataclass(frozen=True)
class Links:
    """Every pair of a French and an English word in a chunk of sentences.

    ``french`` and ``english`` are the positions of both in ``tokens`` of their sides, ``weight``
    falls with the distance from the diagonal.
    """

    french: Ints
    english: Ints
    weight: Floats


def links(french: Side, english: Side) -> Iterator[Links]:
    """Yield the links of all sentences, chunk by chunk; made anew each time, as they are many."""
    total = len(french.starts) - 1
    for first in range(0, total, CHUNK):
        last = min(first + CHUNK, total)
        m = np.diff(french.starts[first : last + 1])
        n = np.diff(english.starts[first : last + 1])
        sizes = np.where((m <= LONGEST) & (n <= LONGEST), m * n, 0)
        sentence = np.repeat(np.arange(last - first), sizes)
        offset = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        wide = n[sentence]
        i, j = offset // wide, offset % wide
        away = np.abs((i + 0.5) / m[sentence] - (j + 0.5) / wide)
        yield Links(
            (french.starts[first:last][sentence] + i).astype(np.int32),
            (english.starts[first:last][sentence] + j).astype(np.int32),
            np.exp(-STEEP * away).astype(np.float32),
        )


def pairs_of_forms(french: Side, english: Side) -> tuple[NDArray[np.int64], list[Ints]]:
    """Return the distinct pairs of forms as numbers, and the pair of each link, by chunk."""
    size = len(english.words)
    found: list[NDArray[np.int64]] = []
    places: list[Ints] = []
    for chunk in links(french, english):
        codes = french.tokens[chunk.french].astype(np.int64) * size + english.tokens[chunk.english]
        distinct, inverse = np.unique(codes, return_inverse=True)
        found.append(distinct)
        places.append(inverse.astype(np.int32))
    pairs = np.unique(np.concatenate(found))
    for at, distinct in enumerate(found):
        places[at] = np.searchsorted(pairs, distinct).astype(np.int32)[places[at]]
    return pairs, places


def learn(french: Side, english: Side) -> tuple[Ints, Ints, Floats]:
    """Return pairs of forms, as numbers of both sides, and how often they translate each other."""
    pairs, places = pairs_of_forms(french, english)
    size = len(english.words)
    one, other = (pairs // size).astype(np.int32), (pairs % size).astype(np.int32)
    print(f"{sum(map(len, places))} links, {len(pairs)} pairs", file=sys.stderr)
    counts = np.zeros(len(pairs))
    for chunk, pair in zip(links(french, english), places, strict=True):
        counts += np.bincount(pair, weights=chunk.weight, minlength=len(pairs))
    for number in range(ROUNDS):
        forward = (counts / np.bincount(one, weights=counts)[one]).astype(np.float32)
        backward = (counts / np.bincount(other, weights=counts)[other]).astype(np.float32)
        counts = np.zeros(len(pairs))
        for chunk, pair in zip(links(french, english), places, strict=True):
            chance = _posterior(chunk, forward[pair], backward[pair])
            counts += np.bincount(pair, weights=chance, minlength=len(pairs))
        print(f"round {number + 1}: {counts.sum():.0f} expected links", file=sys.stderr)
    return one, other, counts.astype(np.float32)


def _posterior(chunk: Links, forward: Floats, backward: Floats) -> Floats:
    """The product of both posteriors of each link: of the French given the English, and back."""
    product: Floats = np.ones(len(chunk.weight), dtype=np.float32)
    for table, side in ((forward, chunk.english), (backward, chunk.french)):
        group = side - side.min() if len(side) else side
        score = table * chunk.weight
        words = np.maximum(np.bincount(group), 1)
        sums = np.bincount(group, weights=score) * (1 + EMPTY / words) + 1e-6
        product *= (score / sums[group]).astype(np.float32)
    return product
