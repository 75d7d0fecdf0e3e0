"""What was tried and what came of it in; files of counts, and the page made of them, out."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import time
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.paths import ROOT

FOLDER = ROOT / "build" / "proof"
PAGE = ROOT / "docs" / "proof.md"
# Faults that are kept in words: the rest are counted.
_MOST = 40


@cache
def sources() -> str:
    """Give a hash of all that is attacked, and of what attacks."""
    whole = hashlib.sha256()
    for folder in ("pipeline", "tests/proof"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                whole.update(f"{path.relative_to(ROOT)}\0".encode())
                whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]


class Tally:
    """The counts of some tries: how many of each kind, and the faults with what was tried."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.tries: Counter[str] = Counter()
        self.faults: list[list[str]] = []
        self.figures: dict[str, list[Any]] = {}

    def add(self, kind: str, fault: str, tried: str) -> None:
        """Count a try; ``fault`` says what is wrong with what came of it, "" where nothing is."""
        self.tries[kind] += 1
        if fault:
            self.faults.append([kind, tried, fault[-2000:]])


class Share(Tally):
    """What one process does of a part: the pieces that no other has taken and none has finished.

    A piece that is finished lies in a file with its counts and the hash of the sources; one that
    was begun and not finished is done again the next time.
    """

    def __init__(self, part: str) -> None:
        """Take pieces of a part."""
        super().__init__()
        self._folder = FOLDER / part
        self._folder.mkdir(parents=True, exist_ok=True)
        self._piece, self._begun = -1, (0.0, 0.0)

    def takes(self, piece: int) -> bool:
        """Finish the piece before; tell whether this one is now to be done here."""
        self.finish()
        if (self._folder / f"{piece}.json").exists():
            return False
        try:
            (self._folder / f"{piece}.taken").touch(exist_ok=False)
        except FileExistsError:
            return False
        self._piece, self._begun = piece, (time.monotonic(), _processor_time())
        return True

    def finish(self) -> None:
        """Write the counts of the piece that was taken, and forget them."""
        if self._piece >= 0:
            value = {
                "sources": sources(),
                "seconds": round(time.monotonic() - self._begun[0], 1),
                "processor": round(_processor_time() - self._begun[1], 1),
                "tries": dict(self.tries),
                "faults": len(self.faults),
                "shown": self.faults[:_MOST],
                "figures": self.figures,
            }
            text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
            write_whole(self._folder / f"{self._piece}.json", text)
        self._piece = -1
        super().__init__()

    def end(self) -> None:
        """Write that all pieces of the part were taken and those taken here finished."""
        self.finish()
        write_whole(self._folder / f"end-{os.getpid()}", sources())


def begin(part: str, is_fresh: bool) -> None:
    """Make a part ready: forget what was not finished, and what other sources gave."""
    folder = FOLDER / part
    for path in folder.glob("*") if folder.is_dir() else ():
        old = path.suffix == ".json" and json.loads(path.read_bytes())["sources"] != sources()
        if is_fresh or old or path.suffix != ".json":
            path.unlink()


def write_whole(path: Path, text: str) -> None:
    """Write a file that is there whole or not at all."""
    made = path.with_name(f".{path.name}-{os.getpid()}")
    made.write_text(text, "utf-8")
    made.replace(path)


def _processor_time() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _kept(part: str) -> list[dict[str, Any]]:
    paths = sorted((FOLDER / part).glob("[0-9]*.json"), key=lambda path: int(path.stem))
    return [json.loads(path.read_bytes()) for path in paths]


def _is_finished(part: str) -> bool:
    """Tell whether every process came to the end of a part."""
    folder = FOLDER / part
    return any(folder.glob("end-*")) and not [
        path for path in folder.glob("*.taken") if not path.with_suffix(".json").exists()
    ]


# The page

