"""Every command that writes, stopped at every call that changes a file; then gone on with.

Killed before and after the n-th call, or refused at it (no space, a broken disk, no permission, an
interrupted call, half a write), for n = 1, 2, 3 … until the command ends as if nothing had been.
What then stands there, after the same command again, must be what an undisturbed one leaves.
"""

from __future__ import annotations

import errno
import os
import resource
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.proof.ground import (
    EVERY,
    KILL_AFTER,
    KILL_BEFORE,
    KINDS,
    REFUSE,
    SHORT,
    Outcome,
    fault_of,
    forked,
    place,
    run_here,
)
from tests.proof.report import Tally
from tests.proof.scenes import SCENES, Scene, filled, job_of, state, strays

Arm = tuple[int, int, int, int]
_NEVER = 1 << 40
# Of these there is nothing left to do once they are done.
_GONE = ("rename", "archive", "delete")
# What may be refused by what a disk or a system says.
REFUSALS: dict[str, tuple[int, int, int]] = {
    "ENOSPC": (REFUSE, errno.ENOSPC, EVERY - KINDS["unlink"]),
    "EIO": (REFUSE, errno.EIO, EVERY),
    "EACCES": (REFUSE, errno.EACCES, EVERY - KINDS["write"] - KINDS["sync"] - KINDS["size"]),
    "EINTR": (REFUSE, errno.EINTR, KINDS["write"] + KINDS["open"]),
    "short": (SHORT, 0, KINDS["write"]),
}


# Every call up to the first number, then every so many: later ones repeat what a chunk does.
_KILLS, _FAULTS = (200, 2), (40, 10)


def _numbers(first: int, last: int, every: int, dense: int, step: int) -> Iterator[int]:
    yield from range(first, min(dense, last) + 1, every)
    yield from range(dense + 1, last + 1, every * step)


class Rig:
    """A scene made ready: its ground before, and what an undisturbed command leaves."""

    def __init__(self, scene: Scene, folder: Path) -> None:
        """Make the ground in a folder, which is the current one."""
        self.scene, self._folder = scene, folder
        self.before = folder / "before"
        self.before.mkdir()
        self._within(self.before, lambda: scene.before(self.before))
        clean = self.copy("clean")
        done = self.strike(clean, (_NEVER, REFUSE, 0, EVERY))
        assert done.value.code == 0, (scene.name, done.value)
        self.calls, self.wanted = done.calls, state(clean)
        self._plain = {path.name: path.stat().st_mode for path in clean.iterdir()}

    def copy(self, name: str) -> Path:
        """Give a fresh copy of the ground."""
        folder = self._folder / name
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.before, folder)
        return folder

    def strike(
        self, folder: Path, arm: Arm | None, first: Callable[[], None] | None = None
    ) -> Outcome:
        """Run the command there, armed."""
        arguments = filled(self.scene.command, folder)
        return self._within(folder, partial(_limited, arguments, first), arm)

    def mend(self, folder: Path) -> str:
        """Look at what is left, and run the command again; say what is not as it must be."""
        done = self._within(folder, partial(self._mended, folder))
        return done.fault or str(done.value)

    def _mended(self, folder: Path) -> str:
        listed = run_here("list", "--json")
        if listed.code or '"damaged"' in listed.out:
            return f"list: {listed}"
        done = run_here(*filled(self.scene.command, folder))
        if done.code == 2 and self.scene.name not in _GONE:
            # What was decided is stored; what it was decided on is being made again.
            done = run_here("resume", job_of(folder))
        if not done.is_clear or (done.code and self.scene.name not in _GONE):
            return f"again: {done}"
        now = state(folder)
        if now != self.wanted:
            names = now.keys() | self.wanted.keys()
            other = sorted(name for name in names if now.get(name) != self.wanted.get(name))
            return f"another state: {other}"
        return f"strays: {left}" if (left := strays(folder)) else ""

    @staticmethod
    def _within(folder: Path, work: Callable[[], object], arm: Arm | None = None) -> Outcome:
        def inside() -> object:
            os.chdir(folder)
            return work()

        return forked(inside, arm)


def _limited(arguments: list[str], first: Callable[[], None] | None) -> object:
    if first:
        first()
    return run_here(*arguments)


def kills(tally: Tally, share: Callable[[int], bool], every: int = 1) -> None:
    """Kill each command before every ``every``-th call, which is after the one before it.

    After the call itself it is killed at every eighth, to see that this is so.
    """
    for stage in _stages(share):
        for number in _numbers(1, stage.calls, every, *_KILLS):
            for deed in (KILL_BEFORE, KILL_AFTER)[: 1 if number % 8 else 2]:
                folder = stage.copy("it")
                outcome = stage.strike(folder, (number, deed, 0, EVERY))
                fault = fault_of(outcome) or stage.mend(folder)
                tally.add(stage.scene.name, fault, f"call {number}, deed {deed}")
        tally.keep()


def faults(tally: Tally, share: Callable[[int], bool], every: int = 1) -> None:
    """Refuse each command's n-th call, for every n until it ends as if nothing had been."""
    for stage in _stages(share):
        for name, (deed, number, kinds) in REFUSALS.items():
            for at in _numbers(1, stage.calls + 1, every, *_FAULTS):
                folder = stage.copy("it")
                outcome = stage.strike(folder, (at, deed, number, kinds))
                fault = fault_of(outcome) or stage.mend(folder)
                tally.add(name, fault, f"{stage.scene.name}: call {at}")
                if outcome.calls < at:
                    break
        tally.keep()


def shortages(tally: Tally, share: Callable[[int], bool], every: int = 1) -> None:
    """Give each command less and less memory, and less and less depth of calls."""
    for stage in _stages(share):
        for what, steps in (
            ("memory", range(0, 64, 8 * every)),
            ("recursion", range(40, 240, 25 * every)),
        ):
            for step in steps:
                folder = stage.copy("it")
                first = partial(_less_memory if what == "memory" else _less_depth, step)
                fault = fault_of(stage.strike(folder, None, first)) or stage.mend(folder)
                tally.add(what, fault, f"{stage.scene.name}: {step}")
        tally.keep()


def _less_memory(megabytes: int) -> None:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    limit = pages * resource.getpagesize() + (megabytes << 20)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _less_depth(more: int) -> None:
    depth, frame = 0, sys._getframe()
    while frame.f_back is not None:
        frame, depth = frame.f_back, depth + 1
    sys.setrecursionlimit(depth + more)


def _stages(share: Callable[[int], bool]) -> Iterator[Rig]:
    """Make the scenes ready that are this process's share."""
    for number, scene in enumerate(SCENES):
        if share(number):
            with place() as folder:
                yield Rig(scene, folder)
