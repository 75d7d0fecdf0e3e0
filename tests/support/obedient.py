"""An engine for tests of what is around it: it obeys its hints and remembers what it was asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import EngineCard, Hypothesis, Likelihood, Request


class Obedient:
    """Says the targets of its hints, the names and the numbers; remembers what it was asked."""

    card = EngineCard("embedded", "Obedient", "1", "none", "obedient-1")
    takes_hints = True
    half_beam_suffices = False

    def __init__(self) -> None:
        self.asked: list[str] = []

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

    def complete(
        self, begun: Sequence[tuple[Request, str]], beam_size: int
    ) -> list[tuple[Hypothesis, ...]]:
        return [() for _ in begun]

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[Likelihood]:
        return [Likelihood(-0.5, ()) for _ in pairs]

    def fits(self, text: str) -> bool:
        return True
