"""Lines of a data file in, batches of token ids of similar length out."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import sentencepiece

BOS, EOS, FRENCH, ENGLISH, TERM, IS = 2, 1, 4, 5, 6, 7
SORTED_TOGETHER = 4000
LONGEST = 400

Sequence = tuple[list[int], list[int]]


class Batches:
    """An endless, reproducible stream of batches of similar length."""

    def __init__(self, path: Path, tokenizer: Path, tokens: int, seed: int) -> None:
        self.pieces = sentencepiece.SentencePieceProcessor(model_file=str(tokenizer))
        self.lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        self.tokens = tokens
        self.seed = seed

    def sequence(self, line: str) -> Sequence:
        """Return the prompt and the answer of one line of the data file."""
        hints, french, english = line.split("\t")
        prompt = [BOS]
        for hint in hints.split("||") if hints else []:
            term, translation = hint.split("==", 1)
            prompt += [TERM, *self.pieces.encode(term), IS, *self.pieces.encode(translation)]
        prompt += [FRENCH, *self.pieces.encode(french), ENGLISH]
        return prompt, [*self.pieces.encode(english), EOS]

    def epoch(self, number: int) -> Iterator[list[Sequence]]:
        """Yield the batches of one pass over the data."""
        rng = random.Random(self.seed * 1000 + number)
        lines = rng.sample(self.lines, len(self.lines))
        for start in range(0, len(lines), SORTED_TOGETHER):
            group = [self.sequence(line) for line in lines[start : start + SORTED_TOGETHER]]
            group = [s for s in group if len(s[0]) + len(s[1]) <= LONGEST]
            group.sort(key=lambda s: len(s[0]) + len(s[1]))
            batches: list[list[Sequence]] = [[]]
            for sequence in group:
                size = (len(batches[-1]) + 1) * (len(sequence[0]) + len(sequence[1]))
                if batches[-1] and size > self.tokens:
                    batches.append([])
                batches[-1].append(sequence)
            rng.shuffle(batches)
            yield from batches
