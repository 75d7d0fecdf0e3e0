"""Prompts in, hypotheses out: beam search over many sentences side by side.

The sentences stand in the blocks of a cache, which have as many rows as a beam is wide. When one is
done, another takes its place, so that the cache stays full. What is found for a sentence does not
depend on those beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from pipeline.engines.decoding import Decoding
from pipeline.engines.embedded.network import Cache, Network
from pipeline.engines.likelihood import OPTIONS

# Sequences that are extended at once: reading the weights is most of the work of a step with few.
ROWS = 24
# Memory of a cache, in bytes. A position takes it as soon as it is used: less than half of them
# are, since few sentences become as long as they may.
MEMORY = 110_000_000
# How many more of the best tokens are looked at where phrases must not come twice.
_SPARE = 8


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt to be continued by at most ``limit`` tokens; ``number`` tells it from others.

    Of a ``draft`` those first tokens are taken that the network finds likeliest, all read at once.
    """

    number: int
    tokens: tuple[int, ...]
    limit: int
    draft: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BeamPath:
    """A hypothesis, whole or in part: its tokens, and their log-probabilities and the end's.

    ``options`` are for each of these the log-probabilities of the likeliest choices.
    """

    tokens: tuple[int, ...] = ()
    log_probs: tuple[float, ...] = ()
    total: float = 0.0
    finished: bool = False
    options: tuple[Sequence[float], ...] = field(default=(), compare=False, repr=False)

    @property
    def score(self) -> float:
        """The mean log-probability."""
        return self.total / max(len(self.log_probs), 1)


@dataclass(slots=True)
class _Beam:
    """The search for one sentence: the paths that live, a row each, and those that have ended."""

    prompt: Prompt
    paths: list[BeamPath] = field(default_factory=lambda: [BeamPath()])
    ended: list[BeamPath] = field(default_factory=list)
    done: bool = False

    @property
    def length(self) -> int:
        """How many tokens each path is, the prompt's included."""
        return len(self.prompt.tokens) + len(self.paths[0].tokens)

    def grow(
        self,
        tokens: Sequence[Sequence[int]],
        log_probs: Sequence[Sequence[float]],
        decoding: Decoding,
        end: int,
    ) -> list[tuple[int, int, int]]:
        """Extend each path by the tokens that may follow it; keep the best, as many as its width.

        Gives what the cache must copy then: from which row to which, from which position on.
        """
        options = []
        for row, path in enumerate(self.paths):
            banned = _repeating(path.tokens, decoding.no_repeat_ngram)
            options += [
                (token in banned, -(path.total + log_prob), row, token, log_prob)
                for token, log_prob in zip(tokens[row], log_probs[row], strict=True)
            ]
        living: list[tuple[int, BeamPath]] = []
        for rank, option in enumerate(sorted(options)[: 2 * decoding.beam_size]):
            _, cost, row, token, log_prob = option
            path = self.paths[row]
            known, options_ = (*path.log_probs, log_prob), (*path.options, log_probs[row])
            if token != end:
                tokens_ = (*path.tokens, token)
                living.append((row, BeamPath(tokens_, known, -cost, options=options_)))
            elif rank < decoding.beam_size:
                self.ended.append(BeamPath(path.tokens, known, -cost, True, options_))
        del living[decoding.beam_size :]
        at_limit = len(living[0][1].tokens) >= self.prompt.limit
        if at_limit:
            self.ended += [path for _, path in living]
        self.done = at_limit or len(self.ended) >= decoding.beam_size
        return self._settle(living)

    def _settle(self, living: Sequence[tuple[int, BeamPath]]) -> list[tuple[int, int, int]]:
        """Give each path a row: its parent's, unless a better path has taken it."""
        before, begun = self.paths, len(self.prompt.tokens)
        rows: dict[int, BeamPath] = {}
        moving = [(row, path) for row, path in living if rows.setdefault(row, path) is not path]
        free = [row for row in range(len(living)) if row not in rows]
        copies = []
        for row, (parent, path) in zip(free, moving, strict=True):
            rows[row] = path
            known = row < len(before)
            same = begun + _shared(before[row].tokens, before[parent].tokens) if known else 0
            copies.append((parent, row, same))
        self.paths = [rows[row] for row in range(len(living))]
        return copies

    def best(self, count: int) -> list[BeamPath]:
        """Give the best paths that have ended; those cut at the limit come last."""
        return sorted(self.ended, key=lambda path: (not path.finished, -path.score))[:count]


