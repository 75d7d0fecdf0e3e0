"""A hundred processes at one job: runs, deciders, readers and exporters, all at once.

One run holds the job and the others say so; every decision that was said to be stored is stored;
who reads while something is published sees the old edition or the new, whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
from collections.abc import Callable
from pathlib import Path

from tests.proof.ground import CORRECTED, Said, forked, place, run_here, work
from tests.proof.report import Tally
from tests.proof.scenes import SCENES, job_of, strays

PROCESSES = 100


def races(tally: Tally, share: Callable[[int], bool], rounds: int = 4) -> None:
    """Let processes loose on one job, several times over."""
    for number in range(rounds):
        if share(number):
            with place() as folder:
                _race(tally, folder, number)


def _race(tally: Tally, folder: Path, number: int) -> None:
    scene = next(each for each in SCENES if each.name == "review --sentence")
    forked(lambda: scene.before(folder))
    work(folder, CORRECTED if number % 2 else (folder / "t.md").read_text("utf-8"))
    job, chance = job_of(folder), random.Random(number)
    written = {}
    running: list[tuple[str, int, int]] = []
    for at in range(PROCESSES):
        kind = chance.choice(("run", "decide", "decide", "list", "show", "export", "files"))
        if kind == "decide":
            written[at] = f"It sits in Tallinn, {at}."
        running.append((kind, at, _started(folder, kind, at, job)))
    stored = 0
    for kind, at, child in running:
        os.waitpid(child, 0)
        said = folder / f"said-{at}"
        fault = said.read_text("utf-8") if said.exists() else "nothing was said"
        if kind == "decide" and fault == "stored":
            stored, fault = stored + 1, ""
        tally.add(kind, fault, f"round {number}, process {at}")
    last = forked(lambda: run_here("review", job, "--export", "all.json", "--force"))
    kept = forked(lambda: _rows(folder / "output" / job / "job.sqlite3")).value
    tally.add("decisions", "" if kept >= stored else f"{stored} stored, {kept} kept", job)
    after = forked(lambda: run_here("run", "t.md", "--json")).value
    fault = "" if last.value.code == 0 and after.code == 0 else f"{last} {after}"
    fault = fault or ("strays" if strays(folder) else "")
    tally.add("the end", fault, f"round {number}")


def _rows(path: Path) -> int:
    import sqlite3

    database = sqlite3.connect(path)
    (count,) = database.execute(
        "SELECT count(*) FROM decisions WHERE value LIKE '%It sits in Tallinn, %'"
    ).fetchone()
    database.close()
    return int(count)


def _started(folder: Path, kind: str, at: int, job: str) -> int:
    child = os.fork()
    if child:
        return child
    try:
        fault = _one(folder, kind, at, job)
    except BaseException as error:
        fault = f"{type(error).__name__}: {error}"
    (folder / f"said-{at}").write_text(fault, "utf-8")
    os._exit(0)


def _one(folder: Path, kind: str, at: int, job: str) -> str:
    if kind == "files":
        return _edition(folder / "output" / job)
    commands: dict[str, tuple[object, ...]] = {
        "run": ("run", "t.md", "--json"),
        "decide": (
            *("review", job, "--segment", "b0001.s01", "--no-rebuild"),
            *("--sentence", f"It sits in Tallinn, {at}."),
        ),
        "list": ("list", "--json"),
        "show": ("show", job, "--segments", "--json"),
        "export": ("export", job, "--format", "csv", "--to", f"out-{at}"),
    }
    said: Said = run_here(*commands[kind])
    if not said.is_clear:
        return str(said)
    if kind == "decide" and said.code == 0:
        return "stored"
    if kind in ("list",) and (said.code or '"damaged"' in said.out):
        return str(said)
    return ""


def _edition(job: Path) -> str:
    """Read every edition that is there, and hold it against its sums."""
    for folder in (job / "editions").iterdir():
        if folder.name.startswith("."):
            continue
        sums = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
        for line in sums:
            data = (folder / line[66:]).read_bytes()
            if hashlib.sha256(data).hexdigest() != line[:64]:
                return f"{folder.name}/{line[66:]} is not whole"
        json.loads((folder / "report.json").read_bytes())
    return ""
