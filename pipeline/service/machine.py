"""An output folder in; how full the disk is and what the machine lacks, out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.errors import EngineError, packed, unpacked
from pipeline.service.doctor import Diagnosis
from pipeline.service.engines import check_machine

_SECONDS = 120
_ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True)
class DiskUse:
    """Bytes that the jobs take, and bytes that are free beside them."""

    jobs: int
    free: int


def disk_use(output: Path) -> DiskUse:
    """Tell how much room the jobs take, and how much is left."""
    sizes = (each.stat().st_size for each in output.rglob("*") if each.is_file())
    place = output if output.exists() else output.absolute().parent
    return DiskUse(sum(sizes), shutil.disk_usage(place if place.exists() else Path("/")).free)


def check_apart(output: Path) -> list[Diagnosis]:
    """Check the machine in a process of its own, which takes the memory of a model with it."""
    command = [sys.executable, "-P", "-m", "pipeline.service.machine", str(output)]
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_SECONDS, check=True, env=environment
        )
        return [
            Diagnosis(**{**each, "remedies": unpacked(each["remedies"])})
            for each in json.loads(done.stdout)
        ]
    except (subprocess.SubprocessError, ValueError, TypeError, KeyError):
        raise EngineError("the machine could not be checked", "try again") from None


def main(folder: str) -> None:
    """Check the machine; print what was found as JSON."""
    found = [
        {**asdict(each), "remedies": packed(each.remedies)} for each in check_machine(Path(folder))
    ]
    print(json.dumps(found))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