# part: its title, what was done, and what a fault would be
TITLES = {
    "kills": (
        "Kills",
        "Every command that writes, killed (SIGKILL) before and after calls that change a file, "
        "those of SQLite too. Afterwards the jobs are listed and the same command runs again: its "
        "files, editions and decisions must be those of a command that nothing disturbed, byte "
        "for byte, and nothing temporary may be left. The engine is one without a model, but in "
        "the last two scenes; those, batch and the desk's new job are killed at a sample of calls.",
    ),
    "faults": (
        "Refusals",
        "The same commands, a call refused by the system (no space, a broken disk, no permission, "
        "an interruption) or cut short (half a write). Each must end as if nothing had been, or "
        "say in one line what is wrong; then the same is asked as after a kill. Every call in "
        "turn, the first, the second …, until a command ends undisturbed; of those scenes a "
        "sample.",
    ),
    "shortages": (
        "Shortages",
        "The same commands with less and less memory (RLIMIT_AS) and less and less depth of calls.",
    ),
    "races": (
        "Races",
        "A hundred processes at one job at once. Every decision that was said to be stored must "
        "be stored, every edition that is read must be whole, and the losers must say so.",
    ),
    "damage": (
        "Damage",
        "Every file of a job, of its settings and of the installation cut short, emptied, flipped "
        "by a bit, or replaced by noise, a folder, a link, a pipe or a device; every column of "
        "the database filled with what no stage stores. Every command must say one line, and "
        "another job beside it must stay as it was.",
    ),
    "fuzz": (
        "Fuzzing",
        "Every parser, and the whole way from bytes to an edition, fed with good files damaged "
        "and mixed by a seeded mutator. What cannot be read must be refused as an error that a "
        "user can mend. Those guided by coverage are found by atheris (libFuzzer), the others by "
        "our own mutator.",
    ),
    "growth": (
        "Growth",
        "Readers, segmentation, matching, each check, glossaries, exports and renderers at "
        "doubling sizes, by processor time. The exponent is that of the last doublings that took "
        "long enough to tell; at most 1.3, for the layout of pages 1.5.",
    ),
    "egress": (
        "Egress",
        "Runs with the real model and the PDF, in a namespace without network where the system "
        "lets one be made; the editions opened in Chromium with a log of requests, and the PDFs "
        "searched for whatever could act or lead elsewhere.",
    ),
    "states": (
        "States",
        "A machine (Hypothesis) that runs, kills, decides, corrects text and glossary, imports, "
        "publishes and deletes as it likes; after each step the promises of the design must hold.",
    ),
}


def write_page(parts: list[str]) -> int:
    """Write the page of what the parts found; give 1 where there is a fault."""
    lines = [
        "# Proof",
        "",
        "What attacks Enregard, and what came of it for the sources named below; parts that were",
        "not finished say so. Made by `make proof` (`python -m tests.proof`); `make test` does a",
        "little of it.",
        "",
        "| part | tries | faults | processor time |",
        "|---|---:|---:|---:|",
    ]
    faults = 0
    for part in parts:
        kept = _kept(part)
        tries, found = sum(_tries(kept).values()), sum(each["faults"] for each in kept)
        faults += found
        state = "" if _is_finished(part) else " (not finished)"
        seconds = round(sum(each["processor"] for each in kept))
        lines.append(f"| {TITLES[part][0]}{state} | {tries:,} | {found:,} | {seconds:,} s |")
    whole = {each["sources"] for part in parts for each in _kept(part)}
    lines += [
        "",
        f"Python {platform.python_version()}, {platform.system()}; sources "
        f"{', '.join(sorted(whole))} (a hash of `pipeline` and `tests/proof`).",
    ]
    for part in parts:
        if kept := _kept(part):
            lines += _section(part, kept)
    PAGE.write_text("\n".join(lines) + "\n", "utf-8")
    return 1 if faults else 0


def _tries(kept: list[dict[str, Any]]) -> Counter[str]:
    tries: Counter[str] = Counter()
    for each in kept:
        tries.update(each["tries"])
    return tries


def _section(part: str, kept: list[dict[str, Any]]) -> list[str]:
    title, words = TITLES[part]
    lines = ["", f"## {title}", "", words, "", "| what | tries |", "|---|---:|"]
    lines += [f"| {name} | {count:,} |" for name, count in sorted(_tries(kept).items())]
    rows = [row for each in kept for row in each["figures"].get("exponents", ())]
    if rows:
        worst: dict[str, list[Any]] = {}
        for row in rows:
            worst[row[0]] = max(worst.get(row[0], row), row, key=lambda each: float(each[2]))
        lines += ["", "| what | its worst pattern | exponent | seconds | at size |"]
        lines += ["|---|---|---:|---:|---:|"]
        lines += [
            f"| {name} | {row[1]} | {row[2]:.2f} | {row[3]:.3f} | {row[4]:,} |"
            for name, row in sorted(worst.items())
        ]
    memory = [row for each in kept for row in each["figures"].get("memory") or ()]
    if memory:
        lines += ["", "| words | peak memory | processor time |", "|---:|---:|---:|"]
        lines += [f"| {words:,} | {peak:,} MB | {took:.1f} s |" for words, peak, took in memory]
    shown = [row for each in kept for row in each["shown"]]
    if shown:
        lines += ["", "Faults:", ""]
        lines += [
            f"- {kind}, {tried}: `{fault.strip().splitlines()[-1][:300]}`"
            for kind, tried, fault in shown
        ]
    return lines
