"""Names of jobs in; their runs, each a process of its own, one after another, and progress out.

A run that is killed, by a person or by the system, leaves a job that can be resumed; a run whose
parent has gone ends by itself (see ``worker``).
"""

from __future__ import annotations

import json
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from pipeline.errors import EnregardError, JobError, remedy_of, unpack
from pipeline.files import explain
from pipeline.service import processes

# A run that tells nothing for as long hangs: the longest step, printing a long book, takes minutes.
SILENCE = 1800.0
MEMORY_MB = 6000


class RunState(StrEnum):
    """What a run is doing, or how it ended."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self not in (RunState.QUEUED, RunState.RUNNING)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the newest run of a job is; ``number`` rises with every change of any run.

    ``done`` of ``total`` steps of the stage; ``seconds_left`` of the stage, None where nobody can
    tell; ``problem`` says why a run failed.
    """

    job: str
    state: RunState
    number: int
    stage: str = ""
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    problem: EnregardError | None = None


@dataclass(frozen=True, slots=True)
class _Order:
    job: str
    rebuild: bool
    flags: Mapping[str, object]


class Runs:
    """The queue of runs in an output folder: one runs, the others wait in order."""

    def __init__(self, output: Path, silence: float = SILENCE, memory_mb: int = MEMORY_MB) -> None:
        """Take runs of the jobs in ``output``, each with limits of silence and of memory."""
        self._output = output
        self._silence = silence
        self._memory_mb = memory_mb
        self._lock = threading.Condition()
        self._newest: dict[str, Progress] = {}
        self._waiting: list[_Order] = []
        self._process: subprocess.Popen[str] | None = None
        self._running = ""
        self._stopping = False
        self._hung = 0.0
        self._closed = False
        self._number = 0
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    @property
    def number(self) -> int:
        """How many changes there were so far."""
        return self._number

    def of(self, job: str) -> Progress | None:
        """Give where the newest run of a job is, None where none was started here."""
        return self._newest.get(job)

    def since(self, number: int) -> list[Progress]:
        """Give the newest progress of every job in which something came after a number."""
        with self._lock:
            changed = [each for each in self._newest.values() if each.number > number]
        return sorted(changed, key=lambda each: each.number)

    def start(
        self, job: str, rebuild: bool = False, flags: Mapping[str, object] | None = None
    ) -> bool:
        """Queue a run of a job; False where one is waiting or running already.

        ``flags`` replace single settings, with ``rebuild`` those of publishing alone.
        """
        with self._lock:
            known = self._newest.get(job)
            if self._closed or (known is not None and not known.state.is_over):
                return False
            self._waiting.append(_Order(job, rebuild, flags or {}))
            self._put(Progress(job, RunState.QUEUED, 0))
            self._lock.notify_all()
        return True

    def stop(self, job: str) -> bool:
        """Stop the run of a job, or take it from the queue; False where there is none."""
        with self._lock:
            known = self._newest.get(job)
            if known is None or known.state.is_over:
                return False
            waiting = [each for each in self._waiting if each.job != job]
            if len(waiting) < len(self._waiting):
                self._waiting = waiting
                self._put(replace(known, state=RunState.STOPPED))
                return True
            self._stopping = True
            process = self._process
        if process is not None:
            processes.end(process)
        return True

    def close(self) -> None:
        """Stop everything and wait until the last process has gone."""
        with self._lock:
            self._closed = self._stopping = True
            self._waiting.clear()
            process = self._process
            self._lock.notify_all()
        if process is not None:
            processes.end(process)
        self._thread.join(timeout=2 * processes.GRACE)

    # The thread that runs them

    def _work(self) -> None:
        while True:
            with self._lock:
                while not self._waiting and not self._closed:
                    self._lock.wait()
                if self._closed:
                    return
                order = self._waiting.pop(0)
                self._running = order.job
                self._stopping = False
                self._put(Progress(order.job, RunState.RUNNING, 0))
            self._run(order)

    def _run(self, order: _Order) -> None:
        job = order.job
        try:
            process = processes.started(_command(order, self._output, self._memory_mb))
        except OSError as error:
            why = JobError(f"no process could be started: {explain(error)}", remedy_of(error))
            self._over(job, RunState.FAILED, why)
            return
        with self._lock:
            self._process = process
            stopping = self._stopping
        if stopping:
            processes.end(process)
        ended: Mapping[str, Any] = {}
        begun = time.monotonic()
        stage = ""
        for told in self._lines(process):
            if "ended" in told:
                ended = told
                continue
            if told.get("stage") != stage:
                stage, begun = str(told.get("stage")), time.monotonic()
            self._told(job, told, time.monotonic() - begun)
        code = process.wait()
        hung = self._hung
        with self._lock:
            self._process = None
            stopped = self._stopping
        processes.close(process)
        if ended.get("ended") == "done":
            self._over(job, RunState.DONE)
        elif stopped:
            self._over(job, RunState.STOPPED)
        else:
            given = ended.get("problem")
            problem = unpack(given, JobError) if given else _fate(code, hung)
            self._over(job, RunState.FAILED, problem)

    def _lines(self, process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
        """Give what a process tells, while it does; a silent one is killed."""
        assert process.stdout
        self._hung = 0.0

        def end() -> None:
            self._hung = self._silence
            process.kill()

        while True:
            watchdog = threading.Timer(self._silence, end)
            watchdog.daemon = True
            watchdog.start()
            line = process.stdout.readline()
            watchdog.cancel()
            if not line:
                return
            with suppress(ValueError):
                told = json.loads(line)
                if isinstance(told, dict):
                    yield told

    def _told(self, job: str, told: Mapping[str, Any], seconds: float) -> None:
        done, total = int(told.get("done", 0)), int(told.get("total", 0))
        left = seconds * (total - done) / done if done and total > 1 and seconds > 1 else None
        with self._lock:
            self._put(Progress(job, RunState.RUNNING, 0, str(told.get("stage")), done, total, left))

    def _over(self, job: str, state: RunState, problem: EnregardError | None = None) -> None:
        with self._lock:
            known = self._newest[job]
            self._put(replace(known, state=state, problem=problem, seconds_left=None))

    def _put(self, progress: Progress) -> None:
        self._number += 1
        self._newest[progress.job] = replace(progress, number=self._number)


def _command(order: _Order, output: Path, memory_mb: int) -> list[str]:
    what = "rebuild" if order.rebuild else "resume"
    arguments = [order.job, str(output), str(memory_mb), what, json.dumps(order.flags)]
    return processes.command("pipeline.service.worker", arguments)


def _fate(code: int, hung: float) -> EnregardError:
    if hung:
        what = (
            f"the run told nothing for {hung / 60:.0f} minutes and was ended; "
            "nothing that was stored is lost"
        )
    elif code < 0:
        what = f"the run was killed (signal {-code}); nothing that was stored is lost"
    else:
        what = f"the run ended unexpectedly (code {code}); nothing that was stored is lost"
    return JobError(what)
