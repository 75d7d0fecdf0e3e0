"""What the views of one desk share: its folder, its runs and benches."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pipeline.errors import EnregardError
from pipeline.service.benches import Benches
from pipeline.service.hypotheses import Ask, Hypotheses
from pipeline.service.jobs import job_names
from pipeline.service.overview import Condition, Overview
from pipeline.service.runs import Runs


class Desk:
    """The state of a desk; everything that must last is in the jobs' folders."""

    def __init__(
        self,
        output: Path,
        config: Path | None = None,
        runs: Runs | None = None,
        pause: float | None = None,
        hypotheses: Ask | None = None,
    ) -> None:
        """Work on the jobs in ``output``, new ones by the settings in ``config``.

        Editions are brought up to date when nothing was decided for ``pause`` seconds.
        ``hypotheses`` is asked what else an engine has for a sentence.
        """
        self._asked = Hypotheses(output)
        self.hypotheses = hypotheses or self._asked.ask
        self._pause = pause
        self._waiting: dict[str, threading.Timer] = {}
        self._lock = threading.Lock()
        self.output = output
        self.config = config
        self.runs = runs or Runs(output)
        self.benches = Benches(output)
        self.overview = Overview(output, self.runs)
        self.is_ending: Callable[[], bool] = lambda: False

    def has(self, job: str) -> bool:
        """Tell whether there is a job of exactly this name."""
        return job in job_names(self.output)

    def decided(self, job: str) -> None:
        """Take note that something was decided: the edition follows when the editor pauses."""
        if self._pause is None:
            return
        with self._lock:
            self._waiting[job] = self._again(job, self._pause)

    def _again(self, job: str, pause: float) -> threading.Timer:
        known = self._waiting.pop(job, None)
        if known is not None:
            known.cancel()
        timer = threading.Timer(pause, self._update, [job, pause])
        timer.daemon = True
        timer.start()
        return timer

    def _update(self, job: str, pause: float) -> None:
        with suppress(EnregardError):
            condition = self.overview.card(job).condition
            if condition is Condition.STALE:
                self.runs.start(job)
            elif condition in (Condition.QUEUED, Condition.RUNNING, Condition.BUSY):
                # What was decided while a run was under way waits for the next one.
                with self._lock:
                    self._waiting[job] = self._again(job, pause)

    def close(self) -> None:
        """End every process that the desk has started."""
        self.runs.close()
        self._asked.close()

    def warm(self) -> None:
        """Load what the first edit would have to wait for."""
        with suppress(EnregardError):
            self.benches.warm()
