"""Engines without a model, and how a test offers one under a name of its choice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count

import pytest

from pipeline import engines
from pipeline.engines import Offer
from pipeline.model import EngineCard, Hypothesis, Likelihood, Request

_NUMBERS = count(1)


class Silent:
    """Says nothing: what an engine of a test does not script."""

    card = EngineCard("scripted", "Scripted", "1", "none", "scripted-1")
    takes_hints = True
    half_beam_suffices = False

    def translate(
        self, requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        return [() for _ in requests]

    def complete(
        self, begun: Sequence[tuple[Request, str]], beam_size: int
    ) -> list[tuple[Hypothesis, ...]]:
        return [() for _ in begun]

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[Likelihood]:
        return [Likelihood(-0.5, ()) for _ in pairs]

    def fits(self, text: str) -> bool:
        return True


class Obedient(Silent):
    """Says the targets of its hints, the names and the numbers; remembers what it was asked."""

    def __init__(self, name: str = "embedded") -> None:
        # No two are the same engine, as their memories differ.
        self.card = EngineCard(name, "Obedient", "1", "none", f"obedient-{next(_NUMBERS)}")
        self.asked: list[str] = []
        self.opened = 0

    def translate(
        self, requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        self.asked += [request.source for request in requests]
        return [(Hypothesis(self._obey(request), -0.1, True),) for request in requests]

    def _obey(self, request: Request) -> str:
        targets = [
            hint.target for hint in request.hints for _ in range(request.source.count(hint.source))
        ]
        names = re.findall(r"(?<!^)\b(?:[A-Z]\w+|[0-9]+)", request.source)
        return f"It says {' '.join([*targets, *names])}."


def offer(engine: Obedient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Register an engine under the name on its card; it counts how often it is opened."""

    def open_it(threads: int) -> Obedient:
        engine.opened += 1
        return engine

    offered = Offer(lambda: engine.card, open_it, 16, "here")
    monkeypatch.setitem(engines.ENGINES, engine.card.name, lambda: [offered])
