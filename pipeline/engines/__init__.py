"""An engine's name in, a translation engine out: the Protocol, and the registry of engines.

Every engine is a thin loader over the CTranslate2 core in ``ct2.py``. A new one is a module with an
``open_…`` function and one line in ENGINES.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.engines.embedded import embedded_card, open_embedded
from pipeline.errors import EngineError
from pipeline.model import EngineCard, Hypothesis, Request


class Engine(Protocol):
    """Translates sentences; the same requests always give the same hypotheses."""

    @property
    def card(self) -> EngineCard:
        """Who the engine is; its fingerprint covers model, prompt and decoding."""

    def translate(
        self, requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        """Give each request's hypotheses, best first; ``guarded`` forbids repeated phrases."""

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[float]:
        """Give the mean log-probability a token (≤ 0) of each translation, given its request."""

    def fits(self, text: str) -> bool:
        """Tell whether the model was made for sources as long as this one."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An engine that can be opened: its card is cheap to give, opening it loads the model."""

    card: Callable[[], EngineCard]
    open: Callable[[int], Engine]


# Argos Translate packages join here as "argos"; "auto" takes the first offer that is installed.
ENGINES: dict[str, Offer] = {"embedded": Offer(embedded_card, open_embedded)}


def choose_engine(name: str) -> Offer:
    """Give the offer for ``auto`` or an engine's name; raises EngineError where there is none."""
    if name == "auto":
        return next(iter(ENGINES.values()))
    if name not in ENGINES:
        known = ", ".join(ENGINES)
        raise EngineError(
            f"the {name} engine is not available in this version; "
            f"use --engine auto, or one of: {known}"
        )
    return ENGINES[name]
