"""Attack Enregard as a whole, and write docs/proof.md: python -m tests.proof [PART ...].

Every part is done in pieces, each a file of counts in build/proof with the hash of the sources.
What is finished for the sources as they are is not done again (but with --fresh), so that a proof
that was stopped goes on where it was, and loses the piece it was at.
--quick does a little of each part, in half a minute, and writes nothing; --page writes the page of
what there is.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module

from tests.proof import ground
from tests.proof.report import Share, Tally, begin, write_page
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
# What a part cannot be done without.
TOOLS = {"egress": ("chromium", "unshare")}
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
# And of how many pieces only one is done.
FEW = {"kills": 5, "faults": 23, "shortages": 5}


def doing(part: str) -> Callable[..., None]:
    """Give what does a part."""
    work: Callable[..., None] = getattr(import_module(f"tests.proof.{PARTS[part]}"), part)
    return work


def main() -> int:
    """Do the parts that are asked for; give 1 where one found a fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--fresh", action="store_true", help="do again what is finished")
    parser.add_argument("--quick", action="store_true", help="do a little of each part")
    parser.add_argument("--page", action="store_true", help="only write the page")
    given = parser.parse_args()
    if given.worker:
        return _work(given.parts)
    if given.page:
        return write_page(list(PARTS))
    if given.quick:
        return _quickly(given.parts or list(QUICK))
    return _prove(given.parts or list(PARTS), given.fresh)


def _prove(parts: list[str], is_fresh: bool) -> int:
    """Do parts in processes of their own, each of which takes the next piece that is free.

    Gives 1 where one found a fault, 2 where the machine lacks a tool.
    """
    missing = [tool for part in parts for tool in TOOLS.get(part, ()) if not shutil.which(tool)]
    if missing:
        _say(
            f"the proof needs {' and '.join(missing)} (Debian: apt-get install chromium util-linux)"
        )
        return 2
    for part in parts:
        begin(part, is_fresh)
    environment = ground.interposed() or dict(os.environ)
    command = [sys.executable, "-m", "tests.proof", *parts, "--worker"]
    running = [subprocess.Popen(command, cwd=ROOT, env=environment) for _ in range(WORKERS)]
    codes = [each.wait() for each in running]
    return write_page(list(PARTS)) or max(map(abs, codes))


def _quickly(parts: list[str]) -> int:
    """Do a little of some parts, in this process under the interposer."""
    environment = ground.interposed()
    if environment and ground.LIBRARY not in os.environ:
        # This process becomes another, as the interposer is loaded at the start of one.
        command = [sys.executable, "-m", "tests.proof", "--quick", *parts]
        os.execve(sys.executable, command, environment)
    ground.prepare()
    faults = 0
    for part in parts:
        tally = Tally()
        few = FEW.get(part, 1)
        doing(part)(tally, lambda number, few=few: number % few == few - 1, QUICK[part])
        faults += len(tally.faults)
        _say(f"{part}: {sum(tally.tries.values())} tries, {len(tally.faults)} faults")
        for kind, tried, fault in tally.faults[:5]:
            _say(f"  {kind}, {tried}: {fault[-1500:]}")
    return 1 if faults else 0


def _work(parts: list[str]) -> int:
    """Be one of the processes that do some parts."""
    ground.prepare()
    for part in parts:
        begun, share = time.monotonic(), Share(part)
        doing(part)(share, share.takes)
        share.end()
        _say(f"{part}: {time.monotonic() - begun:.0f} s")
    return 0


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
