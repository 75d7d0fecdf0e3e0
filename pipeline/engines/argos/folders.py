"""The environment in, the installed Argos packages out: the user's own folder, and Enregard's.

Where Argos Translate keeps its packages is worked out here as ``argostranslate.settings`` does it
(1.11), because importing that module makes folders in the user's home.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from pipeline.engines.argos.package import ArgosPackage, read_package
from pipeline.errors import EngineError
from pipeline.files import TEMPORARY_PREFIX
from pipeline.jsonfile import load_json

_MAX_SETTINGS_BYTES = 1_000_000


def _base(variable: str, *default: str) -> Path:
    return Path(os.environ.get(variable) or Path("~", *default)).expanduser()


def own_folder() -> Path:
    """Give the folder of the packages that Enregard installed (ENREGARD_PACKAGES_DIR, or XDG's)."""
    given = os.environ.get("ENREGARD_PACKAGES_DIR")
    data = _base("XDG_DATA_HOME", ".local", "share")
    return Path(given).expanduser() if given else data / "enregard" / "packages"


def argos_folder() -> Path:
    """Give the folder of Argos Translate's packages: ARGOS_PACKAGES_DIR, its settings, or XDG's."""
    given = os.environ.get("ARGOS_PACKAGES_DIR") or _argos_setting()
    data = _base("XDG_DATA_HOME", ".local", "share")
    return Path(given).expanduser() if given else data / "argos-translate" / "packages"


def _argos_setting() -> str:
    path = _base("XDG_CONFIG_HOME", ".config") / "argos-translate" / "settings.json"
    with suppress(OSError, ValueError):
        with path.open("rb") as stream:
            settings = load_json(stream.read(_MAX_SETTINGS_BYTES))
        value = settings.get("ARGOS_PACKAGES_DIR") if isinstance(settings, dict) else None
        return value if isinstance(value, str) else ""
    return ""


def installed_packages() -> tuple[list[ArgosPackage], list[EngineError]]:
    """Give the packages on this machine, the newest of a language pair first, and the problems.

    A folder that is no usable package hides no other.
    """
    packages: list[ArgosPackage] = []
    problems: list[EngineError] = []
    for folder in dict.fromkeys([own_folder(), argos_folder()]):
        with suppress(OSError):
            for path in sorted(folder.iterdir()):
                if not path.is_dir() or path.name.startswith(TEMPORARY_PREFIX):
                    continue
                try:
                    packages.append(read_package(path))
                except EngineError as error:
                    problems.append(error)
    # Sorting is stable: of equal versions the one in Enregard's own folder comes first.
    packages.sort(key=lambda package: _order(package.version), reverse=True)
    packages.sort(key=lambda package: (package.source, package.target))
    return packages, problems


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"[0-9]{1,9}", version))
