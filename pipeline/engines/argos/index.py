"""A language pair in, the package file that Argos' index offers for it out.

The only module of Enregard that opens a connection, and only when the user asks for a
package by its languages. The index comes through ``argostranslate.package``.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipeline.engines.argos.install import MAX_FILE_BYTES
from pipeline.errors import Act, EngineError, Remedy
from pipeline.files import storing, temporary_folder

_TIMEOUT = 30.0
_BLOCK = 1 << 18
_SCHEMES = ("https", "http")

Progress = Callable[[int, int], None]


@contextmanager
def download(source: str, target: str, folder: Path, progress: Progress) -> Iterator[Path]:
    """Fetch the newest package of a language pair to a temporary file in ``folder``.

    ``progress`` is told the bytes so far and in all (0: unknown). Raises EngineError where the
    index cannot be reached or offers no such package.
    """
    offers = [
        offer
        for offer in _index()
        if (offer.type, offer.from_code, offer.to_code) == ("translate", source, target)
    ]
    if not offers:
        raise EngineError(
            f"the index offers no package for {source} → {target}",
            "check the codes, such as: fr en",
        )
    newest = max(offers, key=lambda offer: [int(n) for n in offer.package_version.split(".")])
    with storing(f"the packages folder {folder}", EngineError):
        folder.mkdir(parents=True, exist_ok=True)
        with temporary_folder(folder) as place:
            file = place / "package.argosmodel"
            for link in newest.links:
                if urlsplit(link).scheme in _SCHEMES and _fetch(link, file, progress):
                    yield file
                    return
            raise _unreachable()


def _index() -> list[Any]:
    """Give the packages of a freshly fetched index."""
    from argostranslate import package, settings

    # What went wrong is said once, by the error below.
    logging.getLogger("argostranslate").addHandler(logging.NullHandler())
    local = Path(settings.local_package_index)
    # Argos reads an old index where it cannot fetch a new one, and asks for ever without either.
    with suppress(OSError):
        local.unlink(missing_ok=True)
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_TIMEOUT)
    try:
        package.update_package_index()
    finally:
        socket.setdefaulttimeout(before)
    if not local.exists():
        raise _unreachable()
    try:
        offers: list[Any] = package.get_available_packages()
    except (ValueError, AttributeError, TypeError):
        raise EngineError("the package index is damaged", "try again later") from None
    return offers


def _unreachable() -> EngineError:
    return EngineError(
        "the package index cannot be reached", "check the connection", Remedy(Act.BRING_PACKAGE)
    )


def _fetch(link: str, path: Path, progress: Progress) -> bool:
    """Download a link to a file; tell whether it is there, whole."""
    from urllib.request import Request, urlopen

    request = Request(link, headers={"User-Agent": "enregard"})
    try:
        with urlopen(request, timeout=_TIMEOUT) as answer, path.open("wb") as sink:
            total, done = int(answer.headers.get("Content-Length") or 0), 0
            while block := answer.read(_BLOCK):
                done += len(block)
                if done > MAX_FILE_BYTES:
                    return False
                sink.write(block)
                progress(done, total)
    except (OSError, ValueError):
        return False
    return total in (0, done)
