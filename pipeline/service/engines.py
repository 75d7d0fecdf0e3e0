"""The engines of this machine: listed, installed, and checked with the rest it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.engines import choose_engine, engine_offers
from pipeline.engines.argos import (
    ArgosPackage,
    download,
    installed_packages,
    keep,
    own_folder,
    unpacked,
)
from pipeline.engines.argos.probe import probe
from pipeline.errors import EngineError
from pipeline.model import EngineCard
from pipeline.service.doctor import Diagnosis, diagnose


@dataclass(frozen=True, slots=True)
class InstalledEngine:
    """An engine on this machine and where its files lie."""

    card: EngineCard
    place: str


@dataclass(frozen=True, slots=True)
class InstalledPackage:
    """An Argos package that was installed, and its hash."""

    folder: Path
    title: str
    version: str
    sha256: str


def engines() -> tuple[list[InstalledEngine], list[EngineError]]:
    """Give the engines on this machine, the one ``auto`` takes first, and what is wrong with any.

    A package that cannot be used hides no other.
    """
    _, problems = installed_packages()
    found = []
    for offer in engine_offers():
        try:
            found.append(InstalledEngine(offer.card(), offer.place))
        except EngineError as error:
            problems.append(error)
    return found, problems


def install_package(archive: Path) -> InstalledPackage:
    """Install an ``.argosmodel`` file in Enregard's own folder; no other package is touched.

    Raises InputError or EngineError where the file is not to be trusted; nothing is then installed.
    """
    folder = own_folder()
    with unpacked(archive, folder) as package:
        probe(package)
        return _installed(keep(package, folder))


def download_package(
    source: str, target: str, progress: Callable[[int, int], None]
) -> InstalledPackage:
    """Fetch the index' package for a language pair and install it; needs the network.

    ``progress`` is told the bytes so far and in all (0: unknown).
    """
    with download(source, target, own_folder(), progress) as archive:
        return install_package(archive)


def _installed(package: ArgosPackage) -> InstalledPackage:
    return InstalledPackage(package.folder, package.title, package.version, package.sha256)


def check_machine(output: Path) -> list[Diagnosis]:
    """Check that this machine can translate, publish and store."""
    return diagnose(output, choose_engine("auto"))
