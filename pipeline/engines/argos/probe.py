"""A package in, an error out where its model cannot be loaded: tried in a process of its own.

Model files are read by native code, which a hostile or damaged one might crash.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pipeline.engines.argos.engine import open_argos
from pipeline.engines.argos.package import ArgosPackage, read_package
from pipeline.errors import EngineError
from pipeline.model import Request

_SECONDS = 120


def probe(package: ArgosPackage) -> None:
    """Load a package elsewhere and let it translate a word; raises EngineError where that fails."""
    code = "import sys; from pipeline.engines.argos.probe import main; main(sys.argv[1])"
    command = [sys.executable, "-c", code, str(package.folder)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode:
        raise EngineError(
            "the package's model cannot be loaded, it is damaged", "download it again"
        )


def main(folder: str) -> None:
    """Do what ``probe`` asks of the other process."""
    open_argos([read_package(Path(folder))], 1).translate([Request("Un mot.")], 1)
