"""A target's name in; inputs that reach what no other input reached, by atheris, and faults, out.

A process of its own: python -m tests.proof.guided TARGET RUNS FOLDER. The program is instrumented
as it is imported, and libFuzzer keeps what finds new ways through it; the faults lie in FOLDER, a
line of JSON each. Exits with 3 where atheris is not there (``make proof`` puts it into
build/atheris).
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.support.paths import ROOT

PLACE = ROOT / "build" / "atheris"
_MISSING = 3
_MOST = 20_000


def guided(name: str, runs: int, folder: Path) -> tuple[int, list[str]]:
    """Try a target; give how many times that was done (0 without atheris), and the faults."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-m", "tests.proof.guided", name, str(runs), str(folder)],
        cwd=ROOT,
        env={key: value for key, value in os.environ.items() if key != "LD_PRELOAD"},
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode == _MISSING:
        return 0, []
    found = folder / "faults"
    faults = found.read_text("utf-8").splitlines() if found.exists() else []
    counted = re.search(r"Done (\d+) runs", done.stderr)
    if done.returncode or not counted:
        faults.append(f"it ended with {done.returncode}: {done.stderr[-1500:]}")
    return int(counted[1]) if counted else 0, faults


def main() -> int:
    """Be the process that tries; it does not come back from libFuzzer."""
    name, runs, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    sys.path.append(str(PLACE))
    try:
        atheris: Any = import_module("atheris")
    except ImportError:
        return _MISSING
    with atheris.instrument_imports(include=["pipeline"], enable_loader_override=False):
        from tests.proof import fuzz, ground

        ground.prepare()
        with ground.place() as place:
            (target,) = [each for each in fuzz.targets(place) if each.name == name]
            with fuzz.read_here():
                for seed in target.seeds:
                    fuzz.tried(target, seed)
                _fuzz(atheris, fuzz, target, runs, folder)
    return 0


def _fuzz(atheris: Any, fuzz: Any, target: Any, runs: str, folder: Path) -> None:
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed-{number}").write_bytes(seed)

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if data[:2] != b"PK" and chance.random() < 0.5:
            return bytes(atheris.Mutate(data, most))
        # What was an archive may be none any more, in many ways.
        with suppress(Exception):
            return bytes(fuzz.mutated((bytes(data) or b" ", *target.seeds), chance)[:most])
        return bytes(atheris.Mutate(data, most))

    def one(data: bytes) -> None:
        if fault := fuzz.tried(target, data):
            fuzz.keep(target.name, data)
            with (folder / "faults").open("a", encoding="utf-8") as file:
                file.write(f"{json.dumps(fault)}\n")

    options = [f"-runs={runs}", f"-max_len={_MOST}", "-seed=1", "-rss_limit_mb=0", "-len_control=0"]
    options += ["-timeout=60", f"-artifact_prefix={folder}/", "-verbosity=1", str(corpus)]
    atheris.Setup(["guided", *options], one, custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
