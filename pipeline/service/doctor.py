"""A machine in, diagnoses out: what Enregard needs, whether it is there, and the remedy."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline import __version__
from pipeline.engines import Offer
from pipeline.errors import Act, EnregardError, Remedy
from pipeline.files import explain
from pipeline.jobs.bundled import check_all
from pipeline.service.cluster.placement import suited
from pipeline.stages.publish.render import check_renderer

_FORBIDDEN = ("torch", "stanza", "spacy")
_FREE_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at: whether it is well, what was found, and what to do if it is not."""

    name: str
    well: bool
    found: str
    remedies: tuple[str | Remedy, ...] = ()


def diagnose(output: Path, offer: Offer) -> list[Diagnosis]:
    """Look at versions, the renderer and its fonts, the model, the disk and the output folder."""
    return [
        _versions(),
        _light(),
        _attempt("files", lambda: f"{check_all()} files that ship are as they were shipped"),
        _attempt("pdf", check_renderer),
        _attempt("model", lambda: _model(offer)),
        Diagnosis("workers", True, suited().words),
        _disk(output),
        _writable(output),
    ]


def _versions() -> Diagnosis:
    python, sqlite = platform.python_version(), sqlite3.sqlite_version
    found = f"Enregard {__version__}, Python {python}, SQLite {sqlite}"
    return Diagnosis(
        "versions", sys.version_info >= (3, 11), found, ("install Python 3.11 or newer",)
    )


def _light() -> Diagnosis:
    present = [name for name in _FORBIDDEN if importlib.util.find_spec(name)]
    found = f"{', '.join(present)} installed" if present else "no torch, stanza or spaCy"
    remedy = "make the environment again with 'make clean setup'; Enregard never needs them"
    return Diagnosis("environment", not present, found, (remedy,))


def _attempt(name: str, check: Callable[[], str]) -> Diagnosis:
    try:
        return Diagnosis(name, True, check())
    except EnregardError as error:
        return Diagnosis(name, False, error.fault, error.remedies)


def _model(offer: Offer) -> str:
    offer.open(1)
    card = offer.card()
    return f"{card.title} {card.version} ({card.size // 1_000_000} MB, {card.fingerprint})"


def _nearest(folder: Path) -> Path:
    """Give the folder, or the nearest one above it that exists."""
    for path in [folder.absolute(), *folder.absolute().parents]:
        with suppress(OSError):
            if path.exists():
                return path
    return Path("/")


def _disk(output: Path) -> Diagnosis:
    free = shutil.disk_usage(_nearest(output)).free
    remedies = (f"free {_FREE_BYTES // 1_000_000} MB", Remedy(Act.CHOOSE_OUTPUT))
    return Diagnosis("disk", free >= _FREE_BYTES, f"{free / 1e9:.1f} GB free", remedies)


def _writable(output: Path) -> Diagnosis:
    folder = _nearest(output)
    try:
        well = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
        found = f"{output} can be written" if well else f"{folder} cannot be written"
    except OSError as error:
        well, found = False, explain(error)
    return Diagnosis("output", well, found, (Remedy(Act.CHOOSE_OUTPUT),))