class Searcher:
    """Searches one sentence after another with a cache of its own."""

    def __init__(self, network: Network, decoding: Decoding, end: int, longest: int) -> None:
        self._network = network
        self._decoding = decoding
        self._end = end
        rows = min(ROWS, MEMORY // (network.position_size * longest))
        self._blocks = max(rows // decoding.beam_size, 1)
        self._cache: Cache = network.cache(self._blocks * decoding.beam_size, longest)
        spare = _SPARE if decoding.no_repeat_ngram else 0
        self._candidates = max(2 * decoding.beam_size + spare, OPTIONS)
        self._beams: list[_Beam] = []

    def search(self, prompts: Iterator[Prompt]) -> Iterator[tuple[int, list[BeamPath]]]:
        """Give for the number of each prompt its hypotheses, best first, as they are found.

        Other searchers may take from the same prompts.
        """
        while True:
            while len(self._beams) < self._blocks and (prompt := next(prompts, None)):
                self._begin(prompt)
            ended = [block for block, beam in enumerate(self._beams) if beam.done]
            for block in reversed(ended):
                beam = self._remove(block)
                yield beam.prompt.number, beam.best(self._decoding.n_best)
            if not ended:
                if not self._beams:
                    return
                self._step()

    def _begin(self, prompt: Prompt) -> None:
        """Read a prompt with its draft, go along with what is likeliest, and extend that."""
        block, beam = len(self._beams), _Beam(prompt)
        self._beams.append(beam)
        tokens = np.array([(*prompt.tokens, *prompt.draft)])
        wanted = np.arange(len(prompt.tokens) - 1, tokens.size)
        first, last = block * self._decoding.beam_size, np.array([tokens.size - 1])
        found = self._network.read(
            self._cache, first, tokens, last, self._candidates, wanted=wanted
        )
        likeliest = [best[0] for best in found.tokens]
        agreed = _shared(likeliest, prompt.draft)
        options = tuple(found.log_probs[:agreed])
        known = tuple(best[0] for best in options)
        beam.paths = [BeamPath(prompt.draft[:agreed], known, sum(known), options=options)]
        self._grow(block, found.tokens[agreed:][:1], found.log_probs[agreed:][:1])
        # Where the draft is the likeliest to its end, nothing else need be looked for.
        if prompt.draft and likeliest[agreed:] == [self._end]:
            beam.done = True

    def _step(self) -> None:
        """Read the last token of every path, and extend it."""
        tokens = np.array([[path.tokens[-1]] for beam in self._beams for path in beam.paths])
        lasts = np.array([beam.length - 1 for beam in self._beams for _ in beam.paths])
        found = self._network.read(self._cache, 0, tokens, lasts, self._candidates)
        width = self._decoding.beam_size
        for block in range(len(self._beams)):
            rows = slice(block * width, (block + 1) * width)
            self._grow(block, found.tokens[rows], found.log_probs[rows])

    def _grow(
        self, block: int, tokens: Sequence[Sequence[int]], log_probs: Sequence[Sequence[float]]
    ) -> None:
        beam, first = self._beams[block], block * self._decoding.beam_size
        length = beam.length
        for source, target, start in beam.grow(tokens, log_probs, self._decoding, self._end):
            self._cache.copy(first + source, first + target, start, length)

    def _remove(self, block: int) -> _Beam:
        """Take a sentence out; the last one moves to its block."""
        beam, last = self._beams[block], self._beams.pop()
        if beam is not last:
            width = self._decoding.beam_size
            self._beams[block] = last
            for row in range(width):
                source, target = len(self._beams) * width + row, block * width + row
                self._cache.copy(source, target, 0, last.length)
        return beam


def _repeating(tokens: Sequence[int], size: int) -> set[int]:
    """Give the tokens that would repeat a phrase of this many tokens; none for size 0."""
    if not size:
        return set()
    ends = tokens[len(tokens) - size + 1 :]
    starts = range(len(tokens) - size + 1)
    return {tokens[i + size - 1] for i in starts if tokens[i : i + size - 1] == ends}


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    """Count the tokens that both begin with."""
    differing = (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differing, min(len(one), len(other)))
