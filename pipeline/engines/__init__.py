"""An engine's name in, a translation engine out: the registry of engines.

``protocol`` says what an engine must do. ``argos`` runs Argos Translate packages, ``embedded`` the
small model that ships with the program. A new one is a folder or module with an ``…_offers``
function and one line in ENGINES.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from pipeline.engines.argos.engine import argos_offers
from pipeline.engines.embedded.engine import embedded_offers
from pipeline.engines.protocol import Engine, Offer
from pipeline.errors import Act, EngineError, Remedy
from pipeline.model import EngineCard
from pipeline.text import unknown

__all__ = ["ENGINES", "Engine", "Offer", "choose_engine", "engine_names", "engine_offers", "opened"]

# In the order in which "auto" looks for an engine.
ENGINES: dict[str, Callable[[], list[Offer]]] = {
    "argos": argos_offers,
    "embedded": embedded_offers,
}
# Loading a model takes seconds; what is loaded serves every text of the process. A process that
# lives long keeps the last few it used: each holds some hundred MB.
_OPENED: dict[tuple[EngineCard, int], Engine] = {}
_MOST_OPENED = 2
_OPENING = threading.Lock()


def engine_names() -> list[str]:
    """Give what an engine can be asked for by."""
    return ["auto", *ENGINES]


def engine_offers() -> list[Offer]:
    """Give every engine that is installed; the first is the one that ``auto`` takes."""
    return [offer for offers in ENGINES.values() for offer in offers()]


def choose_engine(name: str, sha256: str = "") -> Offer:
    """Give the first offer for ``auto`` or an engine's name, with the given hash if there is one.

    Raises EngineError where there is none; a pinned engine is never replaced by another.
    """
    if name not in engine_names():
        raise EngineError(*unknown("engine", name, engine_names()))
    offers = engine_offers() if name == "auto" else ENGINES[name]()
    if not offers:
        raise EngineError(
            f"no {name} engine is installed",
            Remedy(Act.SHOW_ENGINES),
            Remedy(Act.INSTALL_PACKAGE),
            Remedy(Act.CHOOSE_ENGINE, "auto"),
        )
    if not sha256:
        return offers[0]
    for offer in offers:
        if offer.card().sha256 == sha256:
            return offer
    found = offers[0].card()
    raise EngineError(
        f"engine.sha256 pins {sha256[:16]}…, but {found.title} {found.version} is "
        f"{found.sha256[:16]}…",
        "install the pinned package",
        "change the setting",
    )


def opened(offer: Offer, cores: int) -> Engine:
    """Give the engine of an offer, which a process opens once for as many cores.

    It keeps the two that it used last. The card says which it is: a package that was replaced is
    another engine. Raises EngineError where the model is damaged.
    """
    key = (offer.card(), cores)
    with _OPENING:
        # The order of the dictionary is that of use, the one used last at its end.
        _OPENED[key] = _OPENED.pop(key) if key in _OPENED else offer.open(cores)
        while len(_OPENED) > _MOST_OPENED:
            del _OPENED[next(iter(_OPENED))]
        return _OPENED[key]
