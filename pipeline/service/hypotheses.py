"""A job and a sentence in; what else its engine has for it, found by a process of its own, out.

The process is kept for the next question, as loading an engine takes seconds, and ends when nobody
asks any more: what asks stays small.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import EngineError, unpack
from pipeline.service import processes

MEMORY_MB = 3000
# Seconds that an answer may take, and after which a process that nobody asks ends.
PATIENCE = 90.0
IDLE = 300.0


@dataclass(frozen=True, slots=True)
class OtherText:
    """A translation that the engine has, and how many faults the checks find in it, by severity."""

    text: str
    findings: tuple[str, ...]


Ask = Callable[[str, str], list[OtherText]]


class Hypotheses:
    """Asks an engine in a process of its own; one question at a time."""

    def __init__(
        self,
        output: Path,
        memory_mb: int = MEMORY_MB,
        patience: float = PATIENCE,
        idle: float = IDLE,
    ) -> None:
        """Ask about the jobs in ``output``."""
        self._arguments = [str(output), str(memory_mb)]
        self._patience = patience
        self._idle = idle
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._timer: threading.Timer | None = None

    def ask(self, job: str, segment_id: str) -> list[OtherText]:
        """Give the translations, the best first; raises EngineError where there is no answer."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            told = self._answer([job, segment_id])
            self._timer = threading.Timer(self._idle, self.close)
            self._timer.daemon = True
            self._timer.start()
        if "problem" in told:
            raise unpack(told["problem"], EngineError)
        return [OtherText(each["text"], tuple(each["findings"])) for each in told["texts"]]

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            processes.end(process)
            processes.close(process)

    def _answer(self, question: list[str]) -> dict[str, Any]:
        answer = ""
        with suppress(OSError):
            if self._process is None or self._process.poll() is not None:
                self._end()
                self._process = processes.started(
                    processes.command("pipeline.service.helper", self._arguments)
                )
            process = self._process
            assert process.stdin
            assert process.stdout
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
            watchdog = threading.Timer(self._patience, process.kill)
            watchdog.start()
            answer = process.stdout.readline()
            watchdog.cancel()
        if not answer:
            self._end()
            raise EngineError("the engine gave no answer", "try again", "close other programs")
        told: dict[str, Any] = json.loads(answer)
        return told
