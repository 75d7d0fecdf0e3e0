"""A book by two workers: a worker, the client, the scheduler are killed; the edition is the same.

The processes are real: a Dask scheduler, its workers, and a client, each of which is killed.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.engines.argos import keep, unpacked
from tests.support.cluster_batch import FLAGS, PAUSED
from tests.support.paths import PACKAGE

pytest.importorskip("distributed")

# A book of 100,000 words: ENREGARD_CHAPTERS=4200 (docs/scale.md).
CHAPTERS = int(os.environ.get("ENREGARD_CHAPTERS", "12"))
CHUNK = 3 if CHAPTERS < 100 else 64
BOOK = "\n\n".join(
    f"# Chapitre {number}\n\nLe ministre numéro {number} a signé un accord mardi. Le texte prévoit "
    f"{number} millions d’euros.\n\nIl pleut. Rien d’autre ne se passe."
    for number in range(1, CHAPTERS + 1)
)


@contextmanager
def process(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Start a Python program and end it at last; its output is read by the test."""
    with subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as started:
        try:
            yield started
        finally:
            started.kill()


def until(started: subprocess.Popen[str], pattern: str) -> str:
    """Read what a program prints until something comes."""
    assert started.stdout
    read = []
    for line in started.stdout:
        read.append(line)
        if found := re.search(pattern, line):
            return found[0]
    raise AssertionError("".join(read))


class Machines:
    """A scheduler and two workers, each a process."""

    def __init__(self, stack: ExitStack) -> None:
        dask = ("-m", "distributed.cli.dask_scheduler")
        options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        self.scheduler = stack.enter_context(process(*dask, *options))
        self.address = until(self.scheduler, r"tcp://127\.0\.0\.1:\d+")
        work = ("-m", "distributed.cli.dask_worker", self.address, "--no-nanny", "--nthreads", "1")
        more = ("--memory-limit", "0", "--no-dashboard", "--host", "127.0.0.1")
        self.workers = [stack.enter_context(process(*work, *more)) for _ in range(2)]
        for worker in self.workers:
            until(worker, "Registered to")


def client(machines: Machines, folder: Path, share: float) -> tuple[str, ...]:
    """Give the command of a client that pauses when a share of the book is translated."""
    book = (str(folder), machines.address, str(CHUNK), str(share))
    return ("-m", "tests.support.cluster_batch", *book)


def edition(output: Path) -> dict[str, bytes]:
    (job,) = (path.parent for path in output.glob("*/job.json"))
    (made,) = (job / "editions").iterdir()
    with sqlite3.connect(job / "job.sqlite3") as db:
        segments, delivered = (
            db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("segments", "translations")
        )
    assert segments == delivered
    return {path.name: path.read_bytes() for path in made.iterdir()}


OPTIONS = [
    word
    for key, value in {**FLAGS, "translate.chunk_segments": CHUNK}.items()
    for word in ("--set", f"{key}={str(value).lower()}")
]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a book of some chapters, the fixture package, and the book made by one."""
    place = tmp_path_factory.mktemp("shelf")
    for name in ("in", "packages"):
        (place / name).mkdir()
    (place / "in" / "livre.md").write_text(BOOK, "utf-8")
    with unpacked(PACKAGE, place / "packages") as package:
        keep(package, place / "packages")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENREGARD_PACKAGES_DIR", str(place / "packages"))
        patch.chdir(place)
        command = ["batch", str(place / "in"), "--output", "alone", *OPTIONS]
        done = CliRunner().invoke(main, command, catch_exceptions=False)
        assert done.exit_code == 0, done.output
    return place


@pytest.fixture
def folder(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the book, in an empty current folder, and the fixture package as the engine."""
    monkeypatch.setenv("ENREGARD_PACKAGES_DIR", str(shelf / "packages"))
    monkeypatch.chdir(tmp_path)
    return shelf / "in"


@pytest.fixture(scope="module")
def alone(shelf: Path) -> dict[str, bytes]:
    """The edition that one process makes."""
    return edition(shelf / "alone")


def test_two_processes_of_this_machine_give_the_edition_of_one(
    folder: Path, tmp_path: Path, alone: dict[str, bytes]
) -> None:
    command = ["-m", "pipeline", "batch", str(folder), "--workers", "2", *OPTIONS]
    with process(*command) as running:
        said, _ = running.communicate()
    assert running.returncode == 0, said
    assert "1 of 1 document published" in said
    assert edition(tmp_path / "output") == alone


def test_whoever_is_killed_the_edition_is_that_of_one_process(
    folder: Path, tmp_path: Path, alone: dict[str, bytes]
) -> None:
    with ExitStack() as stack:
        machines = Machines(stack)
        # The client
        killed = stack.enter_context(process(*client(machines, folder, 0.25)))
        until(killed, PAUSED)
        killed.kill()
        assert killed.wait() == -9
        # The scheduler
        lost = stack.enter_context(process(*client(machines, folder, 0.5)))
        until(lost, PAUSED)
        machines.scheduler.kill()
        print("", file=lost.stdin, flush=True)
        said, _ = lost.communicate()
        assert "the cluster was lost" in said, said[-3000:]
        assert "run the same again to go on from there" in said
        assert lost.returncode == 5
    with ExitStack() as stack:
        machines = Machines(stack)
        # A worker
        going_on = stack.enter_context(process(*client(machines, folder, 0.75)))
        until(going_on, PAUSED)
        machines.workers[0].kill()
        print("", file=going_on.stdin, flush=True)
        said, _ = going_on.communicate()
        assert going_on.returncode == 0, said
    assert edition(tmp_path / "output") == alone
    for path in tmp_path.rglob("dask-*/**/*"):
        assert not path.is_file() or b"ministre" not in path.read_bytes()
