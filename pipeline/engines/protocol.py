"""What an engine module gives the registry: who it is, cheaply, and how to open it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.model import EngineCard, Hypothesis, Likelihood, Request


class Engine(Protocol):
    """Translates sentences; the same requests always give the same hypotheses."""

    @property
    def card(self) -> EngineCard:
        """Who the engine is; its fingerprint covers model, prompt and decoding."""

    @property
    def takes_hints(self) -> bool:
        """Whether the engine understands the hints of a request; else it ignores them."""

    @property
    def half_beam_suffices(self) -> bool:
        """Whether half the beam finds as much where the checks have nothing to say."""

    def translate(
        self, requests: Sequence[Request], beam_size: int, guarded: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        """Give each request's hypotheses, best first; ``guarded`` forbids repeated phrases."""

    def complete(
        self, begun: Sequence[tuple[Request, str]], beam_size: int
    ) -> list[tuple[Hypothesis, ...]]:
        """Give each request's hypotheses that begin with a text, whole words of English."""

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[Likelihood]:
        """Say how probable each text is as the translation of its request."""

    def fits(self, text: str) -> bool:
        """Tell whether the model was made for sources as long as this one."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An engine that can be opened: its card is cheap to give, opening it loads the model.

    ``chunk_segments`` is how many segments keep it busy at once; ``place`` is where its files lie.
    ``unswayed`` is true where what comes out for a sentence depends on none of those beside it, so
    that sentences of several texts may be translated together.
    """

    card: Callable[[], EngineCard]
    open: Callable[[int], Engine]
    chunk_segments: int
    place: str
    unswayed: bool = False
