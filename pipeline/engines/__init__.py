"""An engine's name in, a translation engine out: the registry of engines.

Every engine is a thin loader over the CTranslate2 core in ``ct2.py``. A new one is a module with an
``…_offers`` function and one line in ENGINES.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.engines.argos import argos_offers
from pipeline.engines.embedded import embedded_offers
from pipeline.engines.offer import Engine, Offer
from pipeline.engines.probe import probe
from pipeline.errors import EngineError

__all__ = ["ENGINES", "Engine", "Offer", "choose_engine", "engine_offers", "probe"]

# In the order in which "auto" looks for an engine.
ENGINES: dict[str, Callable[[], list[Offer]]] = {
    "argos": argos_offers,
    "embedded": embedded_offers,
}


def engine_offers() -> list[Offer]:
    """Give every engine that is installed; the first is the one that ``auto`` takes."""
    return [offer for offers in ENGINES.values() for offer in offers()]


def choose_engine(name: str, sha256: str = "") -> Offer:
    """Give the first offer for ``auto`` or an engine's name, with the given hash if there is one.

    Raises EngineError where there is none; a pinned engine is never replaced by another.
    """
    if name != "auto" and name not in ENGINES:
        raise EngineError(f"there is no engine {name!r}; use auto, or one of: {', '.join(ENGINES)}")
    offers = engine_offers() if name == "auto" else ENGINES[name]()
    if not offers:
        raise EngineError(
            f"no {name} engine is installed; see 'enregard engines', install a package with "
            "'enregard engines install FILE.argosmodel', or use --engine auto"
        )
    if not sha256:
        return offers[0]
    for offer in offers:
        if offer.card().sha256 == sha256:
            return offer
    found = offers[0].card()
    raise EngineError(
        f"engine.sha256 pins {sha256[:16]}…, but {found.title} {found.version} is "
        f"{found.sha256[:16]}…; install the pinned package, or change the setting"
    )
