"""A parcel of work in, what came of it out: what a worker process does, whoever hands it out.

A parcel shows nothing of what it holds where it is logged, and nothing of it is written to a disk.
An error is sent back as a value: one that is raised would be logged with what was worked on.
"""

from __future__ import annotations

import hashlib
import pickle
import platform
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.engines import choose_engine, opened
from pipeline.errors import EngineError, EnregardError, within_memory
from pipeline.glossary import Glossary
from pipeline.jobs.labour import HERE
from pipeline.model import Translation
from pipeline.stages.translate import stage as translate
from pipeline.stages.translate.search import Search
from pipeline.stages.translate.stage import Task

# What else a result may depend on, to the last bit.
_LIBRARIES = ("onnxruntime", "numpy", "ctranslate2", "sentencepiece", "weasyprint", "pydyf")
_ROOT = Path(__file__).resolve().parent.parent.parent


class Parcel:
    """A value on its way between processes, packed; its text shows nothing of it."""

    __slots__ = ("data",)

    def __init__(self, value: object) -> None:
        self.data = zlib.compress(pickle.dumps(value, protocol=5), 1)

    def open(self) -> Any:
        """Give the value."""
        return pickle.loads(zlib.decompress(self.data))

    def __repr__(self) -> str:
        return f"<parcel of {len(self.data)} bytes>"

    def __getstate__(self) -> bytes:
        return self.data

    def __setstate__(self, data: bytes) -> None:
        self.data = data


@dataclass(frozen=True, slots=True)
class EngineOrder:
    """Which engine is to be used, to the last bit, and on how many threads."""

    name: str
    sha256: str
    fingerprint: str
    threads: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a worker gives instead of a result: what is wrong with it or with what it was given."""

    error: EnregardError


def perform(kind: str, parcel: Parcel, program: str) -> Parcel:
    """Do what a parcel asks for, if this is the ``program`` that it is meant for."""
    try:
        if program != program_digest():
            raise EngineError(
                "a worker has another version of Enregard", "install the same on all machines"
            )
        with within_memory(EngineError, "a worker is out of memory", "give it fewer threads"):
            return Parcel(WORK[kind](*parcel.open()))
    except EnregardError as error:
        return Parcel(Refusal(error))
    except Exception as error:
        # Its words may hold words of the text.
        return Parcel(Refusal(EngineError(f"a worker failed ({type(error).__name__})")))


def translated(order: EngineOrder, tasks: Sequence[Task], search: Search) -> list[Translation]:
    """Translate a chunk with an engine that this process opens once."""
    offer = choose_engine(order.name, order.sha256)
    found = offer.card().fingerprint
    if found != order.fingerprint:
        raise EngineError(f"a worker's engine is {found}, not {order.fingerprint}")
    return translate.translate(tasks, opened(offer, order.threads), search)


WORK: dict[str, Callable[..., object]] = {
    "translate": translated,
    "score": HERE.score,
    "publish": HERE.publish,
}


@cache
def program_digest() -> str:
    """Give a hash of all that decides what comes out: the program, its data, its libraries."""
    digest = hashlib.sha256(platform.python_version().rpartition(".")[0].encode())
    for name, found in libraries().items():
        digest.update(f"{name} {found}\n".encode())
    for path in sorted(_ROOT.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and "_shipped" not in path.parts:
            digest.update(str(path.relative_to(_ROOT)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def libraries() -> dict[str, str]:
    """Give the versions of the libraries that a result may depend on."""
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "none"
    return found


def introduce(order: EngineOrder, glossary: dict[str, Any]) -> dict[str, str]:
    """Say what this process is: what must be alike in all that work on one batch."""
    try:
        card = choose_engine(order.name, order.sha256).card()
        engine = f"{card.title} {card.version} ({card.fingerprint})"
    except EnregardError as error:
        engine = str(error)
    return {
        "Enregard": __version__,
        "Python": platform.python_version().rpartition(".")[0],
        **libraries(),
        "the engine": engine,
        "the glossary": Glossary.restore(glossary).sha256[:16],
        "the program's files": program_digest()[:16],
    }
