"""Pieces in, hypotheses and log-probabilities out: the embedded model on some threads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeVar

import numpy as np

from pipeline.engines.decoding import Decoded, Decoding, worker_count
from pipeline.engines.embedded.beam import BeamPath, Prompt, Searcher
from pipeline.engines.embedded.network import Network
from pipeline.engines.likelihood import OPTIONS, entropy

T = TypeVar("T")
Found = TypeVar("Found")


class Forcing(NamedTuple):
    """Of the pieces of a text and its end: how probable each was, and how open the choice."""

    log_probs: tuple[float, ...]
    entropies: tuple[float, ...]


class Decoder:
    """A network and its vocabulary; the same prompt always gives the same result."""

    def __init__(
        self, network: Network, vocabulary: Sequence[str], unknown: str, end: str, threads: int
    ) -> None:
        self._network = network
        self._vocabulary = vocabulary
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown, self._end = self._numbers[unknown], self._numbers[end]
        self._workers = worker_count(threads)

    def generate(
        self,
        prompts: Sequence[Sequence[str]],
        limits: Sequence[int],
        decoding: Decoding,
        drafts: Sequence[Sequence[str]] = (),
    ) -> list[tuple[Decoded, ...]]:
        """Continue each prompt by at most its limit of pieces; give its hypotheses, best first.

        The results stand in the order of the prompts. A hypothesis is finished if the model ended
        it itself; its score then counts the end token too. A draft is followed as far as each of
        its pieces is the likeliest: what comes after is searched.
        """
        asked = [
            Prompt(number, self._tokens(prompt), limit, self._tokens(draft)[: limit - 1])
            for number, (prompt, limit, draft) in enumerate(
                zip(prompts, limits, drafts or [()] * len(prompts), strict=True)
            )
        ]
        longest = max((len(prompt.tokens) + prompt.limit for prompt in asked), default=0)
        # The longest first, so that no worker is left with one when the others are done.
        asked.sort(key=lambda prompt: -len(prompt.tokens))

        def search(mine: Iterator[Prompt]) -> Iterable[tuple[int, list[BeamPath]]]:
            return Searcher(self._network, decoding, self._end, longest).search(mine)

        found = self._share(asked, search)
        return [tuple(map(self._decoded, found[number])) for number in range(len(prompts))]

    def score(
        self, prompts: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[Forcing]:
        """Force targets after prompts; give the log-probability of each piece and the end."""
        tasks = [
            (number, self._tokens(prompt), (*self._tokens(target), self._end))
            for number, (prompt, target) in enumerate(zip(prompts, targets, strict=True))
        ]
        found = self._share(tasks, lambda mine: map(self._forced, mine))
        return [found[number] for number in range(len(prompts))]

    def _forced(self, task: tuple[int, tuple[int, ...], tuple[int, ...]]) -> tuple[int, Forcing]:
        number, prompt, target = task
        tokens = np.array([(*prompt, *target[:-1])])
        length = tokens.shape[1]
        found = self._network.read(
            self._network.cache(1, length),
            0,
            tokens,
            np.array([length - 1]),
            width=OPTIONS,
            wanted=np.arange(len(prompt) - 1, length),
            forced=np.array(target),
        )
        return number, Forcing(tuple(found.forced), tuple(map(entropy, found.log_probs)))

    def _share(
        self, tasks: Sequence[T], work: Callable[[Iterator[T]], Iterable[tuple[int, Found]]]
    ) -> dict[int, Found]:
        """Let every worker take from the tasks until none is left; give what all have found."""
        waiting = iter(tasks)
        workers = min(self._workers, len(tasks))
        if not workers:
            return {}
        with ThreadPoolExecutor(workers) as pool:
            running = [pool.submit(lambda: list(work(waiting))) for _ in range(workers)]
            try:
                return {number: each for one in running for number, each in one.result()}
            finally:
                list(waiting)  # after an error, nobody shall begin another

    def _tokens(self, pieces: Sequence[str]) -> tuple[int, ...]:
        return tuple(self._numbers.get(piece, self._unknown) for piece in pieces)

    def _decoded(self, path: BeamPath) -> Decoded:
        pieces = tuple(self._vocabulary[token] for token in path.tokens)
        if not path.finished:
            return Decoded(pieces, path.score, finished=False)
        entropies = tuple(map(entropy, path.options))
        return Decoded(pieces, path.score, True, path.log_probs, entropies)
