"""An engine in, the same engine asked in words that it handles well out; see ``prepare``.

Whoever asks knows of stored texts alone: requests, beginnings and scores are about those, and what
comes back is as it is delivered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.engines import Engine
from pipeline.model import Hint, Hypothesis, Likelihood, Request
from pipeline.stages.translate.prepare import Prepared, prepare, uncoded


class Asking:
    """An engine whose questions are prepared and whose answers are put back."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.card = engine.card
        self.takes_hints = engine.takes_hints
        self.half_beam_suffices = engine.half_beam_suffices

    def fits(self, text: str) -> bool:
        """Tell whether what is asked for a text is of a length the model was made for."""
        return self._engine.fits(prepare(text)[0].source)

    def translate(
        self, requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        """Give each request's hypotheses; those of two ways to ask are ranked together.

        One that lost a literal is only given where all did, asked with the codes as hints and at
        last with the literals themselves.
        """
        ways = [prepare(request.source) for request in requests]
        flat = [
            (request, way) for request, each in zip(requests, ways, strict=True) for way in each
        ]
        answers = iter(self._asked(flat, beam_size, guarded))
        found = [[hypothesis for _ in each for hypothesis in next(answers)] for each in ways]
        for second in (_with_codes, _with_literals):
            lost = [number for number, each in enumerate(found) if not each]
            if not lost:
                break
            again = [second(requests[number]) for number in lost]
            for number, answer in zip(lost, self._asked(again, beam_size, guarded), strict=True):
                found[number] = list(answer)
        return [
            tuple(sorted(each, key=lambda hypothesis: -hypothesis.score)[:beam_size])
            for each in found
        ]

    def complete(
        self, begun: Sequence[tuple[Request, str]], beam_size: int
    ) -> list[tuple[Hypothesis, ...]]:
        """Give each request's hypotheses that begin with a text."""
        firsts = [prepare(request.source)[0] for request, _ in begun]
        asked = [
            (way.request(request), way.asked(text))
            for (request, text), way in zip(begun, firsts, strict=True)
        ]
        answers = self._engine.complete(asked, beam_size)
        return [way.answered(answer) for way, answer in zip(firsts, answers, strict=True)]

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[Likelihood]:
        """Say how probable each text is as the translation of its request."""
        firsts = [prepare(request.source)[0] for request, _ in pairs]
        asked = [
            (way.request(request), way.asked(text))
            for (request, text), way in zip(pairs, firsts, strict=True)
        ]
        return [
            way.spread(text, likelihood)
            for way, (_, text), likelihood in zip(
                firsts, asked, self._engine.score(asked), strict=True
            )
        ]

    def _asked(
        self, asked: Sequence[tuple[Request, Prepared]], beam_size: int, guarded: bool
    ) -> list[tuple[Hypothesis, ...]]:
        """Give the hypotheses that kept every code."""
        if not asked:
            return []
        answers = self._engine.translate(
            [way.request(request) for request, way in asked], beam_size, guarded
        )
        return [way.answered(answer) for (_, way), answer in zip(asked, answers, strict=True)]


def _with_codes(request: Request) -> tuple[Request, Prepared]:
    """Ask with each literal as a hint for itself, which its code takes the place of."""
    way = prepare(request.source)[0]
    literals = tuple(Hint(literal, literal) for _, literal in way.codes)
    return replace(request, hints=request.hints + literals), way


def _with_literals(request: Request) -> tuple[Request, Prepared]:
    """Ask with the literals as they are."""
    way, literals = uncoded(request.source)
    return replace(request, hints=request.hints + literals), way
