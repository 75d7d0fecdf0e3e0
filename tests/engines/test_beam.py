"""Beam search: what it finds, and that its cache always holds what each path has read."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.engines.decoding import Decoding
from pipeline.engines.embedded.beam import BeamPath, Prompt, Searcher
from pipeline.engines.embedded.decoder import Decoder
from pipeline.engines.embedded.network import Network, Next
from pipeline.engines.embedded.weights import Array
from pipeline.errors import EngineError

END, TOKENS = 0, 7


def log_probs(read: Sequence[int]) -> list[float]:
    """A language of seven tokens: what may follow depends on everything that was read."""
    weights = np.array([random.Random(f"{token} {list(read)}").random() for token in range(TOKENS)])
    return [float(each) for each in np.log(weights / weights.sum())]


class ToyCache:
    """Rows of tokens in the place of keys and values."""

    def __init__(self, rows: int, positions: int) -> None:
        self.rows = np.full((rows, positions), -1)

    def copy(self, source: int, target: int, start: int, end: int) -> None:
        self.rows[target, start:end] = self.rows[source, start:end]


class ToyNetwork:
    """A network that knows what a row has read from its cache alone."""

    position_size = 8

    def cache(self, rows: int, positions: int) -> ToyCache:
        return ToyCache(rows, positions)

    def read(
        self,
        cache: ToyCache,
        first: int,
        tokens: Array,
        positions: Array,
        width: int,
        wanted: Array | None = None,
    ) -> Next:
        """Read a token a row, or of one row those that are wanted."""
        best, values = [], []
        for row, (new, last) in enumerate(zip(tokens, positions, strict=True), first):
            begun = last + 1 - len(new)
            cache.rows[row, begun : last + 1] = new
            for place in [last] if wanted is None else begun + wanted:
                told = log_probs(cache.rows[row, : place + 1].tolist())
                order = sorted(range(TOKENS), key=lambda token: -told[token])[:width]
                best.append(order)
                values.append([told[token] for token in order])
        return Next(best, values, [])


def search(asked: Sequence[Prompt], decoding: Decoding) -> dict[int, list[BeamPath]]:
    longest = max(len(prompt.tokens) + prompt.limit for prompt in asked)
    searcher = Searcher(cast(Network, ToyNetwork()), decoding, END, longest)
    return dict(searcher.search(iter(asked)))


def plain_search(prompt: Prompt, width: int) -> list[BeamPath]:
    """The same search, slowly: every path is read from its beginning at every step."""
    path, ended = BeamPath(), []
    for token in (*prompt.draft, END):
        likely = log_probs([*prompt.tokens, *path.tokens])
        if max(likely) > likely[token] or not prompt.draft:
            break
        known = *path.log_probs, likely[token]
        if token == END:
            return [BeamPath(path.tokens, known, sum(known), finished=True)]
        path = BeamPath((*path.tokens, token), known, sum(known))
    living = [path]
    while True:
        grown = [
            (path, token, told, path.total + told)
            for path in living
            for token, told in enumerate(log_probs([*prompt.tokens, *path.tokens]))
        ]
        grown.sort(key=lambda each: -each[3])
        living = []
        for rank, (path, token, told, total) in enumerate(grown[: 2 * width]):
            if token != END:
                living.append(BeamPath((*path.tokens, token), (*path.log_probs, told), total))
            elif rank < width:
                ended.append(BeamPath(path.tokens, (*path.log_probs, told), total, finished=True))
        living = living[:width]
        if len(living[0].tokens) >= prompt.limit:
            ended += living
            break
        if len(ended) >= width:
            break
    return sorted(ended, key=lambda path: (not path.finished, -path.score))[:width]


prompts = st.lists(st.integers(1, TOKENS - 1), min_size=1, max_size=6)


@settings(max_examples=60)
@given(st.lists(st.tuples(prompts, st.integers(1, 9)), min_size=1, max_size=25), st.integers(1, 3))
def test_each_sentence_finds_what_it_finds_alone(
    asked: list[tuple[list[int], int]], width: int
) -> None:
    made = [Prompt(n, tuple(prompt), limit) for n, (prompt, limit) in enumerate(asked)]
    found = search(made, Decoding(width, width))
    assert found == {prompt.number: plain_search(prompt, width) for prompt in made}


@settings(max_examples=60)
@given(prompts, st.integers(0, 8), st.lists(st.integers(1, TOKENS - 1), max_size=3))
def test_a_draft_is_gone_along_with_as_far_as_it_is_the_likeliest(
    prompt: list[int], agreed: int, rest: list[int]
) -> None:
    (greedy,) = search([Prompt(0, tuple(prompt), 9)], Decoding(1, 1)).values()
    draft = *greedy[0].tokens[:agreed], *rest
    asked = Prompt(0, tuple(prompt), 9 + len(draft), draft[:8])
    (found,) = search([asked], Decoding(2, 2)).values()
    assert found == plain_search(asked, 2)


@settings(max_examples=60)
@given(prompts, st.integers(1, 3), st.integers(2, 4))
def test_a_guard_lets_no_phrase_come_twice(prompt: list[int], width: int, size: int) -> None:
    (found,) = search([Prompt(0, tuple(prompt), 12)], Decoding(width, width, size)).values()
    for path in found:
        phrases = [path.tokens[i : i + size] for i in range(len(path.tokens) - size + 1)]
        assert len(set(phrases)) == len(phrases)


class FailingNetwork(ToyNetwork):
    """Fails on the second sentence."""

    def __init__(self) -> None:
        self.begun = 0

    def read(self, cache: ToyCache, first: int, tokens: Array, *more: Any, **named: Any) -> Next:
        self.begun += tokens.shape[1] > 1
        if self.begun == 2:
            raise EngineError("out of memory")
        return super().read(cache, first, tokens, *more, **named)


def test_after_a_failure_no_worker_begins_another_sentence() -> None:
    network = FailingNetwork()
    vocabulary = [str(token) for token in range(TOKENS)]
    decoder = Decoder(cast(Network, network), vocabulary, unknown="1", end="0", threads=1)
    prompts = [["1", "2", str(n % 5 + 1)] for n in range(200)]
    with pytest.raises(EngineError, match="out of memory"):
        decoder.generate(prompts, [4] * len(prompts), Decoding(2, 2))
    assert network.begun == 2


def test_a_beam_wider_than_the_cache_has_room() -> None:
    prompts = [Prompt(n, (1, n % 5 + 1), 4) for n in range(3)]
    assert len(search(prompts, Decoding(40, 2))) == 3
