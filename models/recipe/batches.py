"""Lines of a data file in, batches of token ids of similar length out."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
import sentencepiece

BOS, EOS, FRENCH, ENGLISH, TERM, IS = 2, 1, 4, 5, 6, 7
MARK = "¦"  # between the renderings that a hint offers
SORTED_TOGETHER = 4000
LONGEST = 400

Sequence = tuple[list[int], list[int]]


class Stream(Protocol):
    """An endless, reproducible stream of batches."""

    def epoch(self, number: int) -> Iterator[list[Sequence]]:
        """Yield the batches of one pass over the data."""


class Encoder:
    """Lines of a data file in, prompts and answers out."""

    def __init__(self, tokenizer: Path) -> None:
        self.pieces = sentencepiece.SentencePieceProcessor(model_file=str(tokenizer))

    def sequence(self, line: str) -> Sequence:
        """Return the prompt and the answer of one line of the data file.

        A hint with several renderings (``a¦b``) offers them, one with a single rendering asks for
        it; ``a¦`` offers one.
        """
        hints, french, english = line.split("\t")
        prompt = [BOS]
        for hint in hints.split("||") if hints else []:
            term, translation = hint.split("==", 1)
            prompt += [TERM, *self.pieces.encode(term)]
            for rendering in translation.split(MARK):
                prompt += [IS, *self.pieces.encode(rendering)]
        prompt += [FRENCH, *self.pieces.encode(french), ENGLISH]
        return prompt, [*self.pieces.encode(english), EOS]


class Batches:
    """Batches of similar length of the lines of a data file."""

    def __init__(self, path: Path, tokenizer: Path, tokens: int, seed: int) -> None:
        self.encoder = Encoder(tokenizer)
        self.lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        self.tokens = tokens
        self.seed = seed

    def epoch(self, number: int) -> Iterator[list[Sequence]]:
        """Yield the batches of one pass over the data."""
        rng = random.Random(self.seed * 1000 + number)
        lines = rng.sample(self.lines, len(self.lines))
        for start in range(0, len(lines), SORTED_TOGETHER):
            group = map(self.encoder.sequence, lines[start : start + SORTED_TOGETHER])
            yield from similar([s for s in group if size(s) <= LONGEST], self.tokens, rng)


class PackedBatches:
    """The same of the arrays that ``pack.py`` writes, mapped."""

    def __init__(self, folder: Path, tokens: int, seed: int) -> None:
        self.ids = np.load(folder / "tokens.npy", mmap_mode="r")
        self.sizes = np.load(folder / "sizes.npy")
        self.starts = np.concatenate([[0], np.cumsum(self.sizes.sum(1, dtype=np.int64))])
        self.tokens = tokens
        self.seed = seed

    def sequence(self, index: int) -> Sequence:
        """Return the prompt and the answer of a number."""
        start, stop = self.starts[index], self.starts[index + 1]
        ids, prompt = self.ids[start:stop].tolist(), int(self.sizes[index, 0])
        return ids[:prompt], ids[prompt:]

    def epoch(self, number: int) -> Iterator[list[Sequence]]:
        """Yield the batches of one pass over the data."""
        rng = random.Random(self.seed * 1000 + number)
        order = np.random.default_rng(self.seed * 1000 + number).permutation(len(self.sizes))
        # More tokens a batch want more sequences to choose from that are alike.
        together = max(SORTED_TOGETHER, self.tokens // 2)
        for start in range(0, len(order), together):
            group = map(self.sequence, order[start : start + together].tolist())
            yield from similar(list(group), self.tokens, rng)


def size(sequence: Sequence) -> int:
    """Return the tokens of a sequence."""
    return len(sequence[0]) + len(sequence[1])


def similar(group: list[Sequence], tokens: int, rng: random.Random) -> Iterator[list[Sequence]]:
    """Yield the sequences of a group in batches of similar length, of so many tokens padded."""
    batches: list[list[Sequence]] = [[]]
    for sequence in sorted(group, key=size):
        if batches[-1] and (len(batches[-1]) + 1) * size(sequence) > tokens:
            batches.append([])
        batches[-1].append(sequence)
    rng.shuffle(batches)
    yield from filter(None, batches)
