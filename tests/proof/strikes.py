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
from collections.abc import Callable
from functools import partial
from itertools import count, product
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
    load_real,
    place,
    run_here,
)
from tests.proof.report import Tally
from tests.proof.scenes import SCENES, Scene, job_of, state, strays

Arm = tuple[int, int, int, int]
# Takes what was tried, what is wrong with what came of it, and how it was tried.
Told = Callable[[str, str, str], None]
_NEVER = 1 << 40
# Calls of a command from which on not each of them is refused in every way.
_MANY = 300
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
        return self._within(folder, partial(_limited, self.scene, folder, first), arm)

    def mend(self, folder: Path) -> str:
        """Look at what is left, and run the command again; say what is not as it must be."""
        done = self._within(folder, partial(self._mended, folder))
        return done.fault or str(done.value)

    def _mended(self, folder: Path) -> str:
        listed = run_here("list", "--json")
        if listed.code or '"damaged"' in listed.out:
            return f"list: {listed}"
        done = self.scene.run(folder)
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


def _limited(scene: Scene, folder: Path, first: Callable[[], None] | None) -> object:
    if first:
        first()
    return scene.run(folder)


def kills(tally: Tally, share: Callable[[int], bool], every: int = 1) -> None:
    """Kill each command before every ``every``-th call, which is after the one before it.

    After the call itself it is killed at every eighth, to see that this is so.
    """
    for number, scene in enumerate(SCENES):
        if share(number) and not (scene.is_real and every > 1):
            _counted(tally, scene, partial(_killed, every * scene.seldom))


def _killed(every: int, rig: Rig, tell: Told) -> None:
    for number in range(1, rig.calls + 1, every):
        for deed in (KILL_BEFORE, KILL_AFTER)[: 1 if number % 8 else 2]:
            folder = rig.copy("it")
            outcome = rig.strike(folder, (number, deed, 0, EVERY))
            fault = fault_of(outcome) or rig.mend(folder)
            tell(rig.scene.name, fault, f"call {number}, deed {deed}")


def faults(tally: Tally, share: Callable[[int], bool], every: int = 1) -> None:
    """Refuse each command's n-th call, for n = 1, 2, 3 … until it ends as if nothing had been.

    Of a command with many calls each is refused in two or three of the five ways.
    """
    for number, (scene, how) in enumerate(product(SCENES, REFUSALS)):
        if share(number) and not (scene.is_real and every > 1):
            step = every * scene.seldom * (len(REFUSALS) if scene.is_real else 1)
            _counted(tally, scene, partial(_refused, how, step))


def _refused(how: str, every: int, rig: Rig, tell: Told) -> None:
    deed, number, kinds = REFUSALS[how]
    step = 2 * every if rig.calls > _MANY else every
    for at in count(1 + list(REFUSALS).index(how) % (step // every), step):
        folder = rig.copy("it")
        outcome = rig.strike(folder, (at, deed, number, kinds))
        fault = fault_of(outcome) or rig.mend(folder)
        tell(how, fault, f"{rig.scene.name}: call {at}")
        if outcome.calls < at:
            return


def shortages(tally: Tally, share: Callable[[int], bool], every: int = 1) -> None:
    """Give each command less and less memory, and less and less depth of calls."""
    for number, scene in enumerate(SCENES):
        if share(number) and not (scene.is_real or scene.asks):
            _counted(tally, scene, partial(_starved, every))


def _starved(every: int, rig: Rig, tell: Told) -> None:
    for what, steps in (
        ("memory", range(0, 64, 4 * every)),
        ("recursion", range(40, 240, 10 * every)),
    ):
        for step in steps:
            folder = rig.copy("it")
            first = partial(_less_memory if what == "memory" else _less_depth, step)
            fault = fault_of(rig.strike(folder, None, first)) or rig.mend(folder)
            tell(what, fault, f"{rig.scene.name}: {step}")


def _counted(tally: Tally, scene: Scene, attack: Callable[[Rig, Told], None]) -> None:
    """Attack a scene in a process of its own, which is the only one to load a real engine."""

    def does() -> list[tuple[str, str, str]]:
        told: list[tuple[str, str, str]] = []
        with place() as folder:
            if scene.is_real:
                load_real()
            attack(Rig(scene, folder), lambda *each: told.append(each))
        return told

    outcome = forked(does, patience=3_600)
    if outcome.fault:
        tally.add(scene.name, outcome.fault, "the whole of it")
    for kind, fault, tried in outcome.value or ():
        tally.add(kind, fault, tried)


def _less_memory(megabytes: int) -> None:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    limit = pages * resource.getpagesize() + (megabytes << 20)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _less_depth(more: int) -> None:
    depth, frame = 0, sys._getframe()
    while frame.f_back is not None:
        frame, depth = frame.f_back, depth + 1
    sys.setrecursionlimit(depth + more)
