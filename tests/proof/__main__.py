"""Attack Enregard as a whole, and write docs/proof.md: python -m tests.proof [PART ...].

Every part keeps its counts in build/proof as it goes on; what is finished for the sources as they
are is not done again (but with --fresh), so that a proof that was stopped goes on where it was.
--quick does a little of each part, in half a minute, and writes nothing; --page writes the page of
what there is.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

from tests.proof import ground
from tests.proof.report import FOLDER, Tally, finished, write_page
from tests.support.paths import ROOT

WORKERS = 2
# part: the module that does it, in a function of the part's name
PARTS = {
    "kills": "strikes",
    "faults": "strikes",
    "shortages": "strikes",
    "races": "races",
    "damage": "damage",
    "fuzz": "fuzz",
    "growth": "growth",
    "egress": "egress",
    "states": "states",
}
# How much of a part is a little of it: every how many, how many times, or how far.
QUICK = {
    "kills": 40,
    "faults": 50,
    "shortages": 6,
    "races": 1,
    "damage": 300,
    "fuzz": 30,
    "states": 2,
}


def doing(part: str) -> Callable[..., None]:
    """Give what does a part."""
    work: Callable[..., None] = getattr(import_module(f"tests.proof.{PARTS[part]}"), part)
    return work


def main() -> int:
    """Do the parts that are asked for; give 1 where one found a fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART")
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--fresh", action="store_true", help="do again what is finished")
    parser.add_argument("--quick", action="store_true", help="do a little of each part")
    parser.add_argument("--page", action="store_true", help="only write the page")
    given = parser.parse_args()
    if given.worker is not None:
        return _work(given.parts[0], given.worker)
    if given.page:
        return write_page(list(PARTS))
    if given.quick:
        return _quickly(given.parts or list(QUICK))
    environment = ground.interposed() or dict(os.environ)
    for part in given.parts or list(PARTS):
        if not given.fresh and finished(part):
            _say(f"{part}: done before")
            continue
        _prove(part, environment)
    return write_page(list(PARTS))


def _prove(part: str, environment: dict[str, str]) -> None:
    """Do a part in processes of its own."""
    for path in FOLDER.glob(f"{part}-*.json"):
        path.unlink()
    begun = time.monotonic()
    command = [sys.executable, "-m", "tests.proof", part, "--worker"]
    running = [
        subprocess.Popen([*command, str(worker)], cwd=ROOT, env=environment)
        for worker in range(WORKERS)
    ]
    codes = [each.wait() for each in running]
    _say(f"{part}: {time.monotonic() - begun:.0f} s{'' if not any(codes) else f', {codes}'}")


def _quickly(parts: list[str]) -> int:
    """Do a little of some parts, in this process under the interposer."""
    environment = ground.interposed()
    if environment and ground.LIBRARY not in os.environ:
        command = [sys.executable, "-m", "tests.proof", "--quick", *parts]
        return subprocess.run(command, cwd=ROOT, env=environment).returncode
    ground.prepare()
    faults = 0
    for part in parts:
        tally: Any = Tally(part)
        tally.keep = lambda **_: None
        few = PARTS[part] == "strikes"
        doing(part)(tally, lambda number, few=few: not few or number % 4 == 1, QUICK[part])
        faults += len(tally.faults)
        _say(f"{part}: {sum(tally.tries.values())} tries, {len(tally.faults)} faults")
        for kind, tried, fault in tally.faults[:5]:
            _say(f"  {kind}, {tried}: {fault[-1500:]}")
    return 1 if faults else 0


def _work(part: str, worker: int) -> int:
    """Be one of the processes of a part."""
    ground.prepare()
    tally = Tally(part, worker)
    tally.keep()
    doing(part)(tally, lambda number: number % WORKERS == worker)
    tally.keep(is_finished=True)
    return 0


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
